"""The course's mistakes that raise on every input: another exception of the same type is none of them."""

from __future__ import annotations

import pytest
from test_course import module
from test_judge import judged

from math4ml_lab.kernel.reference import Reference

OTHERS = {
    "features-times-theta": [
        "def predict(X, theta):\n    raise ValueError('shapes')",
        "def predict(X, theta):\n    return X @ theta[:-2]",
        "def predict(X, theta):\n    return X @ theta[1:] + np.ones(7)",
        "def predict(X, theta):\n    return X.reshape(7, 5) @ theta",
        "def predict(X, theta):\n    return np.column_stack([np.ones(9), X]) @ theta",
        "def predict(X, theta):\n    if X @ theta[1:] + theta[0] > [1, 2]:\n        return int('one')",
        "def predict(X, theta):\n    return np.vstack([np.ones(len(X)), X[0, 0, 0]])",
        "def predict(X, theta):\n    return X['x'] @ theta",
    ],
    "keep-the-big-bits": [
        "def best_rank(M, k):\n    raise ValueError('(size 2 is different from 3)')",
        "def best_rank(M, k):\n    return M @ np.ones(9)",
        "def best_rank(M, k):\n    U, s, Vt = np.linalg.svd(M)\n    return U @ np.diag(s[:9]).reshape(7, 11) @ Vt",
        "def best_rank(M, k):\n    U, s = np.linalg.svd(M)\n    return U",
        "def best_rank(M, k):\n    values, V = np.linalg.eig(M)\n    return V",
        "def best_rank(M, k):\n    U, s, Vt = np.linalg.svd(M)\n    if s > k:\n        return M",
    ],
    "matrix-from-function": [
        "def matrix_of(f, n):\n    raise TypeError('one vector')",
        "def matrix_of(f, n):\n    return f(n)",
        "def matrix_of(f, n):\n    return f([1] + [0] * (n - 1))",
        "def matrix_of(f, n):\n    return f(np.ones(n), np.eye(n))",
        "def matrix_of(f, n):\n    return np.stack(f(e) for e in np.eye(n))",
        "def matrix_of(f, n):\n    return f(np.eye(n + 1))",
        "def matrix_of(f, n):\n    return np.eye(n, f)",
    ],
    "function-in-function-out": [
        "def adjoint_of(f, n):\n    return lambda y: f(np.eye(n + 1))",
        "def adjoint_of(f, n):\n    return f(list(np.eye(n)))",
        "def adjoint_of(f, n):\n    return f(np.eye(n), 1)",
        "def adjoint_of(f, n):\n    M = np.column_stack([f(e) for e in np.eye(n)])\n    return lambda y: len(M, y)",
    ],
    "verbs-as-matrices": [
        "def running_total(n):\n    return np.tril(n, n, n, n)",
        "def running_total(n):\n    return np.ones((n, n), 'triangle')",
        "def running_total(n):\n    return np.cumsum(np.eye(n), 'down')",
        "def running_total(n):\n    return [1] * n + n",
    ],
    "unroll-the-loops": [
        "def pairwise(X, Y):\n    raise ValueError('X @ Y')",
        "def pairwise(X, Y):\n    return X @ np.ones(9) - Y",
        "def pairwise(X, Y):\n    if X[0] > Y:\n        return X",
        "def pairwise(X, Y):\n    return X.reshape(7, 11) @ Y",
    ],
}


CELLS = [(name, cell) for name, cells in OTHERS.items() for cell in cells]


@pytest.fixture(scope="module")
def references() -> dict[str, Reference]:
    return {name: Reference(name, module(name).read_text("utf-8"), None, {"__name__": name}, None) for name in OTHERS}


@pytest.mark.parametrize(("name", "cell"), CELLS)
def test_another_exception_is_no_known_mistake(references: dict[str, Reference], name: str, cell: str) -> None:
    verdict = judged(references[name], cell)
    assert verdict["outcome"] == {"kind": "failed"}
    assert verdict["mistake"] is None
