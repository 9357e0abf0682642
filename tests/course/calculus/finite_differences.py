"""Answers to finite-differences: right ones in other words, and known slips in other words."""

TURNS = {"tiny_h", "div_h", "forward", "big_h"}

SAID = {"ask-1": ("1e-5", ["1e-1", "1e-10", "1e-15"]), "spot-1": ([2], [[0], [1], [3]])}

RIGHT = [
    """
def cdiff(f, x, h=None):
    h = 1e-6 * (1 + abs(x)) if h is None else h
    return (f(x + h) - f(x - h)) / (h + h)
""",
    """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-3 * max(1.0, abs(x))
    near = f(x + h) - f(x - h)
    wide = f(x + 2 * h) - f(x - 2 * h)
    return (8 * near - wide) / (12 * h)
""",
    """
def cdiff(f, x, h=None):
    def between(step):
        return (f(x + step) - f(x - step)) / (2 * step)

    step = h or 2.0 ** -10 * np.maximum(1, np.abs(x))
    return (4 * between(step / 2) - between(step)) / 3
""",
    """
def cdiff(f, x, h=None):
    x = float(x)
    if h is None:
        h = 6e-6 * (abs(x) if abs(x) > 1 else 1)
    left, right = x - h, x + h
    return float((f(right) - f(left)) / (right - left))
""",
    """
def cdiff(f, x, h=None):
    h = 1e-20 if h is None else h
    return np.imag(f(x + 1j * h)) / h
""",
    """
def cdiff(f, x, h=None):
    if h is None:
        return cdiff(f, x, 1e-5 * np.hypot(1, x))
    forward, backward = (f(x + h) - f(x)) / h, (f(x) - f(x - h)) / h
    return np.mean([forward, backward])
""",
    """
def cdiff(f, x, h=None):
    if h is None:
        h = np.cbrt(np.finfo(np.float64).eps) * max(1, abs(x))
    values = f(np.array([x - h, x + h]))
    return np.diff(values)[0] / (2 * h)
""",
    """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-4 * max(abs(x), 1)
    return 0.5 * f(x + h) / h - 0.5 * f(x - h) / h
""",
]

WRONG = {
    "div_h": [
        """
def cdiff(f, x, h=None):
    h = 1e-5 * max(1, abs(x)) if h is None else h
    return (f(x + h) - f(x - h)) / h
""",
        """
def cdiff(f, x, h=None):
    h = h or 1e-6
    rise = f(x + h) - f(x - h)
    return rise / h
""",
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 6e-6 * (1 + abs(x))
    return (f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h
""",
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-6
    return (f(x + h) - f(x - h)) / 2 * h ** -1 * 2
""",
    ],
    "times_h": [
        """
def cdiff(f, x, h=None):
    h = h or 6e-6 * (1 + abs(x))
    return h * (f(x + h) - f(x - h)) / 2
""",
        """
def cdiff(f, x, h=1e-5):
    rise = f(x + h) - f(x - h)
    return 0.5 * rise * h
""",
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-6
    return (f(x + h) / 2 - f(x - h) / 2) * h
""",
    ],
    "forward": [
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-6 * max(1, abs(x))
    return (f(x + h) - f(x)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    h = 1e-8 if h is None else h
    return (f(x + h) - f(x)) / h
""",
        """
def cdiff(f, x, h=1e-6):
    h = h or 1e-6
    return (f(x) - f(x - h)) / h
""",
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-5 * max(1, abs(x))
    rise, run = f(x + h) - f(x), h
    return rise / run
""",
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-10
    return np.diff(f(np.array([x, x + h])))[0] / h
""",
    ],
    "vanishing_h": [
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-6 * abs(x)
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    if h is None:
        h = x / 100000
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    h = np.abs(x) * 6e-6 if h is None else h
    return np.divide(f(x + h) - f(x - h), 2 * h)
""",
    ],
    "big_h": [
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-3
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    h = 0.01 * max(1, abs(x)) if h is None else h
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=0.5):
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    h = 1 if h is None else h
    return (f(x + h) - f(x - h)) / 2 / h
""",
        """
def cdiff(f, x, h=None):
    h = 0.1 * max(1, abs(x)) if h is None else h
    return (8 * f(x + h) - 8 * f(x - h) - f(x + 2 * h) + f(x - 2 * h)) / (12 * h)
""",
    ],
    "tiny_h": [
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-12
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    h = np.finfo(float).eps * max(1, abs(x)) if h is None else h
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    h = 1e-10 * max(1, abs(x)) if h is None else h
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    if h is None:
        h = np.sqrt(np.finfo(float).eps) * max(1, abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    h = 1e-8 if h is None else h
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=1e-16):
    return (f(x + h) - f(x - h)) / (2 * h)
""",
    ],
    "unscaled": [
        """
def cdiff(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    if h is None:
        h = np.finfo(float).eps ** (1 / 3)
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    h = h or 1e-6
    return ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h) / 2
""",
        """
def cdiff(f, x, h=None):
    h = 1e-3 if h is None else h
    return (8 * f(x + h) - 8 * f(x - h) - f(x + 2 * h) + f(x - 2 * h)) / (12 * h)
""",
        """
def cdiff(f, x, h=None):
    h = 1e-4 if h is None else h
    return (f(x + h) - f(x - h)) / (2 * h)
""",
    ],
    "loses_the_sign": [
        """
def cdiff(f, x, h=None):
    if h is None:
        h = np.cbrt(np.finfo(float).eps) * np.maximum(x, 1)
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 1e-6 * x if x > 1 else 1e-6
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    h = h or max(6e-6, 6e-6 * x)
    return 0.5 * (f(x + h) - f(x - h)) / h
""",
    ],
    "scales_h": [
        """
def cdiff(f, x, h=None):
    if h is None:
        h = 6e-6
    h *= max(abs(x), 1.0)
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    step = (1e-5 if h is None else h) * (1 + abs(x))
    return (f(x + step) - f(x - step)) / step / 2
""",
        """
def cdiff(f, x, h=1e-5):
    left, right = x - (h or 1e-5) * np.hypot(1, x), x + (h or 1e-5) * np.hypot(1, x)
    return (f(right) - f(left)) / (right - left)
""",
    ],
    "ignores_h": [
        """
def cdiff(f, x, h=None):
    h = 1e-5 * max(1, abs(x))
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def cdiff(f, x, h=None):
    step = 6e-6 * (1 + abs(x))
    return (f(x + step) - f(x - step)) / (2 * step)
""",
        """
def cdiff(f, x, h=None):
    h = 1e-3 * max(1, abs(x))
    return (8 * f(x + h) - 8 * f(x - h) - f(x + 2 * h) + f(x - 2 * h)) / (12 * h)
""",
    ],
}
