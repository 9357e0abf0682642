"""Answers to limits-by-shrinking: right ones in other words, and known slips in other words."""

TURNS = {"plug_in", "one_sided", "too_small"}

SAID = {
    "ask-1": ("0", ["0.5", "1"]),
    "ask-2": ("only down to a point", ["always"]),
    "breaks-1": ({"f": "abs(x) / x", "a": "0.0"}, [{"f": "x + 1", "a": "2.0"}, {"f": "abs(x) / x", "a": "1.0"}]),
}

RIGHT = [
    """
def limit_at(f, a):
    steps = 10.0 ** -np.arange(1, 6)
    left, right = f(a - steps), f(a + steps)
    ends = np.array([left[-2], left[-1], right[-2], right[-1]])
    if np.ptp(ends) > 1e-3:
        return None
    return ends.mean()
""",
    """
def limit_at(f, a):
    def settle(sign):
        h, last = 0.1, None
        while h > 5e-6:
            value = f(a + sign * h)
            if last is not None and h < 2e-5:
                return value if np.isclose(value, last, rtol=0, atol=1e-3) else None
            last, h = value, h / 10
    left, right = settle(-1), settle(1)
    if left is None or right is None or abs(left - right) > 0.001:
        return None
    return float(right)
""",
    """
def limit_at(f, a):
    table = []
    for k in range(3, 6):
        table.append((f(a + 10 ** -k), f(a - 10 ** -k)))
    (r1, l1), (r2, l2) = table[-2:]
    if abs(r1 - r2) <= 2e-3 and abs(l1 - l2) <= 2e-3 and abs(r2 - l2) <= 2e-3:
        return round(r2, 3)
""",
    """
def limit_at(f, a):
    def walk(h, before):
        now = (f(a - h), f(a + h))
        if h < 2e-5:
            changes = [abs(p - q) for p, q in zip(now, before)] + [abs(now[0] - now[1])]
            return None if max(changes) > 5e-3 else sum(now) / 2
        return walk(h / 3, now)
    return walk(0.3, (np.inf, np.inf))
""",
    """
def limit_at(f, a):
    hs = [2.0 ** -n for n in range(10, 17)]
    values = [f(a + s * h) for h in hs[-4:] for s in (1, -1)]
    if max(values) - min(values) < 1e-3:
        return np.median(values)
    return None
""",
]

WRONG = {
    "plug_in": [
        """
def limit_at(f, a):
    try:
        return f(a)
    except ZeroDivisionError:
        return None
""",
        """
def limit_at(f, a):
    value = f(np.float64(a))
    if np.isnan(value) or np.isinf(value):
        return None
    return value
""",
        """
def limit_at(f, a):
    with np.errstate(all="ignore"):
        return float(f(np.array([a]))[0])
""",
        """
def limit_at(f, a):
    try:
        y = f(a)
        if np.isfinite(y):
            return y
    except ZeroDivisionError:
        pass
    r, l = f(a + 1e-5), f(a - 1e-5)
    return r if abs(r - l) < 1e-3 else None
""",
    ],
    "one_sided": [
        """
def limit_at(f, a):
    return f(a + 1e-5)
""",
        """
def limit_at(f, a):
    return f(a - 0.0001)
""",
        """
def limit_at(f, a):
    h = 0.1
    old = f(a + h)
    for _ in range(5):
        h /= 10
        new = f(a + h)
        if abs(new - old) < 1e-3:
            return new
        old = new
    return None
""",
        """
def limit_at(f, a):
    left = [f(a - 10.0 ** -k) for k in range(1, 6)]
    right = [f(a + 10.0 ** -k) for k in range(1, 6)]
    if abs(left[-1] - left[-2]) < 1e-3 and abs(right[-1] - right[-2]) < 1e-3:
        return right[-1]
    return None
""",
        """
def limit_at(f, a):
    values = f(a - np.logspace(-1, -6, 12))
    return values[-1] if np.isclose(values[-1], values[-2], atol=1e-3) else None
""",
    ],
    "too_small": [
        """
def limit_at(f, a):
    h = 1e-12
    l, r = f(a - h), f(a + h)
    return (l + r) / 2 if abs(l - r) < 1e-3 else None
""",
        """
def limit_at(f, a):
    left = [f(a - 10.0 ** -k) for k in range(1, 11)]
    right = [f(a + 10.0 ** -k) for k in range(1, 11)]
    if abs(left[-1] - left[-2]) < 1e-3 and abs(right[-1] - right[-2]) < 1e-3 and abs(left[-1] - right[-1]) < 1e-3:
        return left[-1]
""",
        """
def limit_at(f, a):
    h = 1.0
    while h > 1e-9:
        h /= 2
    l, r = f(a - h), f(a + h)
    if abs(l - r) > 0.001 or abs(l) > 1e6:
        return None
    return l
""",
        """
def limit_at(f, a):
    hs = np.logspace(-9, -11, 5)
    both = np.concatenate([f(a + hs), f(a - hs)])
    return both.mean() if np.ptp(both) < 1e-2 else None
""",
    ],
    "one_step": [
        """
def limit_at(f, a):
    l = f(a - 1e-4)
    r = f(a + 1e-4)
    if np.isclose(l, r, atol=1e-3):
        return r
    return None
""",
        """
def limit_at(f, a):
    for k in range(1, 6):
        h = 10 ** -k
        right, left = f(a + h), f(a - h)
    return round(left, 4) if abs(right - left) < 0.001 else None
""",
        """
def limit_at(f, a):
    pair = f(a + np.array([-1e-6, 1e-6]))
    return None if abs(pair[0] - pair[1]) > 1e-2 else pair.mean()
""",
    ],
    "averages": [
        """
def limit_at(f, a):
    h = 1e-5
    return (f(a + h) + f(a - h)) / 2
""",
        """
def limit_at(f, a):
    h = 1e-5
    return np.mean([f(a - h), f(a + h)])
""",
        """
def limit_at(f, a):
    last = None
    for k in range(2, 6):
        now = 0.5 * (f(a - 10 ** -k) + f(a + 10 ** -k))
        if last is not None and abs(now - last) < 1e-3:
            return now
        last = now
    return None
""",
    ],
}
