"""The pictures of the docs: small, and still what was to be seen."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "build-tools" / "shrink_images.py"
MEGABYTES = 2.5


@pytest.fixture(scope="module")
def shrunk() -> Callable[[bytes], bytes]:
    spec = importlib.util.spec_from_file_location("shrink_images", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function: Callable[[bytes], bytes] = module.shrunk
    return function


def png(points: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(points).save(out, "PNG", compress_level=1)
    return out.getvalue()


def points(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=int)


def test_the_pictures_of_the_docs_are_small() -> None:
    size = sum(path.stat().st_size for path in (ROOT / "docs" / "images").rglob("*.png"))
    assert size < MEGABYTES * 1e6, "run: python build-tools/shrink_images.py docs/images"


def test_few_colours_are_kept_as_they_are(shrunk: Callable[[bytes], bytes]) -> None:
    picture = np.random.default_rng(1).choice([0, 90, 200], size=(60, 80, 3)).astype(np.uint8)
    small = shrunk(png(picture))
    assert len(small) < len(png(picture))
    assert np.array_equal(points(small), picture)


def test_many_colours_change_by_little_or_not_at_all(shrunk: Callable[[bytes], bytes]) -> None:
    slope = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    shades = np.concatenate([slope, slope // 2 + np.array([0, 60, 120], dtype=np.uint8)])
    noise = np.random.default_rng(2).integers(0, 256, size=(50, 60, 3), dtype=np.uint8)
    assert np.abs(points(shrunk(png(shades))) - shades).max() <= 2
    assert np.array_equal(points(shrunk(png(noise))), noise), "too many to be told in 256"


def test_a_second_time_changes_nothing(shrunk: Callable[[bytes], bytes]) -> None:
    once = shrunk(png(np.random.default_rng(3).integers(0, 40, size=(40, 40, 3), dtype=np.uint8)))
    assert shrunk(once) == once
