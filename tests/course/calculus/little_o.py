"""Answers to little-o: right ones in other words, and known slips in other words."""

TURNS = {"one_point", "constants", "backwards", "smaller"}

SAID = {
    "ask-1": ("no", ["yes"]),
    "ask-2": ("`x` is o(`x**2`)", ["`x**3` is o(`x**2`)", "`1e6 * x**2` is o(`x`)"]),
    "spot-1": ([2], [[1], [3]]),
}

RIGHT = [
    """
def is_little_o(f, g):
    ratios = []
    for k in range(4, 9):
        h = 10.0 ** -k
        ratios.append(abs(f(h)) / abs(g(h)))
    return all(b <= a / 2 for a, b in zip(ratios, ratios[1:]))
""",
    """
def is_little_o(f, g):
    x = np.logspace(-8, -4, 9)
    fx, gx = np.abs(f(x)), np.abs(g(x))
    if not fx.any():
        return True
    slope = np.polyfit(np.log(x), np.log(fx / gx), 1)[0]
    return slope > 0.25
""",
    """
def is_little_o(f, g):
    first = abs(f(1e-5) / g(1e-5))
    last = abs(f(1e-8) / g(1e-8))
    if first == 0:
        return last == 0
    return last / first < 0.2
""",
    """
def is_little_o(f, g):
    def shrinks(h):
        if h < 1e-7:
            return True
        now, then = f(h) / g(h), f(h / 16) / g(h / 16)
        return abs(then) <= 0.5 * abs(now) and shrinks(h / 16)
    return np.bool_(shrinks(1e-4))
""",
    """
def is_little_o(f, g):
    h = np.array([1.0e-4, 1.0e-6, 1.0e-8])
    r = np.sqrt((f(h) / g(h)) ** 2)
    return not np.any(r[1:] > 0.5 * r[:-1])
""",
]

WRONG = {
    "backwards": [
        """
def is_little_o(f, g):
    a = abs(f(1e-4) / g(1e-4))
    b = abs(f(1e-8) / g(1e-8))
    return bool(b > 2 * a)
""",
        """
def is_little_o(f, g):
    hs = [1e-3, 1e-5, 1e-7]
    r = [abs(g(h)) / max(abs(f(h)), 1e-300) for h in hs]
    return r[2] < r[1] / 3 < r[0] / 9
""",
        """
def is_little_o(f, g):
    h = 1e-7
    return bool(abs(g(h) / (f(h) + 1e-300)) < 1e-3)
""",
        """
def is_little_o(f, g):
    return bool(abs(g(1e-6)) < abs(f(1e-6)))
""",
        """
def is_little_o(f, g):
    return abs(g(1e-6) / f(1e-6)) < 0.001
""",
    ],
    "one_point": [
        """
def is_little_o(f, g):
    x = 0.001
    return bool(abs(f(x) / g(x)) < 0.1)
""",
        """
def is_little_o(f, g):
    h = 1e-8
    return bool(np.isclose(f(h) / g(h), 0, atol=1e-3))
""",
        """
def is_little_o(f, g):
    eps = 1e-5
    return f(eps) / g(eps) < 1e-2
""",
        """
def is_little_o(f, g):
    return bool(abs(f(1e-6)) < 1e-4 * abs(g(1e-6)))
""",
        """
def is_little_o(f, g):
    h = 1e-10
    return round(float(f(h) / g(h)), 4) == 0
""",
    ],
    "constants": [
        """
def is_little_o(f, g):
    for k in range(3, 9):
        h = 10.0 ** -k
        ratio = abs(f(h) / g(h))
    return bool(ratio < 1e-3)
""",
        """
def is_little_o(f, g):
    ratios = [abs(f(h) / g(h)) for h in (1e-6, 1e-7, 1e-8)]
    return all(r < 0.01 for r in ratios)
""",
        """
def is_little_o(f, g):
    h = 1.0
    while h > 1e-12:
        if abs(f(h) / g(h)) < 1e-6:
            return True
        h /= 10
    return False
""",
        """
def is_little_o(f, g):
    return bool(sum(abs(f(h) / g(h)) for h in (1e-6, 1e-7)) / 2 < 1e-2)
""",
    ],
    "smaller": [
        """
def is_little_o(f, g):
    x = np.linspace(1e-8, 1e-7, 10)
    return bool(np.all(np.abs(f(x)) < np.abs(g(x))))
""",
        """
def is_little_o(f, g):
    h = 1e-7
    return bool(abs(f(h) / g(h)) < 1)
""",
        """
def is_little_o(f, g):
    for k in range(4, 9):
        if abs(f(10.0 ** -k)) >= abs(g(10.0 ** -k)):
            return False
    return True
""",
        """
def is_little_o(f, g):
    x = 0.0001
    return max(abs(f(x)), abs(g(x))) == abs(g(x)) and abs(f(x)) != abs(g(x))
""",
    ],
    "still_falling": [
        """
def is_little_o(f, g):
    far = abs(f(1e-3) / g(1e-3))
    near = abs(f(1e-5) / g(1e-5))
    return bool(near < far or near == far == 0)
""",
        """
def is_little_o(f, g):
    x = 2.0 ** -np.arange(4, 20)
    r = np.abs(f(x) / g(x))
    return bool(np.all(np.diff(r) < 0) or not r.any())
""",
        """
def is_little_o(f, g):
    last = None
    for k in range(2, 8):
        h = 2.0 ** -(3 * k)
        now = abs(f(h) / g(h))
        if last is not None and not (now < last or now == 0):
            return False
        last = now
    return True
""",
        """
def is_little_o(f, g):
    h = 2.0 ** -8
    a, b = abs(f(h) / g(h)), abs(f(h / 2) / g(h / 2))
    return bool(b <= 0.99 * a)
""",
    ],
    "no_abs": [
        """
def is_little_o(f, g):
    a, b = f(1e-4) / g(1e-4), f(1e-8) / g(1e-8)
    return bool(b <= a / 2)
""",
        """
def is_little_o(f, g):
    ratios = [f(h) / g(h) for h in (1e-4, 1e-6, 1e-8)]
    return all(q <= 0.3 * p for p, q in zip(ratios, ratios[1:]))
""",
        """
def is_little_o(f, g):
    x = np.array([1e-5, 1e-7])
    r = f(x) / g(x)
    if r[0] == 0:
        return True
    return bool(r[1] * 4 < r[0])
""",
    ],
}
