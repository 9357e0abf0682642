"""Answers to matrix-from-function: right ones in other words, and known slips in other words."""

TURNS = {"rows", "ones", "diag"}

SAID = {"ask-1": ("5", ["1", "25"]), "ask-2": ("no number is enough", ["5", "6", "25"])}

RIGHT = [
    """
def matrix_of(f, n):
    return np.array([f(e) for e in np.eye(n)]).T
""",
    """
def matrix_of(f, n):
    first = f(np.zeros(n))
    M = np.zeros((len(first), n))
    for j in range(n):
        e = np.zeros(n)
        e[j] = 1
        M[:, j] = f(e)
    return M
""",
    """
def matrix_of(f, n):
    return np.column_stack([f(np.eye(n, dtype=int)[:, j]) for j in range(n)])
""",
    """
def matrix_of(f, n):
    return np.apply_along_axis(f, 0, np.eye(n))
""",
]

WRONG = {
    "rows": [
        """
def matrix_of(f, n):
    return np.vstack([f(e) for e in np.eye(n)])
""",
        """
def matrix_of(f, n):
    return np.apply_along_axis(f, 1, np.eye(n))
""",
        """
def matrix_of(f, n):
    out = []
    for i in range(n):
        e = np.zeros(n)
        e[i] = 1
        out.append(f(e))
    return np.stack(out)
""",
    ],
    "ones": [
        """
def matrix_of(f, n):
    return f(np.ones(n))
""",
        """
def matrix_of(f, n):
    return f(np.ones(n)).reshape(-1, 1)
""",
        """
def matrix_of(f, n):
    return np.column_stack([f(np.ones(n)) for _ in range(n)])
""",
        """
def matrix_of(f, n):
    return np.outer(f(np.ones(n)), np.ones(n)) / n
""",
        """
def matrix_of(f, n):
    return np.array([f(np.ones(n))] * n)
""",
    ],
    "all_at_once": [
        """
def matrix_of(f, n):
    return f(np.eye(n))
""",
        """
def matrix_of(g, size):
    basis = np.identity(size, dtype=int)
    return np.array(g(basis)).T
""",
        """
def matrix_of(f, n):
    E = np.zeros((n, n))
    for i in range(n):
        E[i, i] = 1
    columns = f(E)
    return np.column_stack(columns)
""",
        """
def matrix_of(f, n):
    return np.stack([f(np.diag(np.ones(n))) for _ in range(n)])
""",
    ],
    "probes_with_two_axes": [
        """
def matrix_of(f, n):
    columns = []
    for j in range(n):
        e = np.zeros((n, 1))
        e[j] = 1
        columns.append(f(e))
    return np.hstack(columns)
""",
        """
def matrix_of(f, n):
    return np.concatenate([f(np.eye(n)[:, [j]]) for j in range(n)], axis=1)
""",
        """
def matrix_of(f, n):
    return np.array([f(row.reshape(-1, 1)) for row in np.eye(n)]).T
""",
        """
def matrix_of(f, n):
    return np.vstack([f(np.eye(n)[j:j + 1]) for j in range(n)]).T
""",
    ],
    "diag": [
        """
def matrix_of(f, n):
    return np.diag(f(np.ones(n)))
""",
        """
def matrix_of(f, n):
    return np.diag([f(np.eye(n)[i])[i] for i in range(n)])
""",
        """
def matrix_of(f, n):
    y = f(np.ones(n))
    M = np.zeros((len(y), n))
    for i in range(min(len(y), n)):
        M[i, i] = y[i]
    return M
""",
        """
def matrix_of(f, n):
    x = np.arange(1, n + 1)
    return np.diag(f(x) / x)
""",
    ],
}
