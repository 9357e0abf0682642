"""Cells that learners may write: right answers in other words, and known slips in other words.

`RIGHT[exercise]` holds cells that pass; `WRONG[exercise][mistake]` holds cells that are recognised as that mistake.
`np` is there when a cell runs, as in the notebooks.
"""

from __future__ import annotations

RIGHT: dict[str, list[str]] = {}
WRONG: dict[str, dict[str, list[str]]] = {}

# -- fail-on-purpose ------------------------------------------------------------------------------------------

RIGHT["fail-on-purpose"] = [
    "answer = 9",
    "answer = 9.0",
    "answer = np.zeros((3, 3)).size",
    "answer = np.prod(np.ones((3, 3)).shape)",
    """
answer = 0
for row in np.eye(3):
    for _ in row:
        answer += 1
""",
    "answer = np.float64(9)",
]
WRONG["fail-on-purpose"] = {
    "string": [
        'answer = "9"',
        "answer = str(3 * 3)",
        "answer = '9.0'",
        "answer = ' 9\\n'",
    ],
    "one_side": [
        "answer = 3",
        "answer = len(np.zeros((3, 3)))",
        "answer = np.zeros((3, 3)).shape[0]",
    ],
}

# -- shapes-are-types -----------------------------------------------------------------------------------------

RIGHT["shapes-are-types"] = [
    """
def matmul_shape(left, right):
    a = (1,) + tuple(left) if len(left) == 1 else tuple(left)
    b = tuple(right) + (1,) if len(right) == 1 else tuple(right)
    if a[-1] != b[-2]:
        return None
    batch = []
    for i in range(1, max(len(a), len(b)) - 1):
        p = a[-2 - i] if i + 2 <= len(a) else 1
        q = b[-2 - i] if i + 2 <= len(b) else 1
        if p != q and p != 1 and q != 1:
            return None
        batch.insert(0, max(p, q))
    out = batch
    if len(left) > 1:
        out = out + [a[-2]]
    if len(right) > 1:
        out = out + [b[-1]]
    return tuple(out)
""",
    """
def matmul_shape(left: tuple, right: tuple):
    *lead_l, k = left
    if len(right) == 1:
        return tuple(lead_l) if right == (k,) else None
    *lead_r, k2, p = right
    if k != k2:
        return None
    if len(left) == 1:
        return (*lead_r, p)
    *lead_l, m = lead_l
    try:
        return (*np.broadcast_shapes(tuple(lead_l), tuple(lead_r)), m, p)
    except ValueError:
        return None
""",
    """
from itertools import zip_longest
def matmul_shape(l, r):
    if l[-1] != r[-2:][0]:
        return None
    pairs = list(zip_longest(l[:-2][::-1], r[:-2][::-1], fillvalue=1))
    if not all(a == b or 1 in (a, b) for a, b in pairs):
        return None
    batch = tuple(np.int64(b if a == 1 else a) for a, b in pairs)[::-1]
    return batch + tuple(l[-2:-1]) + (r[-1:] if len(r) >= 2 else ())
""",
]
WRONG["shapes-are-types"] = {
    "outer": [
        """
def matmul_shape(left, right):
    return (left[-1], right[0]) if left[0] == right[-1] else None
""",
        """
def matmul_shape(left, right):
    if left[0] != right[-1]:
        return None
    return left[:-1] + right[1:]
""",
        """
def matmul_shape(left, right):
    m, n = left
    k, p = right
    return (n, k) if m == p else None
""",
        """
def matmul_shape(left, right):
    if len(left) == 1 or len(right) == 1:
        return () if left == right else None
    if left[-2] == right[-1]:
        return left[:-2] + (left[-2], right[-1])
""",
    ],
    "vec_is_col": [
        """
def matmul_shape(left, right):
    if len(right) == 1:
        right = (right[0], 1)
    if len(left) == 1:
        left = (left[0], 1)
    return (left[0], right[1]) if left[1] == right[0] else None
""",
        """
def matmul_shape(left, right):
    if len(right) == 1:
        right = right + (1,)
    if len(left) == 1:
        left = (1,) + left
    if left[-1] != right[-2]:
        return None
    try:
        return np.broadcast_shapes(left[:-2], right[:-2]) + (left[-2], right[-1])
    except ValueError:
        return None
""",
        """
def matmul_shape(left, right):
    if len(left) == len(right) == 1:
        return () if left == right else None
    if len(right) == 1:
        return (*left[:-1], 1) if left[-1] == right[0] else None
    if len(left) == 1:
        return right[1:] if left[0] == right[0] else None
    return (*left[:-1], right[-1]) if left[-1] == right[-2] else None
""",
    ],
    "dot_is_1": [
        """
def matmul_shape(left, right):
    a = (1,) + tuple(left) if len(left) == 1 else tuple(left)
    b = tuple(right) + (1,) if len(right) == 1 else tuple(right)
    if a[-1] != b[-2]:
        return None
    batch = []
    for i in range(1, max(len(a), len(b)) - 1):
        p = a[-2 - i] if i + 2 <= len(a) else 1
        q = b[-2 - i] if i + 2 <= len(b) else 1
        if p != q and p != 1 and q != 1:
            return None
        batch.insert(0, max(p, q))
    out = batch
    if len(left) > 1:
        out = out + [a[-2]]
    if len(right) > 1:
        out = out + [b[-1]]
    return tuple(out) or (1,)
""",
        """
def matmul_shape(left, right):
    if len(left) == 1 and len(right) == 1:
        return (1,) if left[0] == right[0] else None
    if left[-1] != right[-2:][0]:
        return None
    return left[:-1] + (right[-1:] if len(right) > 1 else ())
""",
        """
def matmul_shape(left, right):
    if left[-1] != right[-2:][0]:
        return None
    out = list(left[:-1]) + list(right[:-2]) + list(right[-1:] if len(right) > 1 else ())
    return tuple(out) if out else (1,)
""",
    ],
    "broadcast": [
        """
def matmul_shape(left, right):
    try:
        return np.broadcast_shapes(left, right)
    except ValueError:
        return None
""",
        """
def matmul_shape(left, right):
    return left if left == right else None
""",
        """
from itertools import zip_longest
def matmul_shape(left, right):
    out = []
    for a, b in zip_longest(reversed(left), reversed(right), fillvalue=1):
        if a != b and 1 not in (a, b):
            return None
        out.append(max(a, b))
    return tuple(out[::-1])
""",
    ],
    "longer_batch": [
        """
def matmul_shape(left, right):
    inner = right[0] if len(right) == 1 else right[-2]
    if left[-1] != inner:
        return None
    lead = left[:-2] if len(left) > len(right) else right[:-2]
    return (*lead, *left[-2:-1], *(right[-1:] if len(right) > 1 else ()))
""",
        """
def matmul_shape(left, right):
    rows, columns = left[-2:-1], (right[-1:] if len(right) > 1 else ())
    fits = left[-1] == (right[-2] if len(right) > 1 else right[0])
    more = right if len(right) >= len(left) else left
    return more[:-2] + rows + columns if fits else None
""",
    ],
    "too_big_to_build": [
        """
def matmul_shape(left, right):
    try:
        return (np.zeros(left) @ np.zeros(right)).shape
    except ValueError:
        return None
""",
        """
def matmul_shape(left, right):
    try:
        return np.matmul(np.empty(left), np.empty(right)).shape
    except Exception:
        return None
""",
        """
def matmul_shape(left, right):
    try:
        return np.matmul(np.ones(left, 'i1'), np.ones(right, 'i1')).shape
    except ValueError:
        return None
""",
    ],
}

# -- is-it-linear ---------------------------------------------------------------------------------------------

RIGHT["is-it-linear"] = [
    """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, y = rng.standard_normal((2, n))
        a, b = rng.standard_normal(2)
        if not np.allclose(f(a * x + b * y), a * f(x) + b * f(y), atol=1e-6):
            return False
    return True
""",
    """
def is_linear(f, n, rng, trials=20):
    ok = np.bool_(True)
    for _ in range(trials):
        x = rng.integers(-9, 10, n)
        y = rng.integers(-9, 10, n)
        a = rng.integers(-5, 6)
        ok &= np.abs(f(x + y) - f(x) - f(y)).max() < 1e-9
        ok &= np.abs(f(a * x) - a * f(x)).max() < 1e-9
    return ok
""",
    """
def is_linear(f, n, rng, trials=20):
    def keeps():
        x, y, a = rng.uniform(-100, 100, n), rng.uniform(-100, 100, n), rng.uniform(-10, 10)
        return np.all(np.isclose(f(x + y), f(x) + f(y))) and np.all(np.isclose(f(a * x), a * f(x)))
    return bool(np.all([keeps() for _ in range(trials)]))
""",
    """
def is_linear(f, n, rng, trials=20):
    M = np.array([f(e) for e in np.eye(n)]).T
    return all(np.allclose(M @ x, f(x)) for x in rng.normal(size=(trials, n)))
""",
    """
import math
def is_linear(f, n, rng, trials=20):
    if not np.allclose(f(np.zeros(n)), 0):
        return False
    for i in range(trials):
        x = rng.random(n) - 0.5
        y = rng.random(n) - 0.5
        a = -2.5
        for p, q in zip(f(a * (x + y)), a * f(x) + a * f(y)):
            if not math.isclose(p, q, rel_tol=1e-6, abs_tol=1e-9):
                return False
    return True
""",
]
WRONG["is-it-linear"] = {
    "zero_only": [
        """
def is_linear(f, n, rng, trials=20):
    return not np.any(f(np.zeros(n)))
""",
        """
def is_linear(f, n, rng, trials=20):
    return (f(np.zeros(n)) == 0).all()
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        if not np.allclose(f(0 * rng.normal(size=n)), 0):
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    return bool(np.linalg.norm(f(np.array([0] * n))) < 1e-9)
""",
    ],
    "pos_scale_only": [
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x = rng.standard_normal(n)
        if not np.allclose(f(2 * x), 2 * f(x)):
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, a = rng.uniform(-3, 3, n), abs(rng.normal())
        if np.abs(f(a * x) - a * f(x)).max() > 1e-8:
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, a = rng.integers(-9, 10, n), rng.integers(2, 6)
        if not np.isclose(f(a * x), a * f(x)).all():
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    x = rng.normal(size=n)
    return np.allclose(f(3 * x), 3 * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, y, a = rng.random(n), rng.random(n), rng.random()
        if not np.allclose(f(x + y), f(x) + f(y)) or not np.allclose(f(a * x), a * f(x)):
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    x = np.arange(1.0, n + 1)
    return np.allclose(f(3 * x), 3 * f(x))
""",
    ],
    "never_adds": [
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, a = rng.uniform(-3, 3, n), rng.uniform(-3, 3)
        if not np.isclose(f(a * x), a * f(x)).all():
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x = rng.normal(size=n)
        if not np.allclose(f(-2 * x), -2 * f(x)):
            return False
    return True
""",
    ],
    "exact_eq": [
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, y, a = rng.normal(size=n), rng.normal(size=n), 2
        if not (f(x + y) - f(x) - f(y) == 0).all() or not (f(a * x) - a * f(x) == 0).all():
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, y, a = rng.normal(size=n), rng.normal(size=n), rng.normal()
        if (f(x + y) != f(x) + f(y)).any() or (f(a * x) != a * f(x)).any():
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, y = rng.random((2, n)) - 0.5
        a, b = rng.normal(size=2)
        if not np.all(f(a * x + b * y) == a * f(x) + b * f(y)):
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, y, a = rng.integers(-9, 10, n), rng.integers(-9, 10, n), rng.integers(-5, 6)
        if list(f(x + y)) != list(f(x) + f(y)) or list(f(a * x)) != list(a * f(x)):
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = rng.normal(size=n), rng.normal(size=n), rng.normal()
    return np.array_equal(f(x + y), f(x) + f(y)) and np.array_equal(f(a * x), a * f(x))
""",
    ],
    "one_easy_probe": [
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = np.ones(n), 2 * np.ones(n), 3
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = np.eye(n)[0], np.eye(n)[1], 2
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = np.eye(n)[0], np.eye(n)[1], -1
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = np.arange(n), np.ones(n), 10
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = np.arange(1, n + 1), np.arange(n, 0, -1), 2
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = np.linspace(-1, 1, n), np.ones(n), -2
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = (-1.0) ** np.arange(n), np.arange(n), -3
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = np.array([1, -2, 3, -4, 5, -6, 7, -8, 9][:n]), np.arange(1, n + 1), -1
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, y = np.ones(n), 2 * np.ones(n)
        if not np.allclose(f(x + y), f(x) + f(y)) or not np.allclose(f(5 * x), 5 * f(x)):
            return False
    return True
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = np.eye(n)[0], (-1.0) ** np.arange(n), -1
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y = np.ones(n), np.arange(n)
    return bool(np.allclose(f(2 * x + 3 * y), 2 * f(x) + 3 * f(y)))
""",
    ],
    "one_trial": [
        """
def is_linear(f, n, rng, trials=20):
    x, y, a = rng.normal(size=n), rng.normal(size=n), rng.normal()
    return np.allclose(f(x + y), f(x) + f(y)) and np.allclose(f(a * x), a * f(x))
""",
        """
def is_linear(f, n, rng, trials=20):
    for _ in range(trials):
        x, y = rng.uniform(-2, 2, n), rng.uniform(-2, 2, n)
        return bool(np.isclose(f(x + 3 * y), f(x) + 3 * f(y)).all())
""",
        """
def is_linear(f, n, rng, trials=20):
    x, y = np.random.randn(2, n)
    return np.abs(f(x + y) - f(x) - f(y)).max() < 1e-9 and np.abs(f(-x) + f(x)).max() < 1e-9
""",
    ],
}

# -- matrix-from-function -------------------------------------------------------------------------------------

RIGHT["matrix-from-function"] = [
    """
def matrix_of(f, n):
    return np.array([f(e) for e in np.eye(n)]).T
""",
    """
def matrix_of(f, n):
    first = f(np.zeros(n))
    M = np.zeros((len(first), n))
    for j in range(n):
        e = np.zeros(n)
        e[j] = 1
        M[:, j] = f(e)
    return M
""",
    """
def matrix_of(f, n):
    return np.column_stack([f(np.eye(n, dtype=int)[:, j]) for j in range(n)])
""",
    """
def matrix_of(f, n):
    return np.apply_along_axis(f, 0, np.eye(n))
""",
]
WRONG["matrix-from-function"] = {
    "rows": [
        """
def matrix_of(f, n):
    return np.vstack([f(e) for e in np.eye(n)])
""",
        """
def matrix_of(f, n):
    return np.apply_along_axis(f, 1, np.eye(n))
""",
        """
def matrix_of(f, n):
    out = []
    for i in range(n):
        e = np.zeros(n)
        e[i] = 1
        out.append(f(e))
    return np.stack(out)
""",
    ],
    "ones": [
        """
def matrix_of(f, n):
    return f(np.ones(n))
""",
        """
def matrix_of(f, n):
    return f(np.ones(n)).reshape(-1, 1)
""",
        """
def matrix_of(f, n):
    return np.column_stack([f(np.ones(n)) for _ in range(n)])
""",
        """
def matrix_of(f, n):
    return np.outer(f(np.ones(n)), np.ones(n)) / n
""",
        """
def matrix_of(f, n):
    return np.array([f(np.ones(n))] * n)
""",
    ],
    "diag": [
        """
def matrix_of(f, n):
    return np.diag(f(np.ones(n)))
""",
        """
def matrix_of(f, n):
    return np.diag([f(np.eye(n)[i])[i] for i in range(n)])
""",
        """
def matrix_of(f, n):
    y = f(np.ones(n))
    M = np.zeros((len(y), n))
    for i in range(min(len(y), n)):
        M[i, i] = y[i]
    return M
""",
        """
def matrix_of(f, n):
    x = np.arange(1, n + 1)
    return np.diag(f(x) / x)
""",
    ],
}

# -- verbs-as-matrices ----------------------------------------------------------------------------------------

RIGHT["verbs-as-matrices"] = [
    """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    """
running_total = lambda n: np.cumsum(np.eye(n), axis=0)
drop_first = lambda n: np.eye(n - 1, n, k=1)
def swap_ends(n):
    M = np.zeros((n, n), dtype=int)
    for i in range(n):
        M[i, n - 1 if i == 0 else 0 if i == n - 1 else i] = 1
    return M
""",
    """
def running_total(n):
    return np.array([[1 if j <= i else 0 for j in range(n)] for i in range(n)])
def drop_first(n):
    return np.delete(np.identity(n), 0, axis=0)
def swap_ends(n):
    M = np.eye(n)
    M[0, 0] = M[-1, -1] = 0
    M[0, -1] = M[-1, 0] = 1
    return M
""",
    """
def running_total(n):
    return np.tri(n, dtype=bool)
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
]
WRONG["verbs-as-matrices"] = {
    "upper": [
        """
def running_total(n):
    return np.triu(np.ones((n, n)))
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n).T
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)[:, ::-1]
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n, dtype=int)[::-1]
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    ],
    "drop_last": [
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n - 1, n)

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.delete(np.eye(n, dtype=int), -1, 0)

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.hstack([np.eye(n - 1), np.zeros((n - 1, 1))])

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    ],
    "zeroed": [
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    M = np.eye(n)
    M[0, 0] = 0
    return M

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.diag([0] + [1] * (n - 1))

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n, k=1)

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    ],
    "nothing_left": [
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.array([np.eye(n)[i] for i in range(1, n)])

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.vstack([np.eye(n)[i] for i in range(1, n)])

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(max(n - 1, 1), n, k=1)

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    ],
    "reverse": [
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n)[1:]
def swap_ends(n):
    return np.fliplr(np.eye(n))
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n)[1:]
def swap_ends(n):
    return np.eye(n, dtype=int)[::-1]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n)[1:]
def swap_ends(n):
    M = np.zeros((n, n))
    for i in range(n):
        M[i, n - 1 - i] = 1
    return M
""",
    ],
}

# -- refactor-pipeline ----------------------------------------------------------------------------------------

RIGHT["refactor-pipeline"] = [
    """
from functools import reduce
def collapse(*stages):
    return reduce(lambda whole, stage: stage @ whole, stages)
""",
    """
def collapse(*stages):
    M = np.eye(stages[0].shape[1])
    for S in stages:
        M = np.dot(S, M)
    return M
""",
    """
def collapse(*stages):
    return np.linalg.multi_dot(stages[::-1]) if len(stages) > 1 else stages[0]
""",
    """
def collapse(first, *rest):
    return collapse(rest[0] @ first, *rest[1:]) if rest else first
""",
    """
def collapse(*s):
    m = s[-1]
    for t in s[-2::-1]:
        m = np.einsum('ij,jk->ik', m, t)
    return m
""",
    """
def collapse(*stages):
    def run(v):
        for stage in stages:
            v = stage @ v
        return v
    return np.array([run(e) for e in np.eye(stages[0].shape[1])]).T
""",
]
WRONG["refactor-pipeline"] = {
    "reading_order": [
        """
from functools import reduce
def collapse(*stages):
    return reduce(np.matmul, stages)
""",
        """
def collapse(*stages):
    M = np.eye(stages[0].shape[0])
    for S in stages:
        M = M @ S
    return M
""",
        """
def collapse(*stages):
    return np.linalg.multi_dot(stages)
""",
        """
def collapse(*stages):
    M = np.eye(stages[0].shape[1])
    for S in stages:
        M = M @ S
    return M
""",
        """
def collapse(*stages):
    M = stages[-1]
    for S in stages[:-1][::-1]:
        M = np.dot(S, M)
    return M
""",
    ],
    "elementwise": [
        """
def collapse(*stages):
    return np.prod(stages, axis=0)
""",
        """
from functools import reduce
def collapse(*stages):
    return reduce(np.multiply, stages)
""",
        """
def collapse(*stages):
    M = 1
    for S in stages[::-1]:
        M = M * S
    return M
""",
    ],
    "first_two": [
        """
def collapse(first, second):
    return second @ first
""",
        """
def collapse(*stages):
    return stages[1] @ stages[0]
""",
        """
def collapse(first, second=None, *more):
    return first if second is None else np.dot(second, first)
""",
        """
def collapse(*stages):
    M = stages[0]
    for S in stages[1:2]:
        M = S @ M
    return M
""",
        """
def collapse(*stages):
    for S in stages[1:]:
        return S @ stages[0]
    return stages[0]
""",
    ],
}

# -- batch-is-a-loop ------------------------------------------------------------------------------------------

RIGHT["batch-is-a-loop"] = [
    """
def apply_rows(F, X):
    return (F @ X.T).T
""",
    """
def apply_rows(F, X):
    return np.einsum('mn,bn->bm', F, X)
""",
    """
def apply_rows(F, X):
    return np.inner(X, F)
""",
    """
def apply_rows(F, X):
    return np.matmul(F, X[:, :, None])[:, :, 0]
""",
    """
def apply_rows(F, X):
    return (X[:, None, :] * F).sum(axis=-1)
""",
    """
def apply_rows(F, X):
    Y = np.empty((len(X), len(F)))
    for i, x in enumerate(X):
        Y[i] = F @ x
    return Y
""",
    """
def apply_rows(F, X):
    return np.tensordot(X, F, axes=(1, 1))
""",
]
WRONG["batch-is-a-loop"] = {
    "FX": [
        """
def apply_rows(F, X):
    return F.dot(X)
""",
        """
def apply_rows(F, X):
    return np.einsum('ij,jk->ik', F, X)
""",
        """
def apply_rows(F, X):
    return np.tensordot(F, X, axes=1)
""",
        """
def apply_rows(F, X):
    if F.shape[1] != len(X):
        raise TypeError('these do not fit')
    return F @ X
""",
        """
def apply_rows(F, X):
    return F @ X if F.shape[0] == F.shape[1] == len(X) else X @ F.T
""",
    ],
    "XF_when_square": [
        """
def apply_rows(F, X):
    return np.dot(X, F)
""",
        """
def apply_rows(F, X):
    return np.einsum('bi,ij->bj', X, F)
""",
        """
def apply_rows(F, X):
    return X @ F if F.shape[0] == F.shape[1] else X @ F.T
""",
        """
def apply_rows(F, X):
    try:
        return X @ F
    except ValueError:
        return X @ F.T
""",
        """
def apply_rows(F, X):
    return np.array([x @ F for x in X])
""",
    ],
    "cols_when_square": [
        """
def apply_rows(F, X):
    return X.T @ F.T
""",
        """
def apply_rows(F, X):
    return np.array([F @ X[:, j] for j in range(X.shape[1])])
""",
        """
def apply_rows(F, X):
    return (F @ X).T if X.shape[0] == F.shape[1] else X @ F.T
""",
        """
def apply_rows(F, X):
    return np.stack([F @ x for x in X.T])
""",
    ],
    "transposed": [
        """
def apply_rows(F, X):
    return np.einsum('mn,bn->mb', F, X)
""",
        """
def apply_rows(F, X):
    return np.inner(F, X)
""",
        """
def apply_rows(F, X):
    return np.column_stack([F @ x for x in X])
""",
        """
def apply_rows(F, X):
    return np.array([F @ x for x in X]).T
""",
    ],
    "no_rows_no_shape": [
        """
def apply_rows(F, X):
    return np.array([F.dot(x) for x in X])
""",
        """
def apply_rows(F, X):
    return np.stack([F @ x for x in X])
""",
        """
def apply_rows(F, X):
    return np.apply_along_axis(lambda x: F @ x, 1, X)
""",
    ],
}

# -- features-times-theta -------------------------------------------------------------------------------------

RIGHT["features-times-theta"] = [
    """
def predict(X, theta):
    return np.column_stack([np.ones(len(X)), X]) @ theta
""",
    """
def predict(X, theta):
    return theta[0] + np.dot(X, theta[1:])
""",
    """
def predict(X, theta):
    return np.hstack((np.ones((X.shape[0], 1)), X)).dot(theta)
""",
    """
def predict(X, theta):
    return theta[0] + theta[1:] @ X.T
""",
    """
def predict(X, theta):
    return [theta[0] + sum(x * t for x, t in zip(row, theta[1:])) for row in X]
""",
    """
def predict(X, theta):
    out = np.zeros(X.shape[0])
    for i in range(X.shape[0]):
        out[i] = theta[0]
        for j in range(X.shape[1]):
            out[i] += X[i, j] * theta[j + 1]
    return out
""",
    """
def predict(X, theta):
    return np.einsum('nd,d->n', np.insert(X, 0, 1, axis=1), theta)
""",
    """
def predict(X, theta):
    return (X * theta[1:]).sum(axis=1) + theta[0]
""",
]
WRONG["features-times-theta"] = {
    "bias_last": [
        """
def predict(X, theta):
    return np.column_stack([X, np.ones(len(X))]) @ theta
""",
        """
def predict(X, theta):
    *w, b = theta
    return np.array([np.dot(row, w) + b for row in X])
""",
        """
def predict(X, theta):
    return np.insert(X, X.shape[1], 1, axis=1).dot(theta)
""",
    ],
    "no_bias": [
        """
def predict(X, theta):
    return np.dot(X, theta[1:])
""",
        """
def predict(X, theta):
    return X @ theta[:-1]
""",
        """
def predict(X, theta):
    return [sum(x * t for x, t in zip(row, theta)) for row in X]
""",
        """
def predict(X, theta):
    return np.column_stack([np.zeros(len(X)), X]) @ theta
""",
        """
def predict(X, theta):
    return X @ theta[:X.shape[1]]
""",
    ],
    "no_sum": [
        """
def predict(X, theta):
    return np.hstack([np.ones((len(X), 1)), X]) * theta
""",
        """
def predict(X, theta):
    return X * theta[1:] + theta[0]
""",
        """
def predict(X, theta):
    return X * theta[1:]
""",
        """
def predict(X, theta):
    return np.multiply(np.insert(X, 0, 1, axis=1), theta)
""",
    ],
    "theta_first": [
        """
def predict(X, theta):
    return np.dot(theta, X)
""",
        """
def predict(X, theta):
    return theta @ np.column_stack([np.ones(len(X)), X])
""",
        """
def predict(X, theta):
    return theta[1:] @ X + theta[0]
""",
        """
def predict(X, theta):
    return np.einsum('n,nd->d', theta, X)
""",
    ],
    "column": [
        """
def predict(X, theta):
    return (X @ theta[1:] + theta[0]).reshape(-1, 1)
""",
        """
def predict(X, theta):
    return np.insert(X, 0, 1, axis=1) @ theta[:, None]
""",
        """
def predict(X, theta):
    return X @ theta[1:].reshape(-1, 1) + theta[0]
""",
    ],
}
