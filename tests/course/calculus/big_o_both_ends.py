"""Answers to big-o-both-ends: right ones in other words, and known slips in other words."""

TURNS = {"highest", "biggest_coef", "zeros_count"}

SAID = {
    "ask-1": ("1e-9", ["1e9", "1", "0"]),
    "ask-2": ("zero", ["infinity"]),
    "breaks-1": (
        {"coeffs": "{1: 1, 2: 1e9}", "where": "'zero'"},
        [{"coeffs": "{1: 1, 2: 10}", "where": "'zero'"}, {"coeffs": "{1: 1, 2: 1e9}", "where": "'infinity'"}],
    ),
}

RIGHT = [
    """
def dominant(coeffs, where):
    alive = sorted(e for e in coeffs if coeffs[e])
    return alive[0] if where == "zero" else alive[-1]
""",
    """
def dominant(coeffs, where):
    best = None
    for e, c in coeffs.items():
        if c == 0:
            continue
        if best is None or (e < best) == (where == 'zero'):
            best = e
    return best
""",
    """
def dominant(coeffs, where):
    dense = np.zeros(max(coeffs) + 1)
    for e, c in coeffs.items():
        dense[e] = c
    (alive,) = np.nonzero(dense)
    return alive[0 if where == "zero" else -1]
""",
    """
def dominant(coeffs, where):
    def wins(a, b):
        return a < b if where == "zero" else a > b
    rest = {e: c for e, c in coeffs.items() if c != 0}
    first = next(iter(rest))
    others = {e: rest[e] for e in rest if e != first}
    if not others:
        return float(first)
    other = dominant(others, where)
    return first if wins(first, other) else other
""",
    """
import math
def dominant(coeffs, where):
    log_x = -1e6 if where == "zero" else 1e6
    size = {e: math.log(abs(c)) + e * log_x for e, c in coeffs.items() if c}
    return max(size, key=size.get)
""",
]

WRONG = {
    "highest": [
        """
def dominant(coeffs, where):
    return max(coeffs)
""",
        """
def dominant(coeffs, where):
    return sorted(e for e, c in coeffs.items() if c)[-1]
""",
        """
def dominant(coeffs, where):
    best = 0
    for e in coeffs:
        if coeffs[e] != 0 and e > best:
            best = e
    return best
""",
        """
def dominant(coeffs, where):
    return np.array(list(coeffs)).max()
""",
    ],
    "swapped": [
        """
def dominant(coeffs, where):
    alive = [e for e in coeffs if coeffs[e]]
    return max(alive) if where != "infinity" else min(alive)
""",
        """
def dominant(coeffs, where):
    if where == "infinity":
        return min(coeffs)
    return max(coeffs)
""",
        """
def dominant(coeffs, where):
    alive = sorted((e for e in coeffs if coeffs[e]), reverse=where == "zero")
    return alive[0]
""",
    ],
    "biggest_coef": [
        """
def dominant(coeffs, where):
    return max(coeffs, key=coeffs.get)
""",
        """
def dominant(coeffs, where):
    exps = list(coeffs)
    return exps[int(np.argmax(np.abs([coeffs[e] for e in exps])))]
""",
        """
def dominant(coeffs, where):
    best, size = None, 0
    for e, c in coeffs.items():
        if abs(c) > size:
            best, size = e, abs(c)
    return best
""",
        """
def dominant(coeffs, where):
    return sorted(coeffs.items(), key=lambda pair: pair[1] ** 2)[-1][0]
""",
    ],
    "zeros_count": [
        """
def dominant(coeffs, where):
    keys = sorted(coeffs)
    return keys[0] if where == "zero" else keys[-1]
""",
        """
def dominant(coeffs, where):
    pick = {"zero": min, "infinity": max}[where]
    return pick(list(coeffs.keys()))
""",
        """
def dominant(coeffs, where):
    if where == "zero":
        return min(coeffs)
    return max(e for e in coeffs if coeffs[e] != 0)
""",
        """
def dominant(coeffs, where):
    if where == "zero":
        return min(e for e, c in coeffs.items() if c)
    return max(coeffs.keys())
""",
    ],
    "too_near": [
        """
def dominant(coeffs, where):
    x = 1e-6 if where == "zero" else 1e6
    return max(coeffs, key=lambda e: abs(coeffs[e]) * x ** e)
""",
        """
def dominant(coeffs, where):
    x = 0.0001 if where == "zero" else 10000
    best, size = None, -1
    for e, c in coeffs.items():
        if abs(c * x ** e) > size:
            best, size = e, abs(c * x ** e)
    return best
""",
        """
def dominant(coeffs, where):
    x = 0.001 if where == "zero" else 1000.0
    terms = {e: abs(c) * x ** e for e, c in coeffs.items()}
    total = sum(terms.values())
    shares = [(t / total, e) for e, t in terms.items()]
    return max(shares)[1]
""",
        """
def dominant(coeffs, where):
    exps = np.array(list(coeffs))
    vals = np.array(list(coeffs.values()))
    x = 1e-9 if where == "zero" else 1e9
    return exps[np.argmax(np.abs(vals) * x ** exps.astype(float))]
""",
    ],
    "as_listed": [
        """
def dominant(coeffs, where):
    keys = list(coeffs)
    return keys[0] if where == "zero" else keys[-1]
""",
        """
def dominant(coeffs, where):
    alive = {e: c for e, c in coeffs.items() if c != 0}
    return list(alive)[0 if where == "zero" else -1]
""",
        """
def dominant(coeffs, where):
    pairs = list(coeffs.items())
    if where == "infinity":
        pairs.reverse()
    for e, c in pairs:
        if c:
            return e
""",
    ],
}
