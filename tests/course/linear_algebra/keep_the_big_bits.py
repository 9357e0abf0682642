"""Answers to keep-the-big-bits: right ones in other words, and known slips in other words."""

TURNS = {"smallest", "slice_rows", "off_by_one", "threshold"}

SAID = {"ask-1": ("5", ["7", "25", "4"]), "ask-2": ("20010", ["1000000", "10", "10000"])}

RIGHT = [
    """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    result = np.zeros(M.shape)
    for i in range(k):
        result += s[i] * np.outer(U[:, i], Vt[i])
    return result
""",
    """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    s[k:] = 0
    return U @ np.diag(s) @ Vt
""",
    """
def best_rank(M, k):
    # project onto the k strongest directions of the inputs
    values, V = np.linalg.eigh(M.T @ M)
    top = V[:, np.argsort(values)[::-1][:k]]
    return M @ top @ top.T
""",
    """
def best_rank(M, k):
    if k == 0:
        return 0 * M
    U, s, Vt = np.linalg.svd(M)
    first = s[0] * U[:, :1] @ Vt[:1]
    return first + best_rank(M - first, k - 1)
""",
    """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    lost = np.einsum('ir,r,rj->ij', U[:, k:], s[k:], Vt[k:])
    return M - lost
""",
    """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    n = len(s)
    S = np.zeros(M.shape)
    S[:n, :n] = np.diag([x if i < k else 0 for i, x in enumerate(s)])
    return np.linalg.multi_dot([U, S, Vt])
""",
]

WRONG = {
    "smallest": [
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    order = np.argsort(s)[:k]
    return U[:, order] @ np.diag(s[order]) @ Vt[order]
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    s[:k] = 0
    return (U * s) @ Vt
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, -k:] @ np.diag(s[-k:]) @ Vt[-k:]
""",
        """
def best_rank(M, k):
    values, V = np.linalg.eigh(M.T @ M)
    if len(M) < M.shape[1]:
        return best_rank(M.T, k).T
    return M @ V[:, :k] @ V[:, :k].T
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    R = np.zeros_like(M)
    for i in range(len(s) - 1, len(s) - 1 - k, -1):
        R += s[i] * np.outer(U[:, i], Vt[i, :])
    return R
""",
    ],
    "slice_rows": [
        """
def best_rank(M, k):
    return M[:k]
""",
        """
def best_rank(M, k):
    R = M.copy()
    R[k:] = 0
    return R
""",
        """
def best_rank(M, k):
    R = np.zeros(M.shape)
    R[:, :k] = M[:, :k]
    return R
""",
        """
def best_rank(M, k):
    strong = np.argsort((M ** 2).sum(axis=1))[::-1][:k]
    R = np.zeros(M.shape)
    for i in strong:
        R[i] = M[i]
    return R
""",
        """
def best_rank(M, k):
    return M[:k, :k]
""",
        """
def best_rank(M, k):
    P = np.diag([1.0] * k + [0.0] * (len(M) - k))
    return P @ M
""",
    ],
    "off_by_one": [
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    R = np.zeros(M.shape)
    for i in range(1, k):
        R += s[i] * np.outer(U[:, i], Vt[i])
    return R
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    s[k + 1:] = 0
    return U @ np.diag(s) @ Vt
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, :k - 1] @ np.diag(s[:k - 1]) @ Vt[:k - 1]
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return (U[:, 1:k + 1] * s[1:k + 1]) @ Vt[1:k + 1]
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return sum(s[i] * np.outer(U[:, i], Vt[i]) for i in range(min(k + 1, len(s))))
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    s = np.array([x if i <= k else 0 for i, x in enumerate(s)])
    return U * s @ Vt
""",
    ],
    "threshold": [
        """
def best_rank(M, k):
    return np.where(np.abs(M) > k, M, 0)
""",
        """
def best_rank(M, k):
    s = np.linalg.svd(M, compute_uv=False)
    R = M.copy()
    R[np.abs(R) < s[min(k, len(s) - 1)]] = 0
    return R
""",
        """
def best_rank(M, k):
    order = np.argsort(np.abs(M).ravel())[::-1][:k]
    R = np.zeros(M.size)
    R[order] = M.ravel()[order]
    return R.reshape(M.shape)
""",
        """
def best_rank(M, k):
    R = M.copy()
    for i in range(len(R)):
        small = np.argsort(abs(R[i]))[:R.shape[1] - k]
        R[i, small] = 0
    return R
""",
        """
def best_rank(M, k):
    return M * (abs(M) >= np.median(abs(M)))
""",
        """
def best_rank(M, k):
    edge = np.percentile(abs(M), 100 * (1 - k / min(M.shape)))
    out = M.copy()
    out[abs(out) <= edge] = 0
    return out
""",
    ],
    "no_sigma": [
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    return np.dot(U[:, :k], Vt[:k])
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    R = np.zeros(M.shape)
    for i in range(k):
        R = R + np.outer(U[:, i], Vt[i])
    return R
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    keep = np.arange(len(s)) < k
    return U @ np.diag(keep) @ Vt
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return np.einsum('ik,kj->ij', U[:, :k], Vt[:k])
""",
    ],
    "v_not_vt": [
        """
def best_rank(M, k):
    U, s, V = np.linalg.svd(M, full_matrices=False)
    return U[:, :k] @ np.diag(s[:k]) @ V.T[:k]
""",
        """
def best_rank(M, k):
    U, s, V = np.linalg.svd(M)
    return sum((s[i] * np.outer(U[:, i], V[:, i]) for i in range(k)), np.zeros(M.shape))
""",
        """
def best_rank(M, k):
    U, s, V = np.linalg.svd(M)
    S = np.zeros(M.shape)
    for i in range(k):
        S[i, i] = s[i]
    return U @ S @ V.T
""",
        """
def best_rank(M, k):
    U, s, V = np.linalg.svd(M, full_matrices=False)
    s = s * (np.arange(len(s)) < k)
    return U @ np.diag(s) @ V.T
""",
    ],
    "uncut": [
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    s[k:] = 0
    return U @ np.diag(s) @ Vt
""",
        """
def best_rank(A, r):
    left, sigma, right = np.linalg.svd(A, full_matrices=True)
    kept = [x if i < r else 0.0 for i, x in enumerate(sigma)]
    return np.dot(np.dot(left, np.diag(kept)), right)
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    s = s * (np.arange(len(s)) < k)
    return (U * s) @ Vt
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    return U @ np.diag(s[:k]) @ Vt
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    return np.matmul(U[:, :k], np.matmul(np.diag(s), Vt[:k]))
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return U @ np.diag(s[:k]) @ Vt
""",
    ],
    "flat_s": [
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    return U[:, :k] @ s[:k] @ Vt[:k, :]
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    s[k:] = 0
    return U @ s @ Vt
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M, full_matrices=False)
    return np.dot(U[:, :k], s[:k]).dot(Vt[:k])
""",
        """
def best_rank(M, k):
    u, s, vt = np.linalg.svd(M)
    u, s, vt = u[:, :k], s[:k], vt[:k]
    return np.matmul(np.matmul(u, s), vt)
""",
    ],
    "not_inserted": [
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    return U[:, :k] @ np.diag(s[:k])
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    return np.diag(s[:k]) @ Vt[:k]
""",
        """
def best_rank(M, k):
    U, s, Vt = np.linalg.svd(M)
    return M @ Vt[:k].T
""",
    ],
}
