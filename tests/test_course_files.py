import re
from pathlib import Path

import pytest

from math4ml_lab import catalogue
from math4ml_lab.catalogue import Videos
from math4ml_lab.errors import CatalogueError
from math4ml_lab.hints import ClipRef

VIDEOS = """
[LA]
title = "Linear Algebra"
url = "https://www.youtube.com/watch?v=uZeDTwWcnuY"
chapters = ["0:00 Introduction", "Somewhere"]
["KEY"]
title = "Short"
url = "https://youtu.be/abc?t=3"
["MC3.2"]
title = "A page"
url = "https://ocw.mit.edu/courses/18-s096/"
[MLG8]
title = "Audio"
url = "https://ocdevel.com/mlg/8.mp3"
"""


# -- Videos, courses, tags ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "url"),
    [
        (ClipRef("LA", 473, 500), "https://www.youtube.com/watch?v=uZeDTwWcnuY&t=473s"),
        (ClipRef("LA"), "https://www.youtube.com/watch?v=uZeDTwWcnuY"),
        (ClipRef("KEY", 0), "https://youtu.be/abc?t=0s"),
        (ClipRef("MC3.2", 5), "https://ocw.mit.edu/courses/18-s096/"),
        (ClipRef("MLG8", 5), "https://ocdevel.com/mlg/8.mp3#t=5"),
    ],
)
def test_a_clip_starts_at_its_second(ref: ClipRef, url: str) -> None:
    clip = catalogue.read_videos(VIDEOS).clip(ref)
    assert clip is not None
    assert (clip.url, clip.start, clip.end) == (url, ref.start, ref.end)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.youtube.com/watch?v=a", "https://evil.example/", "javascript:alert(1)", "https://youtu.be@evil/",
        "https://evil\\\\@www.youtube.com/", "https://www.youtube.com:8443/", "https://[", "https://user@youtu.be/a",
        "https://youtu.be/a b", "", "//youtu.be/a", "https://youtu.be.evil.example/a", "https://youtu.be/a\\u202eb",
    ],
)  # fmt: skip
def test_an_address_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        catalogue.read_videos(f'[A]\ntitle = "A"\nurl = "https://youtu.be/a"\n[B]\ntitle = "B"\nurl = "{url}"\n')
    assert [problem.message.startswith("'B'") for problem in caught.value.problems] == [True]


COURSE = """name = "math4ml"
title = "Mathematics for machine learning"
[[units]]
name = "start"
title = "Start"
notebook = "start/start.ipynb"
exercises = ["fail-on-purpose", "0-1"]
[[units]]
name = "linear-algebra"
title = "Linear algebra"
notebook = "linear_algebra/linear_algebra.ipynb"
exercises = []
forum = "unknown fields are for other readers"
"""


def test_a_course() -> None:
    course = catalogue.read_course(COURSE)
    assert (course.name, [unit.name for unit in course.units]) == ("math4ml", ["start", "linear-algebra"])
    assert course.units[0].exercises == ["fail-on-purpose", "0-1"]


@pytest.mark.parametrize("url", ["https://forum.example", "https://forum.example:8443/c/math?tag=ml#new"])
def test_a_forum(url: str) -> None:
    assert catalogue.read_course(COURSE).forum is None
    assert catalogue.read_course(COURSE.replace("[[", f'forum = "{url}"\n[[', 1)).forum == url


@pytest.mark.parametrize(
    "url",
    [
        "http://forum.example/", "forum.example", "", "https://", "javascript:alert(1)", "https://user@forum.example/",
        "https://a\\\\b.example/", "https://a b.example/", "https://forum.example/a b", "https://[", "//forum.example/",
        "https://forum.example:port/", "https://-/", "https://forum.example/\\u202eb",
    ],
)  # fmt: skip
def test_a_forum_is_somewhere_by_https(url: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        catalogue.read_course(COURSE.replace("[[", f'forum = "{url}"\n[[', 1))
    (problem,) = caught.value.problems
    assert (problem.line, "forum" in problem.message, "https://" in problem.fix) == (3, True, True)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"0-1"', '"fail-on-purpose"', 7), ('"0-1"', '"Not One"', 7), ('"0-1"', "1", 1), ("[[units]]", "[[units", 3),
        ('title = "Start"\n', "", 1), ('"linear-algebra"', '"start"', 4), ('"math4ml"', '"a/b"', 1), ("0-1", "a\0b", 7),
        ('"0-1"', "[" * 5000 + "]" * 5000, 1), ("name", "9" * 5000 + " = 9\nx", 1),
    ],
)  # fmt: skip
def test_a_course_that_is_wrong(old: str, new: str, line: int) -> None:
    with pytest.raises(CatalogueError) as caught:
        catalogue.read_course(COURSE.replace(old, new, 1))
    assert [problem.line for problem in caught.value.problems] == [line]


def test_the_readmes_course_is_one() -> None:
    readme = Path(__file__).resolve().parent.parent / "README.md"
    (text,) = re.findall(r"```toml\n(.*?)```", readme.read_text(encoding="utf-8"), re.DOTALL)
    course = catalogue.read_course(text)
    assert course.forum == "https://forum.example/c/my-course"
    assert [unit.exercises for unit in course.units] == [["double-it"]]
    line = next(line for line in text.splitlines() if line.startswith("forum"))
    assert catalogue.read_course(text.replace(line, "") + line).forum is None, "it has to stand above the units"


def test_no_text_but_catalogue_errors_for_toml() -> None:
    for text in ("", "\0", "a = 1", "x" * 2_000_000, "\ud800", "a = " + "9" * 10_000):
        for read in (catalogue.read_course, catalogue.read_videos):
            if (text, read) != ("", catalogue.read_videos):
                with pytest.raises(CatalogueError):
                    read(text)
    assert catalogue.read_videos("") == Videos()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a-b", (None, "a-b")), ("course/a", ("course", "a")), ("a/b/c", None), ("/a", None), ("a/", None), ("", None),
        ("A", None), ("-a", None), ("a\n", None), ("a" * 101, None), ("..", None), ("a_b", None), ("ä", None),
    ],
)  # fmt: skip
def test_tags(text: str, parts: tuple[str | None, str] | None) -> None:
    assert catalogue.split_tag(text) == parts
    assert catalogue.is_tag(text) == (parts is not None and parts[0] is None)


def test_the_file_of_a_tag() -> None:
    assert catalogue.module_file("shapes-are-types") == "shapes_are_types.py"
