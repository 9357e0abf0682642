"""Answers to svd-throw-rename-insert: right ones in other words, and known slips in other words."""

TURNS = {"untrimmed", "abs_tol", "vector_sigma", "V_not_VT"}

SAID = {
    "ask-1": ("1", ["4", "5", "20"]),
    "ask-2": ("it stays the same", ["it becomes smaller", "it becomes 0"]),
    "ask-3": ("3", ["0"]),
}

RIGHT = [
    """
def three_steps(M, rtol=1e-10):
    U, s, Vh = np.linalg.svd(M)
    r = 0
    while r < len(s) and s[r] > rtol * max(s):
        r += 1
    rename = np.zeros((r, r))
    for i in range(r):
        rename[i, i] = s[i]
    return Vh[:r, :], rename, U[:, :r]
""",
    """
def three_steps(M, rtol=1e-10):
    # from the smallest to the largest, and with other signs
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    keep = np.flatnonzero(s > rtol * np.linalg.norm(M, 2))[::-1]
    return [Vt[keep], -np.diag(s[keep]), -U.T[keep].T]
""",
    """
def three_steps(M, rtol=1e-10):
    # eigenvectors of a symmetric matrix twice as large
    m, n = M.shape
    big = np.block([[np.zeros((m, m)), M], [M.T, np.zeros((n, n))]])
    values, vectors = np.linalg.eigh(big)
    keep = values > rtol * values.max()
    pairs = vectors[:, keep] * np.sqrt(2)
    return pairs[m:].T, np.diag(values[keep]), pairs[:m]
""",
    """
def three_steps(M, rtol=1e-10):
    m, n = M.shape
    if m < n:
        throw, rename, insert = three_steps(M.T, rtol)
        return insert.T, rename.T, throw.T
    Q, R = np.linalg.qr(M)
    U, s, Vt = np.linalg.svd(R)
    mask = s > rtol * s.max()
    return Vt[mask], np.diag(s[mask]), (Q @ U)[:, mask]
""",
    """
def three_steps(M, rtol=1e-10):
    r = int(np.linalg.matrix_rank(M, tol=rtol * np.linalg.norm(M, 2)))
    U, s, Vt = np.linalg.svd(M, full_matrices=True)
    V = Vt.T
    return V[:, :r].T, np.eye(r) * s[:r], U[:, :r]
""",
]

WRONG = {
    "untrimmed": [
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M)
    S = np.zeros(M.shape)
    S[:len(s), :len(s)] = np.diag(s)
    return Vt, S, U
""",
        """
def three_steps(M, rtol=1e-10):
    k = min(M.shape)
    U, s, Vt = np.linalg.svd(M)
    return Vt[:k], np.diag(s), U[:, :k]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    s = np.where(s > rtol * s[0], s, 0)
    return Vt, np.diag(s), U
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = len(s)
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    keep = s >= 0
    return Vt[keep], np.eye(len(s)) * s, U[:, keep]
""",
    ],
    "abs_tol": [
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = sum(s > rtol)
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M)
    keep = [i for i in range(len(s)) if abs(s[i]) > 1e-6]
    return Vt[keep], np.diag(s[keep]), U[:, keep]
""",
        """
def three_steps(M, rtol=1e-10):
    r = np.linalg.matrix_rank(M, tol=1e-12)
    U, s, Vt = np.linalg.svd(M)
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M)
    r = int((~np.isclose(s, 0)).sum())
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = len(s[np.round(s, 9) > 0])
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
    ],
    "own_cutoff": [
        """
def three_steps(M, rtol=1e-10):
    r = np.linalg.matrix_rank(M)
    U, s, Vt = np.linalg.svd(M)
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = sum(s > 1e-8 * max(s))
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = np.count_nonzero(s)
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    keep = s > 0
    return Vt[keep], np.diag(s[keep]), U[:, keep]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = sum(s > len(s) * 2.2e-16 * s[0])
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
    ],
    "vector_sigma": [
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    keep = s > rtol * s.max()
    return Vt[keep], s[keep], U[:, keep]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return Vt, s, U
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = sum(s > rtol * s[0])
    return Vt[:r], [float(x) for x in s[:r]], U[:, :r]
""",
    ],
    "V_not_VT": [
        """
def three_steps(M, rtol=1e-10):
    U, s, V = np.linalg.svd(M)
    r = sum(s > rtol * s[0])
    return V[:, :r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, V = np.linalg.svd(M)
    r = sum(s > rtol * s[0])
    return V.T[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = sum(s > rtol * s[0])
    return Vt[:r].T, np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, V = np.linalg.svd(M, full_matrices=True)
    keep = s > rtol * s[0]
    return V[:, :len(s)][:, keep].T, np.diag(s[keep]), U[:, :len(s)][:, keep]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, V = np.linalg.svd(M)
    k = len([a for a in s if a > rtol * s[0]])
    return np.array([V[:, i] for i in range(k)]).reshape(k, -1), np.diag(s[:k]), U[:, :k]
""",
    ],
    "svd_order": [
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M)
    r = np.sum(s > rtol * s[0])
    return U[:, :r], np.diag(s[:r]), Vt[:r, :]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return U, np.diag(s), Vt
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    keep = s > rtol * s[0]
    return U[:, keep], np.eye(sum(keep)) * s[keep], Vt[keep]
""",
    ],
    "stretched": [
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = sum(s > rtol * s[0])
    return Vt[:r], np.eye(r), U[:, :r] * s[:r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = sum(s > rtol * s[0])
    root = np.sqrt(s[:r])
    return np.diag(root) @ Vt[:r], np.eye(r), U[:, :r] @ np.diag(root)
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = sum(s > rtol * s[0])
    return 2 * Vt[:r], np.diag(s[:r]) / 4, 2 * U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    # Q R instead
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = sum(s > rtol * s[0])
    insert = U[:, :r]
    return insert.T @ (U[:, :r] * s[:r] @ Vt[:r]), np.identity(r), insert
""",
    ],
    "zero_keeps": [
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = max(1, sum(s > rtol * s[0]))
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    keep = ~(s < rtol * s[0])
    return Vt[keep], np.diag(s[keep]), U[:, keep]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = len(s)
    while s[r - 1] < rtol * s[0] and r > 0:
        r -= 1
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = [float(a) / float(s[0]) > rtol for a in s].count(True)
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
        """
def three_steps(M, rtol=1e-10):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    r = 1
    while r < len(s) and s[r] > rtol * s[0]:
        r = r + 1
    return Vt[:r], np.diag(s[:r]), U[:, :r]
""",
    ],
}
