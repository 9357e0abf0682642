"""What a course is made of: units, exercises, videos; and what their tags look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct

from math4ml_lab import wire
from math4ml_lab.hints import ClipRef, Ladder

if TYPE_CHECKING:
    from math4ml_lab.questions import Asked

YOUTUBE = frozenset(("www.youtube.com", "youtube.com", "youtu.be"))
HOSTS = YOUTUBE | {"ocw.mit.edu", "ocdevel.com", "www.3blue1brown.com"}
"""Where a clip may lead, by https."""


_TAG = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", re.IGNORECASE)


# -- Tags --------------------------------------------------------------------------------------------------


def is_tag(text: str) -> bool:
    """Tell whether a text can name an exercise, a unit or a course."""
    return _TAG.fullmatch(text) is not None


def split_tag(text: str) -> tuple[str | None, str] | None:
    """Return course (None where unnamed) and exercise of `exercise` or `course/exercise`; None where it is neither."""
    course, slash, name = text.rpartition("/")
    return (course or None, name) if is_tag(name) and (is_tag(course) or not slash) else None


def module_file(tag: str) -> str:
    """Return the name of the file that holds the exercise: `a-b` stands in `a_b.py`."""
    return f"{tag.replace('-', '_')}.py"


# -- Courses and videos ------------------------------------------------------------------------------------


class Unit(Struct, frozen=True):
    """One notebook of a course, and its exercises in the order of the cells."""

    name: str
    title: str
    notebook: str
    exercises: list[str]


class Course(Struct, frozen=True):
    """A course, as course.toml states it; `forum` is where learners ask."""

    name: str
    title: str
    units: list[Unit]
    forum: str | None = None


class Video(Struct, frozen=True):
    """A video; chapters are names, after their time where it is known: `14:31 Arrays represent functions`."""

    title: str
    url: str
    chapters: list[str] = []


class Videos(Struct, frozen=True):
    """A course's videos by key."""

    by_key: dict[str, Video] = {}

    def clip(self, ref: ClipRef) -> wire.Clip | None:
        """Return the passage with an address that starts there; None where the video is unknown."""
        video = self.by_key.get(ref.key)
        if video is None:
            return None
        return wire.Clip(title=video.title, url=_starting(video.url, ref.start), start=ref.start, end=ref.end)


def is_allowed(url: str) -> bool:
    """Tell whether a clip may lead to this address."""
    return is_https(url) and urlsplit(url).netloc in HOSTS


def is_https(url: str) -> bool:
    """Tell whether an address is of a plain host by https, and the same to every reader."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    # The whole netloc: a user or a backslash in it is read differently by browsers.
    return (
        parts.scheme == "https" and _HOST.fullmatch(parts.netloc) is not None and url.isprintable() and " " not in url
    )


def _starting(url: str, start: int | None) -> str:
    parts = urlsplit(url)
    if start is not None and parts.netloc in YOUTUBE:
        query = [item for item in parts.query.split("&") if item and not item.startswith("t=")]
        return urlunsplit(parts._replace(query="&".join([*query, f"t={start}s"])))
    if start is not None and parts.path.endswith((".mp3", ".m4a", ".ogg")):
        return urlunsplit(parts._replace(fragment=f"t={start}"))
    return url


# -- Exercises ---------------------------------------------------------------------------------------------


class Answer(Struct, frozen=True):
    """A name that the learner defines; without `inputs(...)` it is a value, without a solution it can be anything."""

    name: str
    kind: Literal["function", "class", "value", "any"]


class Check(Ladder, frozen=True, kw_only=True):
    """One claim about the answer `of`, None where it is about all of them; what is tested is not told if `hidden`."""

    name: str
    of: str | None = None
    hidden: bool = False


class Mistake(Ladder, frozen=True, kw_only=True):
    """A known wrong solution of the answer `of`, None where it is the first one; `source` has that one's name."""

    name: str
    of: str | None = None
    source: str = ""


class Exercise(Ladder, frozen=True, kw_only=True):
    """An exercise as its module states it; as a ladder, it is what helps when no other does.

    `symptoms` are the mistakes that have one. `digest` is the SHA-256 of the source, `inputs_digest` the one that
    a frozen battery carries. `solution` is the text of all solutions, as a learner would write them; `flaky` says why
    a right answer may fail. `elsewhere` are names that the check needs from other cells; `wants_scene` says that it
    looks at what the cell prints or draws.
    """

    name: str
    answers: tuple[Answer, ...]
    checks: tuple[Check, ...]
    mistakes: tuple[Mistake, ...]
    symptoms: tuple[str, ...]
    starter: str
    digest: str
    inputs_digest: str
    points: float = 1.0
    needs: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    video: ClipRef | None = None
    limit: float | None = None
    isolation: Literal["snapshot", "guarded"] = "snapshot"
    starter_counts: bool = False
    wants_a_failure_first: Ladder | None = None
    solution: str = ""
    flaky: str | None = None
    elsewhere: tuple[str, ...] = ()
    wants_scene: bool = False
    questions: tuple[Asked, ...] = ()
