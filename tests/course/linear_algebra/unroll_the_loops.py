"""Answers to unroll-the-loops: right ones in other words, and known slips in other words."""

TURNS = {"no_cross", "sqrt", "negative", "broadcast_bug"}

SAID = {
    "ask-1": ("fifty times, or more", ["hardly at all", "about twice as fast"]),
    "ask-2": ("yes", ["no"]),
}

RIGHT = [
    """
def pairwise(X, Y):
    return ((X[:, None, :] - Y[None, :, :]) ** 2).sum(axis=-1)
""",
    """
def pairwise(X, Y):
    xx = np.einsum('ij,ij->i', X, X)
    yy = np.einsum('ij,ij->i', Y, Y)
    return np.clip(xx[:, np.newaxis] - 2 * X.dot(Y.T) + yy[np.newaxis, :], 0, None)
""",
    """
def pairwise(X, Y):
    D = np.zeros((len(X), len(Y)))
    for j in range(X.shape[1]):
        D += np.subtract.outer(X[:, j], Y[:, j]) ** 2
    return D
""",
    """
def pairwise(X, Y):
    D = -2 * X @ Y.T + np.linalg.norm(X, axis=1, keepdims=True) ** 2 + np.linalg.norm(Y, axis=1) ** 2
    D[D < 0] = 0
    return D
""",
    """
def pairwise(X, Y):
    D = np.sum(X * X, axis=1).reshape(-1, 1) + np.sum(Y * Y, axis=1) - 2 * np.dot(X, Y.T)
    return np.abs(D)
""",
    """
def pairwise(X, Y):
    return np.linalg.norm(X[:, None] - Y, axis=2) ** 2
""",
    """
def pairwise(X, Y):
    centre = X.mean(axis=0)
    A, B = X - centre, Y - centre
    D = (A ** 2).sum(1)[:, None] + (B ** 2).sum(1) - 2 * np.tensordot(A, B, axes=(1, 1))
    return np.where(D < 0, 0, D)
""",
    """
def pairwise(X, Y):
    left = np.column_stack([X, (X ** 2).sum(1), np.ones(len(X))])
    right = np.column_stack([-2 * Y, np.ones(len(Y)), (Y ** 2).sum(1)])
    D = left @ right.T
    return D * (D > 0)
""",
]

WRONG = {
    "no_cross": [
        """
def pairwise(X, Y):
    return np.add.outer((X ** 2).sum(1), (Y ** 2).sum(1))
""",
        """
def pairwise(X, Y):
    return np.maximum(np.sum(X * X, 1)[:, None] + np.sum(Y * Y, 1)[None, :], 0)
""",
        """
def pairwise(X, Y):
    D = np.empty((len(X), len(Y)))
    for i, x in enumerate(X):
        for j, y in enumerate(Y):
            D[i, j] = x @ x + y @ y
    return D
""",
    ],
    "one_cross": [
        """
def pairwise(X, Y):
    return np.maximum((X ** 2).sum(1)[:, None] + (Y ** 2).sum(1) - X @ Y.T, 0)
""",
        """
def pairwise(X, Y):
    return np.sum(X * X, 1, keepdims=True) - np.einsum('id,jd->ij', X, Y) + np.sum(Y * Y, 1)
""",
        """
def pairwise(X, Y):
    D = np.linalg.norm(X, axis=1)[:, None] ** 2 + np.linalg.norm(Y, axis=1) ** 2 - np.inner(X, Y)
    return np.abs(D)
""",
    ],
    "not_turned": [
        """
def pairwise(X, Y):
    return np.maximum((X**2).sum(axis=1)[:, None] + (Y**2).sum(axis=1) - 2 * X @ Y, 0)
""",
        """
def pairwise(X, Y):
    a = np.sum(X * X, axis=1, keepdims=True)
    b = np.sum(Y * Y, axis=1)
    D = a - 2 * np.dot(X, Y) + b
    D[D < 0] = 0
    return D
""",
        """
def pairwise(P, Q):
    cross = np.einsum('id,dj->ij', P, Q)
    squares = np.linalg.norm(P, axis=1)[:, np.newaxis] ** 2 + np.linalg.norm(Q, axis=1) ** 2
    return np.clip(squares - 2 * cross, 0, None)
""",
        """
def pairwise(X, Y):
    return -2 * X.dot(Y) + (X**2).sum(1).reshape(-1, 1) + (Y**2).sum(1)
""",
    ],
    "sqrt": [
        """
def pairwise(X, Y):
    return np.linalg.norm(X[:, None] - Y[None], axis=-1)
""",
        """
def pairwise(X, Y):
    D = (X ** 2).sum(1)[:, None] + (Y ** 2).sum(1) - 2 * X @ Y.T
    return np.sqrt(D.clip(0))
""",
        """
def pairwise(X, Y):
    return (np.sum(X * X, 1)[:, None] + np.sum(Y * Y, 1) - 2 * X @ Y.T) ** 0.5
""",
        """
def pairwise(X, Y):
    D = np.zeros((len(X), len(Y)))
    for i in range(len(X)):
        for j in range(len(Y)):
            D[i, j] = np.linalg.norm(X[i] - Y[j])
    return D
""",
    ],
    "negative": [
        """
def pairwise(X, Y):
    return np.sum(X * X, axis=1, keepdims=True) - 2 * X.dot(Y.T) + np.sum(Y * Y, axis=1)
""",
        """
def pairwise(X, Y):
    xx = np.einsum('ij,ij->i', X, X)
    yy = np.einsum('ij,ij->i', Y, Y)
    G = np.einsum('id,jd->ij', X, Y)
    return (xx[:, None] - G) + (yy - G)
""",
        """
def pairwise(X, Y):
    a = np.linalg.norm(X, axis=1)[:, None] ** 2
    b = np.linalg.norm(Y, axis=1)[None, :] ** 2
    return a + b - np.dot(X, 2 * Y.T)
""",
        """
def pairwise(X, Y):
    D = np.zeros((len(X), len(Y)))
    for i in range(len(X)):
        for j in range(len(Y)):
            D[i, j] = X[i] @ X[i] + Y[j] @ Y[j] - 2 * X[i] @ Y[j]
    return D
""",
        """
def pairwise(X, Y):
    left = np.column_stack([np.square(X).sum(1), np.ones(len(X))])
    right = np.column_stack([np.ones(len(Y)), np.square(Y).sum(1)])
    return left @ right.T - 2 * X @ Y.T
""",
    ],
    "broadcast_bug": [
        """
def pairwise(X, Y):
    return np.sum((X - Y) ** 2, axis=1, keepdims=True)
""",
        """
def pairwise(X, Y):
    return np.linalg.norm(X - Y, axis=1) ** 2
""",
        """
def pairwise(X, Y):
    return [float(np.sum((x - y) ** 2)) for x, y in zip(X, Y)]
""",
        """
def pairwise(X, Y):
    D = X - Y
    return np.einsum('ij,ij->i', D, D)
""",
        """
def pairwise(X, Y):
    return np.square(X - Y)
""",
    ],
    "no_sum": [
        """
def pairwise(X, Y):
    return (X[:, None] - Y) ** 2
""",
        """
def pairwise(X, Y):
    B, d = X.shape
    return np.square(X.reshape(B, 1, d) - Y.reshape(1, len(Y), d))
""",
        """
def pairwise(X, Y):
    return np.array([(x - Y) ** 2 for x in X])
""",
        """
def pairwise(X, Y):
    return np.stack([np.subtract.outer(X[:, j], Y[:, j]) ** 2 for j in range(X.shape[1])])
""",
    ],
    "turned": [
        """
def pairwise(X, Y):
    return ((Y[:, None] - X) ** 2).sum(-1)
""",
        """
def pairwise(X, Y):
    return np.maximum((X ** 2).sum(1) + (Y ** 2).sum(1)[:, None] - 2 * Y @ X.T, 0)
""",
        """
def pairwise(X, Y):
    return np.einsum('ijd->ji', (X[:, None] - Y) ** 2)
""",
    ],
}
