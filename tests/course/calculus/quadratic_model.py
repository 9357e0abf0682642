"""Answers to quadratic-model: right ones in other words, and known slips in other words."""

TURNS = {"sign", "multiply", "gd", "diag_only"}

SAID = {
    "ask-1": ("1", ["2", "0", "100"]),
    "ask-2": ("to the saddle", ["downhill, away from the saddle", "to the nearest minimum"]),
}

RIGHT = [
    """
def newton(g, H):
    return -np.linalg.inv(H) @ g
""",
    """
def newton(g, H):
    # Conjugate gradients.
    s, r = np.zeros(len(g)), -g
    p = r.copy()
    for _ in range(3 * len(g)):
        if r @ r < 1e-24:
            break
        step = (r @ r) / (p @ H @ p)
        s = s + step * p
        new = r - step * (H @ p)
        p = new + (new @ new) / (r @ r) * p
        r = new
    return s
""",
    """
def newton(g, H):
    # Elimination by hand; H is positive definite, so no pivot is 0.
    n = len(g)
    A = [[float(H[i][j]) for j in range(n)] + [-float(g[i])] for i in range(n)]
    for k in range(n):
        for i in range(k + 1, n):
            f = A[i][k] / A[k][k]
            A[i] = [p - f * q for p, q in zip(A[i], A[k])]
    s = [0.0] * n
    for i in reversed(range(n)):
        s[i] = (A[i][n] - sum(A[i][j] * s[j] for j in range(i + 1, n))) / A[i][i]
    return s
""",
    """
def newton(g, H):
    w, V = np.linalg.eigh(H)
    return -V @ ((V.T @ g) / w)
""",
    """
def newton(g, H):
    L = np.linalg.cholesky(H)
    return np.linalg.solve(L.T, np.linalg.solve(L, -g))
""",
    """
def newton(g, H):
    s = np.zeros_like(g)
    lr = 1 / np.linalg.norm(H, 2)
    for _ in range(5000):
        s = s - lr * (g + H @ s)
    return s
""",
    """
def newton(g, H):
    return tuple(np.linalg.lstsq(H, -g, rcond=None)[0])
""",
]

WRONG = {
    "sign": [
        """
def newton(g, H):
    return np.linalg.inv(H) @ g
""",
        """
def newton(g, H):
    return g @ np.linalg.inv(H)
""",
        """
def newton(g, H):
    w, V = np.linalg.eigh(H)
    return V @ (V.T @ g / w)
""",
        """
def newton(g, H):
    return -np.linalg.solve(H, -g)
""",
    ],
    "multiply": [
        """
def newton(g, H):
    return -np.dot(H, g)
""",
        """
def newton(g, H):
    return H @ g
""",
        """
def newton(g, H):
    return -0.5 * g @ H
""",
        """
def newton(g, H):
    return -np.array([sum(h * x for h, x in zip(row, g)) for row in H])
""",
    ],
    "gd": [
        """
def newton(g, H):
    lr = 2 / np.trace(H)
    return [-lr * x for x in g]
""",
        """
def newton(g, H):
    return -0.1 * g
""",
        """
def newton(g, H):
    # The best step along the gradient.
    bend = g @ H @ g
    return -(g @ g) / bend * g if bend > 0 else 0 * g
""",
        """
def newton(g, H):
    return -g / np.linalg.norm(H, 2)
""",
        """
def newton(g, H):
    size = np.linalg.norm(g)
    return -g / size if size else -g
""",
    ],
    "diag_only": [
        """
def newton(g, H):
    s = np.zeros(len(g))
    for i in range(len(g)):
        s[i] -= g[i] / H[i][i]
    return list(s)
""",
        """
def newton(g, H):
    return -np.array([g[i] / H[i, i] for i in range(len(g))])
""",
        """
def newton(g, H):
    return np.linalg.solve(np.diag(np.diag(H)), -g)
""",
        """
def newton(g, H):
    return -np.diag(1 / np.diag(H)) @ g
""",
        """
def newton(g, H):
    return g / H.diagonal()
""",
    ],
    "lost_half": [
        """
def newton(g, H):
    return -0.5 * np.linalg.inv(H) @ g
""",
        """
def newton(g, H):
    return np.linalg.solve(H / 2, -g)
""",
        """
def newton(g, H):
    return np.linalg.solve(H + H.T, -g)
""",
    ],
    "divide": [
        """
def newton(g, H):
    return np.divide(-g, H)
""",
        """
def newton(g, H):
    return g / H
""",
        """
def newton(g, H):
    return -g[:, None] / H
""",
        """
def newton(g, H):
    return -np.linalg.inv(H) * g
""",
    ],
}
