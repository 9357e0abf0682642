"""Answers to tensor-contraction: right ones in other words, and known slips in other words."""

TURNS = {"dotT", "no_scale", "scale_d", "no_swap"}

SAID = {
    "ask-1": ("(4, 3, 2)", ["(2, 4, 3)", "(3, 2, 4)", "(2, 3, 4)"]),
    "breaks-1": (
        {"Q": "[[[[1, 2]]]]", "K": "[[[[1, 2], [3, 4]]]]"},
        [{"Q": "[[[[1, 2]]]]", "K": "[[[[1, 2]]]]"}, {"Q": "[[[[1, 2]]]]", "K": "[[[[1, 2], [2, 4]]]]"}],
    ),
}

RIGHT = [
    """
def scores(Q, K):
    return np.einsum('bhtd,bhsd->bhts', Q, K) / np.sqrt(Q.shape[-1])
""",
    """
def scores(Q, K):
    b, h, t, d = Q.shape
    out = np.zeros((b, h, t, K.shape[2]))
    for i in range(b):
        for j in range(h):
            for k in range(t):
                for l in range(K.shape[2]):
                    for m in range(d):
                        out[i, j, k, l] += Q[i, j, k, m] * K[i, j, l, m]
    return out / d ** 0.5
""",
    """
def scores(Q, K):
    return (Q[..., :, None, :] * K[..., None, :, :]).sum(-1) * Q.shape[3] ** -0.5
""",
    """
def scores(Q, K):
    return np.matmul(Q / np.sqrt(K.shape[-1]), K.transpose(0, 1, 3, 2))
""",
    """
def scores(Q, K):
    return np.array([[q @ k.T for q, k in zip(qs, ks)] for qs, ks in zip(Q, K)]) / np.sqrt(K.shape[3])
""",
    """
def scores(Q, K):
    root = Q.shape[-1] ** 0.25
    return (Q / root) @ np.moveaxis(K / root, -1, -2)
""",
    """
def scores(Q, K):
    b, h, t, d = Q.shape
    q, k = Q.reshape(b * h, t, d), K.reshape(b * h, -1, d)
    return np.stack([np.inner(x, y) for x, y in zip(q, k)]).reshape(b, h, t, -1) / np.sqrt(d)
""",
]

WRONG = {
    "no_swap": [
        """
def scores(Q, K):
    return Q @ K / np.sqrt(Q.shape[-1])
""",
        """
def scores(Q, K):
    return np.matmul(Q, K) / Q.shape[3] ** 0.5
""",
        """
def scores(Q, K):
    return np.einsum('bhtd,bhds->bhts', Q, K) / np.sqrt(Q.shape[-1])
""",
        """
def scores(Q, K):
    try:
        return Q @ K / np.sqrt(K.shape[-1])
    except ValueError:
        return Q @ K.swapaxes(2, 3) / np.sqrt(K.shape[-1])
""",
        """
def scores(Q, K):
    return Q @ K
""",
    ],
    "dotT": [
        """
def scores(Q, K):
    return np.matmul(Q, K.T) / np.sqrt(K.shape[-1])
""",
        """
def scores(Q, K):
    return Q @ np.transpose(K) / Q.shape[-1] ** 0.5
""",
        """
def scores(Q, K):
    return Q @ K.T
""",
        """
def scores(Q, K):
    return np.dot(Q, K.T) / np.sqrt(Q.shape[-1])
""",
        """
def scores(Q, K):
    return np.einsum('bhtd,bhds->bhts', Q, np.swapaxes(np.swapaxes(K, 0, 3), 1, 2)) / np.sqrt(K.shape[-1])
""",
    ],
    "no_scale": [
        """
def scores(Q, K):
    return Q @ K.swapaxes(-1, -2)
""",
        """
def scores(Q, K):
    return (Q[:, :, :, None] * K[:, :, None]).sum(axis=-1)
""",
        """
def scores(Q, K):
    return np.array([[np.inner(q, k) for q, k in zip(qs, ks)] for qs, ks in zip(Q, K)])
""",
    ],
    "scale_d": [
        """
def scores(Q, K):
    return Q @ K.swapaxes(-1, -2) / K.shape[3]
""",
        """
def scores(Q, K):
    return (Q[:, :, :, None] * K[:, :, None]).mean(axis=-1)
""",
        """
def scores(Q, K):
    d = Q.shape[-1]
    return np.matmul(Q / d, np.transpose(K, (0, 1, 3, 2)))
""",
    ],
    "scale_other": [
        """
def scores(Q, K):
    return Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[2])
""",
        """
def scores(Q, K):
    b, d, t, s = Q.shape
    return np.einsum('bhtd,bhsd->bhts', Q, K) / np.sqrt(d)
""",
        """
def scores(Q, K):
    S = np.einsum('bhtd,bhsd->bhts', Q, K)
    return S / np.sqrt(S.shape[-1])
""",
        """
def scores(Q, K):
    return np.einsum('bhtd,bhsd->bhts', Q, K) / np.sqrt(len(Q))
""",
    ],
    "turned": [
        """
def scores(Q, K):
    return K @ Q.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
""",
        """
def scores(Q, K):
    return np.einsum('bhtd,bhsd->bhst', Q, K) / np.sqrt(Q.shape[-1])
""",
        """
def scores(Q, K):
    return np.einsum('bhtd,bhsd->bhst', Q, K)
""",
        """
def scores(Q, K):
    return np.array([[k @ q.T for q, k in zip(qs, ks)] for qs, ks in zip(Q, K)]) / K.shape[-1] ** 0.5
""",
    ],
    "all_with_all": [
        """
def scores(Q, K):
    return np.inner(Q, K) / np.sqrt(Q.shape[-1])
""",
        """
def scores(Q, K):
    return np.dot(Q, K.swapaxes(-1, -2)) / np.sqrt(Q.shape[-1])
""",
        """
def scores(Q, K):
    return np.einsum('bhtd,cgsd->bhtcgs', Q, K)
""",
    ],
    "no_sum": [
        """
def scores(Q, K):
    return np.einsum('bhtd,bhsd->bhtsd', Q, K) / np.sqrt(Q.shape[-1])
""",
        """
def scores(Q, K):
    return Q[..., None, :] * K[:, :, None]
""",
        """
def scores(Q, K):
    d = Q.shape[-1]
    return np.expand_dims(Q, 3) * np.expand_dims(K, 2) / d ** 0.5
""",
    ],
}
