"""Answers to gradient-descent: right ones in other words, and known slips in other words."""

TURNS = {"ascent", "no_start", "aliasing", "frozen_gradient"}

SAID = {"ask-1": ("0.125", ["0.25", "0.5", "0"]), "spot-1": ([4], [[1], [2], [3], [6]])}

RIGHT = [
    """
def descend(grad, x0, lr, steps):
    path = np.zeros((steps + 1, len(x0)))
    path[0] = x0
    for k in range(steps):
        path[k + 1] = path[k] - lr * grad(path[k])
    return path
""",
    """
def descend(grad, x0, lr, steps):
    x = np.array(x0)
    rows = [x.copy()]
    while len(rows) <= steps:
        x -= lr * grad(x)
        rows.append(x.copy())
    return np.stack(rows)
""",
    """
def descend(grad, x0, lr, steps):
    if steps == 0:
        return x0[None, :].copy()
    before = descend(grad, x0, lr, steps - 1)
    return np.vstack([before, before[-1] - lr * grad(before[-1])])
""",
    """
from itertools import accumulate
def descend(grad, x0, lr, steps):
    return list(accumulate(range(steps), lambda x, _: x - lr * grad(x), initial=x0 * 1))
""",
    """
def descend(grad, x0, lr, steps):
    rows = [[float(part) for part in x0]]
    for _ in range(steps):
        slope = grad(np.array(rows[-1]))
        rows.append([part - lr * float(s) for part, s in zip(rows[-1], slope)])
    return rows
""",
    """
def descend(grad, x0, lr, steps):
    def walk():
        x = x0
        for _ in range(steps):
            yield x
            x = x + (-lr) * grad(x)
        yield x
    return np.array(list(walk()))
""",
]

WRONG = {
    "ascent": [
        """
def descend(grad, x0, lr, steps):
    path = np.zeros((steps + 1, len(x0)))
    path[0] = x0
    for k in range(steps):
        path[k + 1] = path[k] + lr * grad(path[k])
    return path
""",
        """
def descend(grad, x0, lr, steps):
    x, rows = x0.copy(), [x0.copy()]
    for _ in range(steps):
        x += lr * grad(x)
        rows.append(x.copy())
    return rows
""",
        """
def descend(grad, x0, lr, steps):
    rows = [x0]
    for _ in range(steps):
        rows.append(rows[-1] - (-lr * grad(rows[-1])))
    return np.vstack(rows)
""",
    ],
    "no_start": [
        """
def descend(grad, x0, lr, steps):
    path = np.zeros((steps, len(x0)))
    x = x0
    for k in range(steps):
        x = x - lr * grad(x)
        path[k] = x
    return path
""",
        """
def descend(grad, x0, lr, steps):
    rows, x = [], x0.copy()
    for _ in range(steps + 1):
        x = x - lr * grad(x)
        rows.append(x)
    return np.array(rows)
""",
        """
def descend(grad, x0, lr, steps):
    path = np.empty((steps + 1, x0.size))
    x = x0 - lr * grad(x0)
    for k in range(steps + 1):
        path[k] = x
        x = x - lr * grad(x)
    return path
""",
    ],
    "no_end": [
        """
def descend(grad, x0, lr, steps):
    rows = [x0.copy()]
    for _ in range(1, steps):
        rows.append(rows[-1] - lr * grad(rows[-1]))
    return np.array(rows)
""",
        """
def descend(grad, x0, lr, steps):
    path = np.zeros((steps + 1, len(x0)))
    path[0] = x0
    for k in range(1, steps):
        path[k] = path[k - 1] - lr * grad(path[k - 1])
    return path
""",
        """
def descend(grad, x0, lr, steps):
    path = np.zeros((steps, len(x0)))
    x = x0
    for k in range(steps):
        path[k] = x
        x = x - lr * grad(x)
    return path
""",
    ],
    "aliasing": [
        """
def descend(grad, x0, lr, steps):
    x = x0.copy()
    rows = [x0.copy()]
    for _ in range(steps):
        x -= lr * grad(x)
        rows.append(x)
    return np.array(rows)
""",
        """
def descend(grad, x0, lr, steps):
    x = x0
    rows = [x]
    for _ in range(steps):
        x -= lr * grad(x)
        rows += [x]
    return np.vstack(rows)
""",
        """
def descend(grad, x0, lr, steps):
    x = x0.copy()
    rows = [x]
    for _ in range(steps):
        x[:] = x - lr * grad(x)
        rows.append(x)
    return rows
""",
        """
def descend(grad, x0, lr, steps):
    x, rows = np.array(x0), []
    for _ in range(steps):
        slope = grad(x)
        for i in range(len(x)):
            x[i] = x[i] - lr * slope[i]
        rows.append(x)
    return np.array([x0] + rows)
""",
    ],
    "frozen_gradient": [
        """
def descend(grad, x0, lr, steps):
    g = grad(x0)
    return np.array([x0 - k * lr * g for k in range(steps + 1)])
""",
        """
def descend(grad, x0, lr, steps):
    path = np.zeros((steps + 1, len(x0)))
    path[0] = x0
    for k in range(steps):
        path[k + 1] = path[k] - lr * grad(x0)
    return path
""",
        """
def descend(grad, x0, lr, steps):
    return x0 - lr * np.outer(np.arange(steps + 1), grad(x0))
""",
    ],
    "from_the_start": [
        """
def descend(grad, x0, lr, steps):
    path = np.tile(x0, (steps + 1, 1))
    for k in range(steps):
        path[k + 1] -= lr * grad(path[k])
    return path
""",
        """
def descend(grad, x0, lr, steps):
    rows = [x0.copy()]
    for _ in range(steps):
        rows.append(rows[0] - lr * grad(rows[-1]))
    return np.array(rows)
""",
    ],
    "no_rate": [
        """
def descend(grad, x0, lr, steps):
    rows = [x0]
    for _ in range(steps):
        rows.append(rows[-1] - grad(rows[-1]))
    return rows
""",
        """
def descend(grad, x0, lr, steps):
    path = np.zeros((steps + 1, x0.size))
    path[0] = x0
    for k in range(1, steps + 1):
        path[k] = path[k - 1] + -1 * grad(path[k - 1])
    return path
""",
    ],
    "one_too_many": [
        """
def descend(grad, x0, lr, steps):
    path = np.zeros((steps + 2, len(x0)))
    path[0] = x0
    for k in range(steps + 1):
        path[k + 1] = path[k] - lr * grad(path[k])
    return path
""",
        """
def descend(grad, x0, lr, steps):
    rows = [x0]
    while len(rows) < steps + 2:
        rows.append(rows[-1] - lr * grad(rows[-1]))
    return np.vstack(rows)
""",
    ],
    "unit_steps": [
        """
def descend(grad, x0, lr, steps):
    x, rows = x0.copy(), [x0.copy()]
    for _ in range(steps):
        g = grad(x)
        size = np.sqrt(np.sum(g ** 2))
        if size > 0:
            x = x - lr * g / size
        rows.append(x)
    return np.array(rows)
""",
        """
def descend(grad, x0, lr, steps):
    def steepest(g):
        return -g / np.linalg.norm(g) if g.any() else 0 * g
    rows = [x0]
    for _ in range(steps):
        rows.append(rows[-1] + lr * steepest(grad(rows[-1])))
    return np.array(rows)
""",
    ],
    "last_only": [
        """
def descend(grad, x0, lr, steps):
    for _ in range(steps):
        x0 = x0 - lr * grad(x0)
    return x0
""",
        """
def descend(grad, x0, lr, steps):
    path = [x0]
    for _ in range(steps):
        path = [path[-1] - lr * grad(path[-1])]
    return path[0]
""",
        """
def descend(grad, x0, lr, steps):
    x = np.array(x0)
    while steps > 0:
        x = x - lr * grad(x)
        steps -= 1
    return list(x)
""",
    ],
    "overwrites": [
        """
def descend(grad, x0, lr, steps):
    rows = [x0.copy()]
    for _ in range(steps):
        x0 -= lr * grad(x0)
        rows.append(x0.copy())
    return np.array(rows)
""",
        """
def descend(grad, x0, lr, steps):
    x = np.asarray(x0, dtype=float)
    path = np.zeros((steps + 1, len(x)))
    for k in range(steps):
        path[k] = x
        x[:] = x - lr * grad(x)
    path[steps] = x
    return path
""",
        """
def descend(grad, x0, lr, steps):
    path = [tuple(x0)]
    for _ in range(steps):
        np.subtract(x0, lr * grad(x0), out=x0)
        path.append(tuple(x0))
    return np.array(path)
""",
    ],
}
