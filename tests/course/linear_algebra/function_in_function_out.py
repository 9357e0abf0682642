"""Answers to function-in-function-out: right ones in other words, and known slips in other words."""

TURNS = {"itself", "inverse", "number"}

SAID = {
    "ask-1": (
        "a function that takes 3 numbers and gives 5",
        ["a function that takes 5 numbers and gives 3", "an array of shape (5, 3)", "a number"],
    ),
    "ask-2": ("no", ["yes"]),
}

RIGHT = [
    """
def adjoint_of(f, n):
    M = np.column_stack([f(e) for e in np.eye(n)])
    return lambda y: M.T @ y
""",
    """
def adjoint_of(f, n):
    def g(y):
        return [float(np.dot(f(e), y)) for e in np.eye(n)]
    return g
""",
    """
def adjoint_of(f, n):
    rows = np.array([f(np.eye(n)[i]) for i in range(n)])
    return rows.dot
""",
    """
class Adjoint:
    def __init__(self, f, n):
        self.f, self.n = f, n
    def __call__(self, y):
        out = np.zeros(self.n)
        for j in range(self.n):
            e = np.zeros(self.n)
            e[j] = 1
            out[j] = sum(a * b for a, b in zip(self.f(e), y))
        return out
adjoint_of = Adjoint
""",
    """
from functools import partial
def adjoint_of(f, n):
    return partial(np.einsum, 'mn,m->n', np.stack([f(e) for e in np.identity(n)], axis=1))
""",
    """
def adjoint_of(f, n):
    known = {}
    def g(y):
        if not known:
            known['M'] = np.array([f(e) for e in np.eye(n)])
        return y @ known['M'].T
    return g
""",
    """
def adjoint_of(f, n):
    if n == 0:
        return lambda y: np.zeros(0)
    def pad(x, more):
        return np.concatenate([x, [more]])
    front = adjoint_of(lambda x: f(pad(x, 0.0)), n - 1)
    last = f(pad(np.zeros(n - 1), 1.0))
    return lambda y: pad(front(y), np.dot(last, y))
""",
]

WRONG = {
    "itself": [
        """
def adjoint_of(f, n):
    return f
""",
        """
def adjoint_of(f, n):
    return lambda y: f(y)
""",
        """
def adjoint_of(f, n):
    M = np.column_stack([f(e) for e in np.eye(n)])
    return lambda y: M @ y
""",
        """
def adjoint_of(f, n):
    M = np.array([f(e) for e in np.eye(n)])
    def g(y):
        return y @ M
    return g
""",
        """
def adjoint_of(f, n):
    columns = [f(e) for e in np.eye(n)]
    return lambda y: sum(a * column for a, column in zip(y, columns))
""",
    ],
    "all_at_once": [
        """
def adjoint_of(f, n):
    M = f(np.eye(n))
    def g(y):
        return M.T @ y
    return g
""",
        """
def adjoint_of(f, n):
    return lambda y: y @ f(np.identity(n))
""",
        """
def adjoint_of(h, size):
    def g(vector):
        table = np.diag([1.0] * size)
        return np.dot(h(table).T, vector)
    return g
""",
    ],
    "inverse": [
        """
def adjoint_of(f, n):
    M = np.column_stack([f(e) for e in np.eye(n)])
    return lambda y: np.linalg.solve(M, y)
""",
        """
def adjoint_of(f, n):
    M = np.column_stack([f(e) for e in np.eye(n)])
    M_inv = np.linalg.inv(M) if M.shape[0] == M.shape[1] else M.T
    return lambda y: M_inv.dot(y)
""",
        """
def adjoint_of(f, n):
    M = np.column_stack([f(e) for e in np.eye(n)])
    def g(y):
        return np.linalg.lstsq(M, y, rcond=None)[0]
    return g
""",
        """
def adjoint_of(f, n):
    M = np.column_stack([f(e) for e in np.eye(n)])
    return np.linalg.inv(M).__matmul__ if len(M) == n else np.linalg.pinv(M).__matmul__
""",
    ],
    "number": [
        """
def adjoint_of(f, n):
    return np.stack([f(e) for e in np.eye(n)])
""",
        """
def adjoint_of(f, n):
    return np.column_stack([f(e) for e in np.eye(n)])
""",
        """
def adjoint_of(f, n):
    g = lambda y: np.array([f(e) @ y for e in np.eye(n)])
    return g(np.ones(len(f(np.zeros(n)))))
""",
        """
def adjoint_of(f, n):
    y = f(np.ones(n))
    return float(np.dot(f(np.ones(n)), y))
""",
        """
def adjoint_of(f, n):
    return [f(e).tolist() for e in np.eye(n)]
""",
        """
def adjoint_of(f, n):
    return np.matrix([f(e) for e in np.eye(n)])
""",
    ],
    "one_number": [
        """
def adjoint_of(f, n):
    return lambda y: f(np.ones(n)) @ y
""",
        """
def adjoint_of(f, n):
    M = np.column_stack([f(e) for e in np.eye(n)])
    def g(y):
        return np.sum(M.T @ y)
    return g
""",
        """
def adjoint_of(f, n):
    def g(y):
        total = 0.0
        for e in np.eye(n):
            total += np.dot(f(e), y)
        return total
    return g
""",
    ],
    "asks_for_x": [
        """
def adjoint_of(f, n):
    def g(x, y):
        return np.dot(f(x), y)
    return g
""",
        """
def adjoint_of(f, n):
    M = np.column_stack([f(e) for e in np.eye(n)])
    return lambda y, x: x @ M.T @ y
""",
        """
def adjoint_of(f, n):
    def g(M, y):
        return M.T @ y
    return g
""",
    ],
}
