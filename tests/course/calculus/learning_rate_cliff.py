"""Answers to learning-rate-cliff: right ones in other words, and known slips in other words."""

TURNS = {"one_over", "lambda_min", "trace", "fro"}

SAID = {
    "ask-1": (
        "it jumps to and fro for ever",
        ["it creeps to the minimum", "it lands on the minimum", "it blows up"],
    ),
    "ask-2": ("0.125", ["0.25", "8", "0"]),
}

RIGHT = [
    """
def max_lr(A):
    return 2 / np.linalg.norm(A, 2)
""",
    """
def max_lr(A):
    v = np.arange(1.0, len(A) + 1)
    for _ in range(500):
        v = A @ v
        v /= np.linalg.norm(v)
    return 2 / float(v @ A @ v)
""",
    """
def max_lr(A):
    return 2.0 / max(np.roots(np.poly(A)).real)
""",
    """
def max_lr(A):
    def explodes(lr):
        x = 1.0 + np.arange(len(A)) ** 2
        first = np.abs(x).max()
        for _ in range(3000):
            x = x - lr * A @ x
            if np.abs(x).max() > 1e3 * first:
                return True
        return False
    low, high = 0.0, 1.0
    while not explodes(high):
        high *= 2
    while high - low > 1e-3 * high:
        middle = (low + high) / 2
        if explodes(middle):
            high = middle
        else:
            low = middle
    return low
""",
    """
def max_lr(A):
    s = np.linalg.svd(A, compute_uv=False)
    return min(2 / value for value in s)
""",
    """
def max_lr(A):
    scale = np.trace(A)
    B = A / scale
    root = 1.0
    for _ in range(10):
        B = B @ B
        root = root / 2
        size = np.trace(B)
        B = B / size
        scale = scale * size ** root
    return 2 / scale
""",
    """
def max_lr(A):
    return 1.999 / np.max(np.linalg.eigvalsh(A))
""",
]

WRONG = {
    "one_over": [
        """
def max_lr(A):
    return 1 / np.linalg.norm(A, 2)
""",
        """
def max_lr(A):
    return min(1 / value for value in np.linalg.svd(A)[1])
""",
        """
def max_lr(A):
    # The largest step that never overshoots.
    w = np.linalg.eigvalsh(A)
    lr = 1e-4
    while np.all(1 - lr * 1.005 * w >= 0):
        lr *= 1.005
    return lr
""",
        """
def max_lr(A):
    v = np.arange(1.0, len(A) + 1)
    for _ in range(300):
        v = A @ v / np.linalg.norm(A @ v)
    return 1 / (v @ A @ v)
""",
    ],
    "lambda_min": [
        """
def max_lr(A):
    # The largest step at which some direction still shrinks.
    w, lr = np.linalg.eigvalsh(A), 1e-3
    while np.any(np.abs(1 - lr * w) < 1):
        lr *= 1.002
    return lr
""",
        """
def max_lr(A):
    w, _ = np.linalg.eigh(A)
    return 2 / w.min()
""",
        """
def max_lr(A):
    return max(2 / value for value in np.linalg.eigvalsh(A))
""",
        """
def max_lr(A):
    return 2 * np.linalg.norm(np.linalg.inv(A), 2)
""",
        """
def max_lr(A):
    return 1 / np.linalg.svd(A, compute_uv=False)[-1]
""",
    ],
    "trace": [
        """
def max_lr(A):
    return 2 / np.linalg.eigvalsh(A).sum()
""",
        """
def max_lr(A):
    return 1 / sum(A[i, i] for i in range(len(A)))
""",
        """
def max_lr(A):
    return 2 / np.mean(np.linalg.eigvalsh(A))
""",
        """
def max_lr(A):
    return 2 / np.linalg.norm(A, 'nuc')
""",
    ],
    "fro": [
        """
def max_lr(A):
    return 2 / np.sqrt((A ** 2).sum())
""",
        """
def max_lr(A):
    return 1 / np.linalg.norm(A)
""",
        """
def max_lr(A):
    w = np.linalg.eigvalsh(A)
    return 2 / np.sqrt(w @ w)
""",
        """
def max_lr(A):
    return 2 / sum(entry * entry for row in A for entry in row) ** 0.5
""",
    ],
    "diagonal": [
        """
def max_lr(A):
    return min(2 / A[i, i] for i in range(len(A)))
""",
        """
def max_lr(A):
    return 2 / A.max()
""",
        """
def max_lr(A):
    return 1 / np.max(np.diagonal(A))
""",
        """
def max_lr(A):
    curvature = [e @ A @ e for e in np.eye(len(A))]
    return 2 / max(curvature)
""",
    ],
    "row_sum": [
        """
def max_lr(A):
    return 2 / np.linalg.norm(A, np.inf)
""",
        """
def max_lr(A):
    return min(2 / sum(abs(entry) for entry in row) for row in A)
""",
        """
def max_lr(A):
    # Each eigenvalue lies in one of these discs.
    right = [A[i, i] + np.abs(np.delete(A[i], i)).sum() for i in range(len(A))]
    return 1 / max(right)
""",
    ],
    "best_step": [
        """
def max_lr(A):
    w = np.linalg.eigvalsh(A)
    return 2 / (w.min() + w.max())
""",
        """
def max_lr(A):
    w = np.linalg.eigvalsh(A)
    return 1 / np.mean([w[0], w[-1]])
""",
        """
def max_lr(A):
    s = np.linalg.svd(A)[1]
    steps = np.linspace(0, 2 / s[0], 4001)[1:]
    return min(steps, key=lambda lr: np.abs(1 - lr * s).max())
""",
    ],
    "upside_down": [
        """
def max_lr(A):
    return 2 * np.linalg.eigvalsh(A).max()
""",
        """
def max_lr(A):
    return np.linalg.norm(A, 2)
""",
        """
def max_lr(A):
    return max(np.linalg.eigvalsh(A)) / 2
""",
    ],
}
