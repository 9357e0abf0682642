"""The course's moving pictures as a learner has them: each control moves picture and sentence, by a labelled box."""

from __future__ import annotations

import base64
import html
import io
import re
import socket
import time
from typing import Any

import explorables
import ipywidgets
import pytest
from explorables.words import said
from PIL import Image

SLOWEST = 1.0


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a picture asked for the network")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)


@pytest.fixture(params=explorables.__all__)
def made(request: pytest.FixtureRequest) -> Any:
    return getattr(explorables, request.param)()


def everything(widget: Any) -> list[Any]:
    return [widget, *(one for child in getattr(widget, "children", ()) for one in everything(child))]


def shown(made: Any) -> tuple[bytes, str, str]:
    """Return the picture, its alternative, and the sentence."""
    ((alt, data),) = re.findall(r'^<img alt="([^"]+)" src="data:image/png;base64,([^"]+)"', made.picture.value)
    sentence = re.fullmatch(r'<div role="status" aria-live="polite" style="[^"]+">(.+)</div>', made.sentence.value)
    assert sentence is not None
    return base64.b64decode(data), html.unescape(alt), html.unescape(sentence[1])


def others(control: Any) -> list[Any]:
    """Return values that a control can have, and has not now."""
    some = list(control.options) if hasattr(control, "options") else [control.min, control.max]
    return [value for value in some if value != control.value]


def test_there_are_six() -> None:
    assert len(explorables.__all__) == 6


def test_the_picture_has_its_sentence_as_its_alternative(made: Any) -> None:
    data, alt, sentence = shown(made)
    assert alt == sentence
    assert len(sentence) > 60
    image = Image.open(io.BytesIO(data)).convert("RGB")
    assert image.width > 600
    # It brings its own background: the page's theme is no matter.
    assert {image.getpixel((0, 0)), image.getpixel((image.width - 1, image.height - 1))} == {(250, 250, 247)}


def test_it_asks_before_anything_is_moved(made: Any) -> None:
    head = made.children[0].value
    assert "?" in head
    assert re.search(r"\b(Say|say|Write down|Before)\b", head)


def test_every_control_is_reached_and_labelled(made: Any) -> None:
    """A number and a choice are native boxes, which their labels name; each slider stands beside its number."""
    parts = everything(made)
    for name, control in made.controls.items():
        assert any(part is control for part in parts)
        assert isinstance(control, (ipywidgets.Dropdown, ipywidgets.BoundedIntText, ipywidgets.BoundedFloatText))
        assert control.description.strip()
        assert not control.disabled
        assert name in made.sliders or hasattr(control, "options")
    for name, slider in made.sliders.items():
        row = next(part for part in parts if slider in getattr(part, "children", ()))
        assert row.children == (made.controls[name], slider)
        assert (slider.min, slider.max, slider.step) == tuple(
            getattr(made.controls[name], limit) for limit in ("min", "max", "step")
        )
    moving = [part for part in parts if hasattr(part, "observe") and hasattr(part, "description")]
    assert len([part for part in moving if not isinstance(part, ipywidgets.HTML)]) == len(made.controls) + len(
        made.sliders
    )
    for name in made.sliders:
        box = made.controls[name]
        assert box.description.endswith(f" ({said(box.min)} to {said(box.max)})"), "what lies outside is changed"
    labels = [control.description for control in made.controls.values()]
    assert len(set(labels)) == len(labels)


def test_each_control_moves_picture_and_sentence_in_under_a_second(made: Any) -> None:
    for control in made.controls.values():
        first = control.value
        for value in others(control):
            before, start = shown(made), time.process_time()
            control.value = value
            assert time.process_time() - start < SLOWEST
            after = shown(made)
            assert after[0] != before[0]
            assert after[2] != before[2]
            assert after[1] == after[2]
        control.value = first


def test_a_slider_moves_its_number_and_draws_once(made: Any) -> None:
    for name, slider in made.sliders.items():
        drawn: list[object] = []
        made.picture.observe(drawn.append, "value")
        slider.value = slider.max if slider.value != slider.max else slider.min
        made.picture.unobserve(drawn.append, "value")
        assert made.controls[name].value == slider.value
        assert len(drawn) == 1


def test_the_same_values_give_the_same_picture(made: Any, request: pytest.FixtureRequest) -> None:
    name, control = next(iter(made.controls.items()))
    start, first = shown(made), control.value
    control.value = others(control)[0]
    control.value = first
    assert shown(made) == start
    again = getattr(explorables, request.node.callspec.params["made"])()
    assert again is not made
    assert shown(again) == start
    assert name in again.values()


def test_it_is_built_in_under_a_second(made: Any, request: pytest.FixtureRequest) -> None:
    start = time.process_time()
    getattr(explorables, request.node.callspec.params["made"])()
    assert time.process_time() - start < SLOWEST


def test_a_style_of_the_notebook_changes_no_colour(made: Any, request: pytest.FixtureRequest) -> None:
    import matplotlib.style

    with matplotlib.style.context("dark_background"):
        again = getattr(explorables, request.node.callspec.params["made"])()
    assert Image.open(io.BytesIO(shown(again)[0])).convert("RGB").getpixel((0, 0)) == (250, 250, 247)
    assert shown(again) == shown(made)
