"""Answers to valley-peak-saddle: right ones in other words, and known slips in other words."""

TURNS = {"det", "diag", "psd_is_min"}

SAID = {
    "ask-1": ("unknown", ["min", "max", "saddle"]),
    "breaks-1": (
        {"H": "[[-2, 1], [1, -3]]", "tol": "1e-9"},
        [{"H": "[[1, 3], [3, 1]]", "tol": "1e-9"}],
    ),
}

RIGHT = [
    """
def classify(H, tol=1e-9):
    up = down = flat = 0
    for w in np.linalg.eigvals(H).real:
        if w > tol:
            up += 1
        elif w < -tol:
            down += 1
        else:
            flat += 1
    if up and down:
        return "saddle"
    if flat:
        return "unknown"
    return "min" if up else "max"
""",
    """
def classify(H, tol=1e-9):
    def positive(M):
        try:
            np.linalg.cholesky(M)
        except np.linalg.LinAlgError:
            return False
        return True
    step = tol * np.eye(len(H))
    if positive(H - step):
        return "min"
    if positive(-H - step):
        return "max"
    w = np.linalg.eigvalsh(H)
    return "saddle" if w.min() < -tol and w.max() > tol else "unknown"
""",
    """
def classify(H, tol=1e-9):
    # Jacobi rotations: turn until nothing is left off the diagonal.
    A = [list(map(float, row)) for row in H]
    n = len(A)
    for _ in range(60):
        for p in range(n):
            for q in range(p + 1, n):
                if A[p][q] == 0:
                    continue
                angle = 0.5 * np.arctan2(2 * A[p][q], A[q][q] - A[p][p])
                c, s = np.cos(angle), np.sin(angle)
                for k in range(n):
                    A[k][p], A[k][q] = c * A[k][p] - s * A[k][q], s * A[k][p] + c * A[k][q]
                for k in range(n):
                    A[p][k], A[q][k] = c * A[p][k] - s * A[q][k], s * A[p][k] + c * A[q][k]
    signs = {0 if abs(A[i][i]) <= tol else 1 if A[i][i] > 0 else -1 for i in range(n)}
    if {1, -1} <= signs:
        return "saddle"
    return "unknown" if 0 in signs else "min" if signs == {1} else "max"
""",
    """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    signs = np.where(w > tol, 1, np.where(w < -tol, -1, 0))
    names = np.array(["max", "unknown", "min"])
    if signs.min() * signs.max() < 0:
        return "saddle"
    return names[int(signs[np.argmin(np.abs(signs))]) + 1]
""",
    """
def classify(H, tol=1e-9):
    # Shift by the norm, so that both extremes are sizes.
    size = np.linalg.norm(H, 2)
    shift = size * np.eye(len(H))
    top = np.linalg.norm(H + shift, 2) - size
    bottom = size - np.linalg.norm(shift - H, 2)
    if bottom > tol:
        return "min"
    if top < -tol:
        return "max"
    return "saddle" if top > tol and bottom < -tol else "unknown"
""",
]

WRONG = {
    "det": [
        """
def classify(H, tol=1e-9):
    d = np.linalg.det(H)
    if d > tol:
        return "min"
    if d < -tol:
        return "max"
    return "unknown"
""",
        """
def classify(H, tol=1e-9):
    d = np.prod(np.linalg.eigvalsh(H))
    return "min" if d > tol else "saddle" if d < -tol else "unknown"
""",
        """
def classify(H, tol=1e-9):
    sign, size = np.linalg.slogdet(H)
    if sign == 0 or size < -20:
        return "unknown"
    return {1: "min", -1: "saddle"}[int(sign)]
""",
    ],
    "det_in_3d": [
        """
def classify(H, tol=1e-9):
    d = np.linalg.det(H)
    if len(H) == 1:
        return "min" if d > tol else "max" if d < -tol else "unknown"
    if d > tol:
        return "min" if H[0, 0] > 0 else "max"
    return "saddle" if d < -tol else "unknown"
""",
        """
def classify(H, tol=1e-9):
    d, t = np.linalg.det(H), np.trace(H)
    if len(H) == 1:
        return "min" if t > tol else "max" if t < -tol else "unknown"
    if d < -tol:
        return "saddle"
    if d <= tol:
        return "unknown"
    return "min" if t > 0 else "max"
""",
        """
def classify(H, tol=1e-9):
    if len(H) == 1:
        return "min" if H[0][0] > tol else "max" if H[0][0] < -tol else "unknown"
    d = np.linalg.det(H)
    if abs(d) <= tol:
        return "unknown"
    if d > 0 and H[0][0] > 0:
        return "min"
    if d > 0 and H[0][0] < 0:
        return "max"
    return "saddle"
""",
    ],
    "diag": [
        """
def classify(H, tol=1e-9):
    d = H.diagonal()
    if (d > tol).all():
        return "min"
    if (d < -tol).all():
        return "max"
    return "unknown" if (abs(d) <= tol).any() else "saddle"
""",
        """
def classify(H, tol=1e-9):
    curves = [e @ H @ e for e in np.eye(len(H))]
    if min(curves) > tol:
        return "min"
    if max(curves) < -tol:
        return "max"
    if min(curves) < -tol and max(curves) > tol:
        return "saddle"
    return "unknown"
""",
        """
def classify(H, tol=1e-9):
    if all(H[i, i] >= 0 for i in range(len(H))):
        return "min"
    if all(H[i, i] <= 0 for i in range(len(H))):
        return "max"
    return "saddle"
""",
    ],
    "psd_is_min": [
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    return "min" if np.all(w >= 0) else "max" if np.all(w <= 0) else "saddle"
""",
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    if np.all(w >= -tol):
        return "min"
    if np.all(w <= tol):
        return "max"
    return "saddle"
""",
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    if np.all(abs(w) <= tol):
        return "unknown"
    if w.min() > -tol:
        return "min"
    if w.max() < tol:
        return "max"
    return "saddle"
""",
        """
def classify(H, tol=1e-9):
    down = (np.linalg.eigvalsh(H) < -tol).any()
    up = (np.linalg.eigvalsh(H) > tol).any()
    return "saddle" if up and down else "max" if down else "min"
""",
    ],
    "flat_comes_first": [
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    if np.isclose(w, 0).any():
        return "unknown"
    return "saddle" if w[0] * w[-1] < 0 else "min" if w[0] > 0 else "max"
""",
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    if min(abs(w)) <= tol:
        return "unknown"
    return "min" if all(w > 0) else "max" if all(w < 0) else "saddle"
""",
        """
def classify(H, tol=1e-9):
    signs = {int(np.sign(w)) if abs(w) > tol else 0 for w in np.linalg.eigvalsh(H)}
    return {(1,): "min", (-1,): "max", (-1, 1): "saddle"}.get(tuple(sorted(signs)), "unknown")
""",
        """
def classify(H, tol=1e-9):
    if np.linalg.matrix_rank(H, tol=tol) < len(H):
        return "unknown"
    w = np.linalg.eigvalsh(H)
    return "min" if w[0] > 0 else "max" if w[-1] < 0 else "saddle"
""",
    ],
    "flat_is_saddle": [
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    if np.all(w > tol):
        return "min"
    if np.all(w < -tol):
        return "max"
    return "saddle"
""",
        """
def classify(H, tol=1e-9):
    up = int(sum(w > tol for w in np.linalg.eigvalsh(H)))
    down = int(sum(w < -tol for w in np.linalg.eigvalsh(H)))
    return "min" if up == len(H) else "max" if down == len(H) else "saddle"
""",
        """
def classify(H, tol=1e-9):
    if not H.any():
        return "unknown"
    w = np.linalg.eigvalsh(H)
    return "min" if w.min() > tol else "max" if w.max() < -tol else "saddle"
""",
    ],
    "no_tol": [
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    if np.all(w > 0):
        return "min"
    if np.all(w < 0):
        return "max"
    return "saddle" if w[0] < 0 < w[-1] else "unknown"
""",
        """
def classify(H, tol=1e-9):
    up = (np.linalg.eigvalsh(H) > 0).sum()
    down = (np.linalg.eigvalsh(H) < 0).sum()
    if up and down:
        return "saddle"
    return "min" if up == len(H) else "max" if down == len(H) else "unknown"
""",
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    w = np.where(np.abs(w) < 1e-9, 0, w)
    if w.min() < 0 < w.max():
        return "saddle"
    return "unknown" if 0 in w else "min" if w.min() > 0 else "max"
""",
    ],
    "upside_down": [
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    if w[0] < -tol and w[-1] > tol:
        return "saddle"
    if (abs(w) <= tol).any():
        return "unknown"
    return "min" if w[0] < 0 else "max"
""",
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(-H)
    if w[0] > tol:
        return "min"
    if w[-1] < -tol:
        return "max"
    return "saddle" if w[0] < -tol and w[-1] > tol else "unknown"
""",
        """
def classify(H, tol=1e-9):
    w = np.linalg.eigvalsh(H)
    return "max" if np.all(w > tol) else "min" if np.all(w < -tol) else "saddle" if w[0] * w[-1] < -1e-3 else "unknown"
""",
    ],
}
