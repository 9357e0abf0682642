"""How a wrong result is related to the right one: transposed, negated, scaled, shifted, permuted, along another axis.

A relation is told only where it holds on all failing inputs, and where the inputs could have told otherwise: a lone
number is always some multiple of another.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Callable

from math4ml_lab.kernel import compare, printing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from math4ml_lab.kernel.answered import Result

MANY = 10_000
"""Entries of a result beyond which no relation is looked for."""


class Pair:
    """A wrong result and the right one as arrays, and the arrays among the inputs."""

    def __init__(self, got: Any, want: Any, row: Mapping[str, Any]) -> None:
        import numpy as np

        self.got = _numbers(got)
        self.want = _numbers(want)
        self.inputs = {
            name: np.asarray(value)
            for name, value in row.items()
            if hasattr(value, "dtype") and value.dtype.kind in "iuf" and value.ndim and 0 < value.size <= MANY
        }

    @property
    def same_shape(self) -> bool:
        """Whether the two can be compared entry by entry."""
        return bool(self.got.shape == self.want.shape)


def observation(results: list[Result], *, alone: bool) -> str | None:
    """Return a sentence on how the wrong results are related to the right ones, None where no relation holds.

    `alone` says that there is one result and no input: a lone number is then passed over in silence.
    """
    failing = [result for result in results if not result.right]
    if not failing or any(result.raised or result.wanted.raised for result in failing):
        return None
    items = _items([(result.value, result.wanted.value) for result in failing])
    if items is not None:
        return items
    if not all(_numeric(result.value) and _numeric(result.wanted.value) for result in failing):
        return None
    try:
        pairs = [Pair(result.value, result.wanted.value, result.row) for result in failing]
    except OverflowError:  # integers beyond all floats
        return None
    if all(0 in (pair.got.size, pair.want.size) for pair in pairs):
        return None
    if alone and pairs[0].want.size < 2:  # noqa: PLR2004 (a number says nothing, two do)
        return None
    return next((sentence for relation in _RELATIONS if (sentence := _tried(relation, pairs)) is not None), None)


def _tried(relation: Callable[[list[Pair]], str | None], pairs: list[Pair]) -> str | None:
    import numpy as np

    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return relation(pairs)
        except (ValueError, ArithmeticError, IndexError):  # shapes that do not fit: then it is not this relation
            return None


def _numeric(value: Any) -> bool:
    if compare.kind(value) not in ("number", "array"):
        return False
    return getattr(value, "size", 1) <= MANY and (not hasattr(value, "dtype") or value.dtype.kind in "biufc")


def _numbers(value: Any) -> Any:
    import numpy as np

    array = np.asarray(value)
    return array if array.dtype.kind in "fc" else array.astype(float)


def _same(got: Any, want: Any) -> bool:
    return got.shape == want.shape and not bool(compare.wrong_entries(got, want).any())


def _items(pairs: list[tuple[Any, Any]]) -> str | None:
    """Look at tuples and lists: the right items in another order."""
    if not all(isinstance(want, (tuple, list)) and type(got) is type(want) for got, want in pairs):
        return None
    if all(compare.equal(got[::-1], want) for got, want in pairs):
        return "These are the right items in reverse order."
    return None


# -- Relations, the most telling first ---------------------------------------------------------------------


def _transposed(pairs: list[Pair]) -> str | None:
    if all(pair.want.ndim > 1 and _same(pair.got.T, pair.want) for pair in pairs):
        return "This is the transpose of what is needed."
    return None


def _reshaped(pairs: list[Pair]) -> str | None:
    if all(pair.got.size == pair.want.size and _same(pair.got.ravel(), pair.want.ravel()) for pair in pairs):
        return "These are the right numbers, only in another shape."
    return None


def _negated(pairs: list[Pair]) -> str | None:
    if all(_same(-pair.got, pair.want) for pair in pairs):
        return "Every number has the wrong sign." if _several(pairs) else "The sign is wrong."
    return None


def _counted(pairs: list[Pair]) -> str | None:
    """Find a factor that is the length of an input's axis: a sum for an average, or the other way round."""
    for name, array in pairs[0].inputs.items():
        for axis in range(array.ndim):
            lengths = [pair.inputs[name].shape[axis] if name in pair.inputs else 1 for pair in pairs]
            if len(set(lengths)) < 2 or not _several(pairs):  # noqa: PLR2004 (one length alone may be chance)
                continue
            n_is = f"{name}.shape[{axis}]"
            if all(_same(pair.got, pair.want * n) for pair, n in zip(pairs, lengths)):
                return f"This is what is needed times {n_is}: a sum in place of an average?"
            if all(_same(pair.got * n, pair.want) for pair, n in zip(pairs, lengths)):
                return f"This is what is needed divided by {n_is}: an average in place of a sum?"
    return None


def _scaled(pairs: list[Pair]) -> str | None:
    import numpy as np

    got, want = _flat(pairs)
    usable = np.isfinite(want) & (want != 0)
    if len(set(np.abs(want[usable]).tolist())) < 2:  # noqa: PLR2004 (one number is a multiple of any other)
        return None
    factors = got[usable] / want[usable]
    factor = complex(factors[0]) if got.dtype.kind == "c" else float(factors[0])
    if factor == 0 or not np.isfinite(factor) or not all(_same(pair.got, pair.want * factor) for pair in pairs):
        return None
    return f"Every number is {printing.inline(factor)} times what is needed."


def _shifted(pairs: list[Pair]) -> str | None:
    import numpy as np

    got, want = _flat(pairs)
    if len(set(want.tolist())) < 2 or got.dtype.kind == "c":  # noqa: PLR2004 (the same for sums)
        return None
    step = float(got[0] - want[0])
    if step == 0 or not np.isfinite(step) or not all(_same(pair.got, pair.want + step) for pair in pairs):
        return None
    return f"Every number is {printing.inline(abs(step))} too {'large' if step > 0 else 'small'}."


def _permuted(pairs: list[Pair]) -> str | None:
    import numpy as np

    if not all(pair.same_shape and pair.want.ndim for pair in pairs):
        return None
    if all(_same(pair.got[::-1], pair.want) for pair in pairs):
        return "This is what is needed in reverse order."
    if all(_same(pair.got.ravel(order="F").reshape(pair.want.shape), pair.want) for pair in pairs):
        return "These are the right numbers, filled in along the other axis."
    # Zeros and ones alone are always some other order of zeros and ones.
    if len(set(_flat(pairs)[1].tolist())) > 2 and all(  # noqa: PLR2004
        _same(np.sort(pair.got, axis=None), np.sort(pair.want, axis=None)) for pair in pairs
    ):
        return "These are the right numbers in another order."
    return None


def _other_axis(pairs: list[Pair]) -> str | None:
    """Find what was taken along one axis of an input, and is needed along another."""
    for name, array in pairs[0].inputs.items():
        if array.ndim < 2 or not all(name in pair.inputs for pair in pairs):  # noqa: PLR2004 (there is one axis)
            continue
        for word, form in _forms():
            needed = _axes(pairs, name, form, lambda pair: pair.want)
            taken = _axes(pairs, name, form, lambda pair: pair.got) if needed else []
            if needed and taken and not set(needed) & set(taken):
                return f"This is {word} of {name} {_along(taken[0])}; {_along(needed[0])} is needed."
    return None


def _along(axis: int | None) -> str:
    return "over all entries" if axis is None else f"along axis {axis}"


def _axes(pairs: list[Pair], name: str, form: Any, side: Callable[[Pair], Any]) -> list[int | None]:
    axes = [*range(pairs[0].inputs[name].ndim), None]
    return [axis for axis in axes if all(_formed(form, pair.inputs[name], axis, side(pair)) for pair in pairs)]


def _formed(form: Any, array: Any, axis: int | None, result: Any) -> bool:
    if axis is not None and axis >= array.ndim:
        return False
    made = form(array, axis)
    return _same(made.reshape(result.shape), result) if made.size == result.size else False


def _forms() -> Iterator[tuple[str, Any]]:
    import numpy as np

    for word, reduce in (("sum", np.sum), ("mean", np.mean), ("maximum", np.max), ("minimum", np.min)):
        yield f"the {word}", lambda array, axis, reduce=reduce: np.asarray(reduce(array, axis=axis))
        yield (
            f"the difference to the {word}",
            lambda array, axis, reduce=reduce: array - reduce(array, axis=axis, keepdims=True),
        )
        yield (
            f"the ratio to the {word}",
            lambda array, axis, reduce=reduce: array / reduce(array, axis=axis, keepdims=True),
        )


def _reduced(pairs: list[Pair]) -> str | None:
    """Find a sum or average that was taken over an axis too many, or not yet.

    Of equal numbers the mean is any of them: it tells nothing.
    """
    import numpy as np

    for word, reduce in (("sum", np.sum), ("mean", np.mean)):
        totals = [np.asarray(reduce(pair.want)) for pair in pairs if pair.want.size > 1 == pair.got.size]
        is_one = len(totals) == len(pairs) and any(_differ(pair.want) for pair in pairs)
        if is_one and all(_same(pair.got.reshape(()), t) for pair, t in zip(pairs, totals)):
            return f"This is the {word} of all that is needed: an axis too many was used up."
        for axis in range(max(pair.got.ndim for pair in pairs)):
            if any(_differ(pair.got) for pair in pairs) and all(
                pair.got.ndim > max(axis, pair.want.ndim) and _same(np.asarray(reduce(pair.got, axis=axis)), pair.want)
                for pair in pairs
            ):
                return f"The {word} of this along axis {axis} is what is needed."
    return None


def _differ(array: Any) -> bool:
    return bool((array != array.flat[0]).any()) if array.size else False


_RELATIONS = (_transposed, _reshaped, _negated, _counted, _scaled, _shifted, _permuted, _other_axis, _reduced)


def _several(pairs: list[Pair]) -> bool:
    return len(pairs) > 1 or pairs[0].want.size > 1


def _flat(pairs: list[Pair]) -> tuple[Any, Any]:
    import numpy as np

    if not all(pair.same_shape for pair in pairs):
        raise ValueError("shapes differ")
    return np.concatenate([pair.got.ravel() for pair in pairs]), np.concatenate([pair.want.ravel() for pair in pairs])
