"""Answers to fit-a-line: right ones in other words, and known slips in other words."""

TURNS = {"no_two", "summed", "sign", "b_uses_x"}

SAID = {
    "ask-1": ("the one for a", ["the one for b", "they are equal"]),
    "ask-2": ("no, another algorithm", ["yes, the same"]),
}

RIGHT = [
    """
def line_grad(a, b, x, y):
    n = len(x)
    da = db = 0
    for xi, yi in zip(x, y):
        r = a * xi + b - yi
        da += 2 * r * xi / n
        db += 2 * r / n
    return da, db
""",
    """
def line_grad(a, b, x, y):
    X = np.column_stack([x, np.ones(len(x))])
    return 2 / len(x) * X.T @ (X @ np.array([a, b]) - y)
""",
    """
def line_grad(a, b, x, y):
    # Nudge both knobs; the loss is a parabola, so this is exact.
    def loss(a, b):
        return np.mean((a * x + b - y) ** 2)
    h = 0.01
    return [(loss(a + h, b) - loss(a - h, b)) / (2 * h), (loss(a, b + h) - loss(a, b - h)) / (2 * h)]
""",
    """
def line_grad(a, b, x, y):
    mx, my, mxx, mxy = np.mean(x), np.mean(y), np.mean(x * x), np.mean(x * y)
    return 2 * (a * mxx + b * mx - mxy), 2 * (a * mx + b - my)
""",
    """
def line_grad(a, b, x, y):
    r = np.subtract(y, np.polyval([a, b], x))
    return np.array([-2 * np.average(r * x), -2 * np.average(r)])
""",
    """
def line_grad(a, b, x, y):
    if len(x) == 1:
        r = float(a * x[0] + b - y[0])
        return 2 * r * float(x[0]), 2 * r
    n, k = len(x), len(x) // 2
    left, right = line_grad(a, b, x[:k], y[:k]), line_grad(a, b, x[k:], y[k:])
    return tuple((k * p + (n - k) * q) / n for p, q in zip(left, right))
""",
]

WRONG = {
    "no_two": [
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    return (r @ x) / len(x), r.mean()
""",
        """
def line_grad(a, b, x, y):
    da = sum((a * p + b - q) * p for p, q in zip(x, y)) / len(x)
    db = sum(a * p + b - q for p, q in zip(x, y)) / len(x)
    return [da, db]
""",
        """
def line_grad(a, b, x, y):
    X = np.stack([x, x ** 0])
    return X @ (a * x + b - y) / x.size
""",
    ],
    "summed": [
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    return 2 * r @ x, 2 * r.sum()
""",
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    return np.dot(r, x), np.sum(r)
""",
        """
def line_grad(a, b, x, y):
    da, db = 0.0, 0.0
    for i in range(len(x)):
        da += 2 * (a * x[i] + b - y[i]) * x[i]
        db += 2 * (a * x[i] + b - y[i])
    return da, db
""",
        """
def line_grad(a, b, x, y):
    X = np.column_stack([x, np.ones(len(x))])
    return 2 * X.T @ (X @ [a, b] - y)
""",
        """
def line_grad(a, b, x, y):
    r = y - a * x - b
    return sum(2 * r * x), sum(2 * r)
""",
    ],
    "sign": [
        """
def line_grad(a, b, x, y):
    # The slope of each squared residual, by hand.
    da = [2 * (q - a * p - b) * p for p, q in zip(x, y)]
    db = [2 * (q - a * p - b) for p, q in zip(x, y)]
    return np.mean(da), np.mean(db)
""",
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    return -2 * np.mean(r * x), -2 * np.mean(r)
""",
        """
def line_grad(a, b, x, y):
    n = len(x)
    return sum((y - a * x - b) * x) * 2 / n, sum(y - a * x - b) * 2 / n
""",
        """
def line_grad(a, b, x, y):
    error = y - (a * x + b)
    return np.array([np.mean(error * x), np.mean(error)])
""",
    ],
    "b_uses_x": [
        """
def line_grad(a, b, x, y):
    X = np.column_stack([x, x])
    return X.T @ (a * x + b - y) * 2 / len(x)
""",
        """
def line_grad(a, b, x, y):
    da = db = 0
    for p, q in zip(x, y):
        r = a * p + b - q
        da += 2 * r * p
        db += 2 * r * p
    return da / len(x), db / len(x)
""",
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    return np.mean(r * x), np.mean(r * x)
""",
        """
def line_grad(a, b, x, y):
    return [2 * np.average((a * x + b - y) * x)] * 2
""",
    ],
    "a_forgets_x": [
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    return np.mean(2 * r), np.mean(2 * r)
""",
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    return np.full(2, np.mean(r))
""",
        """
def line_grad(a, b, x, y):
    r = 2 * sum(a * p + b - q for p, q in zip(x, y)) / len(x)
    return r, r
""",
    ],
    "swapped": [
        """
def line_grad(a, b, x, y):
    X = np.column_stack([np.ones(len(x)), x])
    return 2 * X.T @ (X @ np.array([b, a]) - y) / len(x)
""",
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    da, db = 2 * np.mean(r * x), 2 * np.mean(r)
    return db, da
""",
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    return [float(np.mean(r)), float(np.mean(r * x))]
""",
    ],
    "product_of_means": [
        """
def line_grad(a, b, x, y):
    r = np.mean(a * x + b - y)
    return 2 * r * np.mean(x), 2 * r
""",
        """
def line_grad(a, b, x, y):
    mx, my = sum(x) / len(x), sum(y) / len(y)
    r = a * mx + b - my
    return 2 * r * mx, 2 * r
""",
        """
def line_grad(a, b, x, y):
    r = (a * x + b - y).mean()
    return np.array([r * x.mean(), r])
""",
    ],
    "per_point": [
        """
def line_grad(a, b, x, y):
    r = a * x + b - y
    return np.array([2 * r * x, 2 * r])
""",
        """
def line_grad(a, b, x, y):
    return (a * x + b - y) * x, a * x + b - y
""",
        """
def line_grad(a, b, x, y):
    return [2 * (a * p + b - q) * p for p, q in zip(x, y)], [2 * (a * p + b - q) for p, q in zip(x, y)]
""",
    ],
}
