"""Answers to gradient-by-nudging: right ones in other words, and known slips in other words."""

TURNS = {"all_at_once", "mutates", "int_dtype", "flat"}

SAID = {
    "ask-1": ("2000000", ["1000000", "1000001", "2"]),
    "breaks-1": (
        {"f": "x[0] ** 2", "x": "[1, 2]"},
        [{"f": "x[0] ** 2", "x": "[1.0, 2.0]"}, {"f": "np.sum(x)", "x": "[[1.5, 2], [3, 4]]"}],
    ),
}

RIGHT = [
    """
def ngrad(f, x, h=1e-5):
    x = np.array(x, dtype=float)
    g = np.empty_like(x)
    for i in range(x.size):
        old = x.flat[i]
        x.flat[i] = old + h
        up = f(x)
        x.flat[i] = old - h
        g.flat[i] = (up - f(x)) / (2 * h)
        x.flat[i] = old
    return g
""",
    """
def ngrad(f, x, h=1e-5):
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in steps]).reshape(x.shape)
""",
    """
def ngrad(f, x, h=1e-5):
    slopes = []
    for i, _ in enumerate(x.ravel()):
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        slopes.append(f(x + e) / (2 * h) - f(x - e) / (2 * h))
    return np.reshape(slopes, x.shape).tolist()
""",
    """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.shape)
    it = np.nditer(x, flags=["multi_index"])
    for _ in it:
        z = x.astype(complex)
        z[it.multi_index] += 1e-20j
        g[it.multi_index] = f(z).imag / 1e-20
    return g
""",
    """
def ngrad(f, x, h=1e-5):
    def moved(place, by):
        y = x * 1.0
        y[place] += by
        return f(y)

    g = np.full(x.shape, np.nan)
    for place, _ in np.ndenumerate(x):
        h = 1e-3
        near, wide = moved(place, h) - moved(place, -h), moved(place, 2 * h) - moved(place, -2 * h)
        g[place] = (8 * near - wide) / (12 * h)
    return g
""",
    """
def ngrad(f, x, h=1e-6):
    if x.ndim > 1:
        g = ngrad(lambda flat: f(flat.reshape(x.shape)), x.ravel(), h)
        return g.reshape(x.shape)
    return np.stack([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))])
""",
]

WRONG = {
    "mutates": [
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        down = f(x)
        x[i] += h
        g[i] = (up - down) / (2 * h)
    return g
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.size)
    y = x.reshape(-1)
    for i in range(x.size):
        old = y[i]
        y[i] = old + h
        up = f(x)
        y[i] = old - h
        g[i] = (up - f(x)) / (2 * h)
    return g.reshape(x.shape)
""",
        """
def ngrad(f, x, h=1e-5):
    x = x.astype(float, copy=False)
    g = []
    for i in range(x.size):
        before = f(x)
        x.flat[i] += h
        g.append((f(x) - before) / h)
    return np.reshape(g, x.shape)
""",
    ],
    "int_gradient": [
        """
def ngrad(f, x, h=1e-5):
    g = 0 * x
    for i, e in enumerate(h * np.eye(x.size)):
        g.flat[i] = (f(x + e.reshape(x.shape)) - f(x - e.reshape(x.shape))) / (2 * h)
    return g
""",
        """
def ngrad(f, x, h=1e-5):
    steps = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in steps]).reshape(x.shape).astype(x.dtype)
""",
    ],
    "int_dtype": [
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros_like(x)
    for i in range(len(x)):
        x[i] += h
        up = f(x)
        x[i] -= 2 * h
        down = f(x)
        x[i] += h
        g[i] = (up - down) / (2 * h)
    return g
""",
        """
def ngrad(f, x, h=1e-5):
    basis = np.eye(x.size, dtype=x.dtype).reshape(-1, *x.shape)
    step = np.array(h, dtype=x.dtype)
    return np.array([(f(x + step * e) - f(x - step * e)) / (2 * h) for e in basis]).reshape(x.shape)
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.empty(x.shape, x.dtype)
    for i in range(x.size):
        y = np.array(x)
        y.flat[i] = x.flat[i] + h
        up = f(y)
        y.flat[i] = x.flat[i] - h
        g.flat[i] = (up - f(y)) / (2 * h)
    return g
""",
    ],
    "all_at_once": [
        """
def ngrad(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)
""",
        """
def ngrad(f, x, h=1e-5):
    slope = (f(x + h * np.ones(x.shape)) - f(x)) / h
    return np.ones(x.shape) * slope
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        g[i] = (f(x + h) - f(x - h)) / (2 * h)
    return g
""",
        """
def ngrad(f, x, h=1e-5):
    total = (f(x + h) - f(x - h)) / (2 * h)
    return np.full(x.shape, total / x.size)
""",
    ],
    "rows_only": [
        """
def ngrad(f, x, h=1e-5):
    return np.array([(f(x + e) - f(x - e)) / (2 * h) for e in h * np.eye(len(x))])
""",
        """
def ngrad(f, x, h=1e-5):
    nudges = h * np.eye(x.size)
    return np.array([(f(x + nudges[i]) - f(x - nudges[i])) / (2 * h) for i in range(x.size)])
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.shape)
    for i in range(x.shape[0]):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g
""",
        """
def ngrad(f, x, h=1e-5):
    y, g = x * 1.0, x * 1.0
    for i, row in enumerate(x):
        y[i] = row + h
        up = f(y)
        y[i] = row - h
        g[i, ...] = (up - f(y)) / (2 * h)
        y[i] = row
    return g
""",
    ],
    "accumulates": [
        """
def ngrad(f, x, h=1e-5):
    y = x.astype(float)
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        y[i] += h
        up = f(y)
        y[i] -= 2 * h
        g[i] = (up - f(y)) / (2 * h)
    return g
""",
        """
def ngrad(f, x, h=1e-5):
    e, slopes = np.zeros(x.shape), []
    for i in range(x.size):
        e.flat[i] = h
        slopes.append((f(x + e) - f(x - e)) / (2 * h))
    return np.array(slopes).reshape(x.shape)
""",
        """
def ngrad(f, x, h=1e-5):
    y = np.array(x, dtype=float)
    def slope(i):
        y[i] += h
        up = f(y)
        y[i] -= 2 * h
        return (up - f(y)) / (2 * h)
    return np.array([slope(i) for i in np.ndindex(x.shape)]).reshape(x.shape)
""",
    ],
    "flat": [
        """
def ngrad(f, x, h=1e-5):
    eye = np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in eye])
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.size)
    for k, i in enumerate(np.ndindex(x.shape)):
        y = x.astype(float)
        y[i] += h
        up = f(y)
        y[i] -= 2 * h
        g[k] = (up - f(y)) / (2 * h)
    return g
""",
        """
def ngrad(f, x, h=1e-5):
    y = x.ravel().astype(float)
    call = lambda v: f(v.reshape(x.shape))
    return [(call(y + h * e) - call(y - h * e)) / (2 * h) for e in np.eye(y.size)]
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros((x.size, 1))
    for k, i in enumerate(np.ndindex(x.shape)):
        e = np.zeros(x.shape)
        e[i] = h
        g[k] = (f(x + e) - f(x - e)) / (2 * h)
    return g
""",
    ],
    "forward": [
        """
def ngrad(f, x, h=1e-5):
    start = f(x)
    return np.array([f(x + h * e) - start for e in np.eye(x.size).reshape(-1, *x.shape)]).reshape(x.shape) / h
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        y = x.astype(float)
        y[i] -= h
        g[i] = (f(x) - f(y)) / h
    return g
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        y = x.copy()
        y[i] = y[i] + h
        g[i] = (f(y) - f(x)) / h
    return g
""",
    ],
    "div_h": [
        """
def ngrad(f, x, h=1e-5):
    eye = np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + h * e) - f(x - h * e)) / h for e in eye]).reshape(x.shape)
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        y = x.astype(float)
        y[i] += h
        up = f(y)
        y[i] -= 2 * h
        g[i] = (up - f(y)) / h
    return g
""",
        """
def ngrad(f, x, h=1e-5):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = 1e-4
        g[i] = f(x + e) - f(x - e)
    return g / 1e-4
""",
    ],
}
