"""A report as HTML and as text. Whatever comes from a learner or an author is text here, never markup."""

from __future__ import annotations

import html
import math
import re
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

from math4ml_lab import wire
from math4ml_lab.course import is_allowed
from math4ml_lab.fallback import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
_MATH = re.compile(r"\$\$.+?\$\$|\$[^$\n]+?\$", re.DOTALL)
_KEPT = re.compile("\ue000([0-9]+)\ue001")


class Page(NamedTuple):
    """What a box shows: the report and its hints as HTML, all of it as text, the button's label and a note beside it.

    `ask` is None where there is no further hint.
    """

    report: str
    hints: str
    text: str
    ask: str | None
    note: str


def page(name: str, title: str, report: wire.Report | None, *, hints: int, clip: wire.Clip | None) -> Page:
    """Return the page of an exercise: how it stands, and why; `report` is None while it is checked."""
    ladder = report.ladder if report is not None else None
    state = words.outcome_words(report.outcome, hints) if report is not None else words.TEXTS["checking"]
    parts = [
        f'<div role="status"><strong>{_title(title)}</strong>: {_escaped(state.label)}</div>',
        *([f"<div>{_escaped(state.text)}</div>"] if state.text else []),
        *(_report(report) if report is not None else ()),
        *([_clip(clip)] if clip is not None else []),
    ]
    label = _escaped(f"Exercise {title}".replace("`", ""))
    frame = "border-left: 3px solid currentColor; padding-left: 8px; margin: 4px 0"
    return Page(
        report=f'<div role="group" aria-label="{label}" data-math4ml="{_escaped(name)}" style="{frame}">'
        + "".join(parts)
        + "</div>",
        hints=_hints(ladder) if ladder else "",
        text="\n".join(_lines(title, state, report)),
        ask=_ask(ladder),
        note=_note(ladder),
    )


# -- HTML --------------------------------------------------------------------------------------------------


def _escaped(text: str) -> str:
    return html.escape(text, quote=True)


def _title(text: str) -> str:
    """Return a title, in which authors put names between backticks."""
    parts = re.split(r"`([^`]+)`", text)
    return "".join(f"<code>{_escaped(part)}</code>" if odd % 2 else _escaped(part) for odd, part in enumerate(parts))


def _pre(text: str) -> str:
    return f'<pre style="white-space: pre-wrap; margin: 2px 0">{_escaped(text)}</pre>'


def _report(report: wire.Report) -> Iterator[str]:
    if report.basis == "live" and report.checks:
        yield f"<div>{_escaped(words.LIVE)}</div>"
    if report.isolation == "guarded" and report.checks:
        yield f"<div>{_escaped(words.GUARDED)}</div>"
    if isinstance(report.outcome, wire.CellRaised):
        yield _pre(report.outcome.error) + _line(report.outcome.line)
    if isinstance(report.outcome, wire.TimedOut) and report.outcome.smallest_input:
        yield f"<div>{words.ON_THIS_INPUT}</div>{_pre(report.outcome.smallest_input)}"
    if report.checks:
        claims = "".join(f'<li style="list-style: none">{claim}</li>' for claim in _claims(report.checks))
        yield f'<ul aria-label="{words.CLAIMS}" style="margin: 2px 0; padding-left: 4px">{claims}</ul>'
    slip = _slip(report)
    if slip:
        yield f"<div>{_title(slip)}</div>"
    for note in report.notes:
        yield f"<div>{_escaped(note)}</div>"
    if report.printed:
        yield f"<details><summary>{words.PRINTED}</summary>{_pre(report.printed)}</details>"


def _slip(report: wire.Report) -> str:
    named = report.ladder.title if report.ladder is not None else None
    return named or (words.SLIP if report.known_slip else "")


def _claims(checks: list[wire.CheckResult]) -> Iterator[str]:
    """Return the claims; the structural ones that hold share a line, as do those that were not reached."""
    failures = [check for check in checks if check.state == "failed"]
    first = next((check for check in failures if check.measurement), next(iter(failures), None))
    for state in ("held", "failed", "skipped"):
        shared = _shared(checks, state)
        if shared and state == "held":
            yield f"{_mark(state)} {_escaped(shared)}"
        if state == "failed":
            for check in checks:
                if check.name not in words.STRUCTURE or check.state == "failed":
                    yield _claim(check, is_open=check is first)
        if shared and state == "skipped":
            yield f"{_mark(state)} {_escaped(shared)}"


def _shared(checks: list[wire.CheckResult], state: str) -> str:
    names = [check.name for check in checks if check.state == state and check.state != "failed"]
    return ", ".join(dict.fromkeys(words.STRUCTURE[name] for name in names if name in words.STRUCTURE))


def _mark(state: str) -> str:
    mark, word = words.MARKS[state]
    return f'<span role="img" aria-label="{word}" title="{word}">{mark}</span>'


def _claim(check: wire.CheckResult, *, is_open: bool) -> str:
    if check.state != "failed":
        return f"{_mark(check.state)} {_title(check.title)}"
    start = "<details open>" if is_open else "<details>"
    return f"{start}<summary>{_mark(check.state)} {_title(check.title)}</summary>{''.join(_evidence(check))}</details>"


def _evidence(check: wire.CheckResult) -> Iterator[str]:
    if check.measurement:
        yield _pre(check.measurement)
    if check.smallest_input:
        yield f"<div>{words.SMALLEST}</div>{_pre(check.smallest_input)}"
    if check.observation:
        yield f"<div>{_escaped(check.observation)}</div>"
    if check.wrong is not None and check.inputs is not None:
        yield f"<div>{_frequency(check.wrong, check.inputs)}</div>"
    yield _line(check.line)
    if check.clip is not None:
        yield _clip(check.clip)


def _frequency(wrong: int, inputs: int) -> str:
    return words.fill(words.WRONG["one" if inputs == 1 else "many"], inputs, wrong)


def _line(line: wire.Line | None) -> str:
    if line is None:
        return ""
    where = words.fill(words.LINE, line.number) if line.number is not None else words.ELSEWHERE
    return f"<div>{where} <code>{_escaped(line.text.strip())}</code></div>"


def _clip(clip: wire.Clip) -> str:
    said = _escaped(words.clip_words(clip))
    if not is_allowed(clip.url):
        return f"<div>{said}</div>"
    link = (
        f'<a href="{_escaped(clip.url)}" target="_blank" rel="noopener noreferrer" style="text-decoration: underline">'
    )
    return f"<div>{link}{said}</a></div>"


# -- Hints -------------------------------------------------------------------------------------------------


def _hints(ladder: wire.Ladder) -> str:
    """Return the open hints; those that came with another ladder, and whose turn it is not yet, folded below."""
    now = math.inf if isinstance(ladder.next, wire.HintsDone) else ladder.next.level
    own = "".join(_hint(hint, ladder) for hint in ladder.opened if hint.level < now)
    early = "".join(_hint(hint, ladder) for hint in ladder.opened if hint.level >= now)
    return f"{own}<details><summary>{words.EARLY}</summary>{early}</details>" if early else own


def _hint(hint: wire.Hint, ladder: wire.Ladder) -> str:
    label = words.hint_label(hint.level, ladder)
    clip = _clip(hint.clip) if hint.clip is not None else ""
    code = _pre(hint.code) if hint.code else ""
    return f'<section aria-label="{label}"><strong>{label}</strong>{markdown(hint.text)}{code}{clip}</section>'


def markdown(text: str) -> str:
    """Return markdown as HTML: markup in it is text, and formulas stay as they are for whoever typesets them."""
    formulas: list[str] = []

    def keep(match: re.Match[str]) -> str:
        formulas.append(match[0])
        return f"\ue000{len(formulas) - 1}\ue001"

    rendered = _MARKDOWN.render(_MATH.sub(keep, text.replace("\ue000", "").replace("\ue001", "")))
    return _KEPT.sub(lambda match: _escaped(formulas[int(match[1])]), rendered)


def _ask(ladder: wire.Ladder | None) -> str | None:
    if ladder is None or isinstance(ladder.next, wire.HintsDone):
        return None
    return words.hint_label(ladder.next.level, ladder)


def _note(ladder: wire.Ladder | None) -> str:
    if ladder is None or not isinstance(ladder.next, wire.HintWaits):
        return ""
    seconds = ladder.next.seconds
    return words.OPENS if seconds is None else words.fill(words.OPENS_IN, max(1, round(seconds)))


# -- Text --------------------------------------------------------------------------------------------------


def _lines(title: str, state: words.Words, report: wire.Report | None) -> Iterator[str]:
    yield f"{title}: {state.label}"
    if state.text:
        yield f"  {state.text}"
    if report is None:
        return
    if isinstance(report.outcome, wire.CellRaised):
        yield f"  {report.outcome.error}"
    for check in report.checks:
        if check.state == "failed" or check.name not in words.STRUCTURE:
            yield f"  {words.MARKS[check.state][0]} {check.title}"
        if check.state == "failed":
            smallest = f"{words.SMALLEST}: {check.smallest_input}" if check.smallest_input else ""
            for text in (check.measurement, smallest, check.observation):
                yield from (f"      {line}" for line in (text or "").splitlines())
    if _slip(report):
        yield f"  {_slip(report)}"
    for hint in report.ladder.opened if report.ladder else ():
        yield f"  {words.hint_label(hint.level, report.ladder)}: {hint.text}" if report.ladder else ""
