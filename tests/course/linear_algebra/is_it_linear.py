"""Answers to is-it-linear: right ones in other words, and known slips in other words."""

TURNS = {"zero_only", "pos_scale_only", "exact_eq", "one_easy_probe"}

SAID = {
    "ask-1": ("False", ["True"]),
    "breaks-1": ({"f": "x ** 2", "n": "2"}, [{"f": "x + 1", "n": "2"}]),
}

# The last one tests sums alone: on real numbers no function of a computer's adds and does not scale.
RIGHT = [
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
    """
def is_linear(f, n, rng, trials=20):
    for x, y in rng.normal(size=(trials, 2, n)):
        if not np.allclose(f(x + y), f(x) + f(y)):
            return False
    return True
""",
]

WRONG = {
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
