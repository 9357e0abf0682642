"""Answers to cup-shaped: right ones in other words, and known slips in other words."""

TURNS = {"curvature_one_point", "strict", "upside_down", "one_valley"}

SAID = {
    "ask-1": ("yes", ["no", "that cannot be said without a derivative"]),
    "ask-2": ("not always", ["always"]),
    "breaks-1": (
        {"f": "x ** 4 - 2 * x ** 2", "lo": "-2", "hi": "2"},
        [{"f": "x ** 2", "lo": "-2", "hi": "2"}],
    ),
}

RIGHT = [
    """
def cup(f, lo, hi, rng, trials=400):
    a, b = rng.uniform(lo, hi, size=(2, trials))
    t = rng.random(trials)
    return np.all(f(t * a + (1 - t) * b) <= t * f(a) + (1 - t) * f(b) + 1e-9)
""",
    """
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        a, b = rng.uniform(lo, hi, 2)
        if f((a + b) / 2) - (f(a) + f(b)) / 2 > 1e-8:
            return False
    return True
""",
    """
def cup(f, lo, hi, rng, trials=400):
    # Slopes between neighbours never fall.
    xs = np.sort(rng.uniform(lo, hi, trials))
    xs = xs[np.concatenate([[True], np.diff(xs) > 1e-4])]
    slopes = np.diff(f(xs)) / np.diff(xs)
    return bool((np.diff(slopes) > -1e-8).all())
""",
    """
def cup(f, lo, hi, rng, trials=400):
    def crossed():
        a, m, b = sorted(rng.uniform(lo, hi) for _ in range(3))
        t = (b - m) / (b - a)
        chord = t * f(a) + (1 - t) * f(b)
        return not (f(m) < chord or np.isclose(f(m), chord))
    return not any(crossed() for _ in range(trials))
""",
    """
def cup(f, lo, hi, rng, trials=400):
    worst = max(
        f(lo + (hi - lo) * (t * a + (1 - t) * b)) - t * f(lo + (hi - lo) * a) - (1 - t) * f(lo + (hi - lo) * b)
        for a, b, t in rng.random((trials, 3))
    )
    return worst < 1e-10
""",
]

WRONG = {
    "close_by": [
        """
def cup(f, lo, hi, rng, trials=400):
    x = rng.uniform(lo, hi, trials)
    h = 1e-4
    return bool((f(x + h) - 2 * f(x) + f(x - h) >= -1e-9).all())
""",
        """
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        x = rng.uniform(lo, hi)
        if (f(x + 1e-5) + f(x - 1e-5)) / 2 < f(x) - 1e-12:
            return False
    return True
""",
        """
def cup(f, lo, hi, rng, trials=400):
    def slope(x):
        return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5
    return all(slope(x + 1e-4) - slope(x) > -1e-6 for x in rng.uniform(lo, hi, size=trials))
""",
    ],
    "curvature_one_point": [
        """
def cup(f, lo, hi, rng, trials=400):
    x, h = (lo + hi) / 2, 1e-2
    return bool(f(x + h) + f(x - h) > 2 * f(x))
""",
        """
def cup(f, lo, hi, rng, trials=400):
    x, h = 0.5 * (lo + hi), 1e-4
    return (f(x + h) - 2 * f(x) + f(x - h)) / h ** 2 > -1e-6
""",
        """
def cup(f, lo, hi, rng, trials=400):
    return bool(f(0.001) + f(-0.001) - 2 * f(0.0) >= -1e-10)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    def df(x):
        return (f(x + 1e-3) - f(x - 1e-3)) / 2e-3
    m = (lo + hi) / 2
    return bool(df(m + 1e-3) - df(m - 1e-3) >= -1e-9)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    h = 1e-3
    return bool(f(lo) - 2 * f(lo + h) + f(lo + 2 * h) >= -1e-9)
""",
    ],
    "strict": [
        """
def cup(f, lo, hi, rng, trials=400):
    a, b = rng.uniform(lo, hi, (2, trials))
    return np.all(f((a + b) / 2) < (f(a) + f(b)) / 2)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.random()
        if f(t * a + (1 - t) * b) >= t * f(a) + (1 - t) * f(b):
            return False
    return True
""",
        """
def cup(f, lo, hi, rng, trials=400):
    ok = 0
    for _ in range(trials):
        a, b = rng.uniform(lo, hi, 2)
        t = rng.uniform(0.1, 0.9)
        ok += bool(f(t * a + (1 - t) * b) < t * f(a) + (1 - t) * f(b) - 1e-12)
    return ok == trials
""",
    ],
    "no_allowance": [
        """
def cup(f, lo, hi, rng, trials=400):
    a, b = rng.uniform(lo, hi, (2, trials))
    return np.all(f((a + b) / 2) <= (f(a) + f(b)) / 2)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    a, b = rng.uniform(lo, hi, (2, trials))
    t = rng.random(trials)
    gap = t * f(a) + (1 - t) * f(b) - f(t * a + (1 - t) * b)
    return bool(gap.min() >= 0)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.random()
        mix = a + t * (b - a)
        if not f(mix) <= f(a) + t * (f(b) - f(a)):
            return False
    return True
""",
    ],
    "upside_down": [
        """
def cup(f, lo, hi, rng, trials=400):
    a, b, t = rng.uniform(lo, hi, trials), rng.uniform(lo, hi, trials), rng.random(trials)
    return bool((f(t * a + (1 - t) * b) > t * f(a) + (1 - t) * f(b)).all())
""",
        """
def cup(f, lo, hi, rng, trials=400):
    a, b = rng.uniform(lo, hi, (2, trials))
    return np.all(f((a + b) / 2) >= (f(a) + f(b)) / 2 - 1e-9)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.random()
        if t * f(a) + (1 - t) * f(b) >= f(t * a + (1 - t) * b):
            return False
    return True
""",
        """
def cup(f, lo, hi, rng, trials=400):
    return all(f(t * a + (1 - t) * b) + 1e-9 > t * f(a) + (1 - t) * f(b)
               for a, b, t in zip(rng.uniform(lo, hi, trials), rng.uniform(lo, hi, trials), rng.random(trials)))
""",
    ],
    "one_valley": [
        """
def cup(f, lo, hi, rng, trials=400):
    y = f(np.linspace(lo, hi, 500)) + np.zeros(500)
    valleys = np.sum((y[1:-1] < y[:-2]) & (y[1:-1] < y[2:]))
    return valleys <= 1
""",
        """
def cup(f, lo, hi, rng, trials=400):
    x = np.linspace(lo, hi, 200)
    turns = np.sign(f(x + 1e-6) - f(x - 1e-6))
    turns = turns[turns != 0]
    return bool(np.sum(turns[1:] != turns[:-1]) <= 1)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.random()
        if f(t * a + (1 - t) * b) > max(f(a), f(b)) + 1e-9:
            return False
    return True
""",
        """
def cup(f, lo, hi, rng, trials=400):
    y = [f(x) for x in np.linspace(lo, hi, 200)]
    hills = sum(y[i - 1] < y[i] > y[i + 1] for i in range(1, 199))
    return hills == 0
""",
        """
def cup(f, lo, hi, rng, trials=400):
    steps = np.diff(f(np.linspace(lo, hi, 301)) + np.zeros(301))
    rising = steps > 1e-12
    # Once it rises, it never falls again.
    return not np.any(steps[np.argmax(rising):] < -1e-12) if rising.any() else True
""",
    ],
    "ends_only": [
        """
def cup(f, lo, hi, rng, trials=400):
    for k in range(1, trials):
        t = k / trials
        if (1 - t) * f(lo) + t * f(hi) - f((1 - t) * lo + t * hi) < -1e-10:
            return False
    return True
""",
        """
def cup(f, lo, hi, rng, trials=400):
    t = np.linspace(0, 1, trials)
    return np.all(f(lo + t * (hi - lo)) <= f(lo) + t * (f(hi) - f(lo)) + 1e-9)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    return bool(f((lo + hi) / 2) <= (f(lo) + f(hi)) / 2 + 1e-9)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    slope = (f(hi) - f(lo)) / (hi - lo)
    for x in rng.uniform(lo, hi, trials):
        if f(x) - f(lo) > slope * (x - lo) + 1e-8:
            return False
    return True
""",
    ],
    "one_trial": [
        """
def cup(f, lo, hi, rng, trials=400):
    a, b = rng.uniform(lo, hi, 2)
    return f((a + b) / 2) <= (f(a) + f(b)) / 2 + 1e-9
""",
        """
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi), rng.uniform(lo, hi), rng.random()
        return bool(f(t * a + (1 - t) * b) <= t * f(a) + (1 - t) * f(b) + 1e-6)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    x, h = rng.uniform(lo, hi), 1e-3
    return bool(f(x + h) - 2 * f(x) + f(x - h) >= -1e-9)
""",
    ],
    "outside": [
        """
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        a, b, t = rng.uniform(lo, hi, 3)
        if f(t * a + (1 - t) * b) > t * f(a) + (1 - t) * f(b) + 1e-9:
            return False
    return True
""",
        """
def cup(f, lo, hi, rng, trials=400):
    a, b = rng.uniform(lo, hi, (2, trials))
    t = rng.normal(size=trials)
    return bool((f(t * a + (1 - t) * b) <= t * f(a) + (1 - t) * f(b) + 1e-9).all())
""",
        """
def cup(f, lo, hi, rng, trials=400):
    for _ in range(trials):
        a, b, t = rng.normal(), rng.normal(), rng.random()
        if f(t * a + (1 - t) * b) > t * f(a) + (1 - t) * f(b) + 1e-9:
            return False
    return True
""",
        """
def cup(f, lo, hi, rng, trials=400):
    a, b, t = rng.random((3, trials))
    return np.all(f(t * a + (1 - t) * b) <= t * f(a) + (1 - t) * f(b) + 1e-9)
""",
        """
def cup(f, lo, hi, rng, trials=400):
    a, b = rng.uniform(-5, 5, (2, trials))
    return bool((f((a + b) / 2) <= (f(a) + f(b)) / 2 + 1e-9).all())
""",
    ],
}
