"""Answers to batch-is-a-loop: right ones in other words, and known slips in other words."""

TURNS = {"FX", "XF_when_square", "cols_when_square", "transposed"}

SAID = {"ask-1": ("not in general", ["yes"]), "ask-2": ("(0, 2)", ["(0,)", "(0, 3)", "(2, 0)"])}

RIGHT = [
    """
def apply_rows(F, X):
    return (F @ X.T).T
""",
    """
def apply_rows(F, X):
    return np.einsum('mn,bn->bm', F, X)
""",
    """
def apply_rows(F, X):
    return np.inner(X, F)
""",
    """
def apply_rows(F, X):
    return np.matmul(F, X[:, :, None])[:, :, 0]
""",
    """
def apply_rows(F, X):
    return (X[:, None, :] * F).sum(axis=-1)
""",
    """
def apply_rows(F, X):
    Y = np.empty((len(X), len(F)))
    for i, x in enumerate(X):
        Y[i] = F @ x
    return Y
""",
    """
def apply_rows(F, X):
    return np.tensordot(X, F, axes=(1, 1))
""",
]

WRONG = {
    "FX": [
        """
def apply_rows(F, X):
    return F.dot(X)
""",
        """
def apply_rows(F, X):
    return np.einsum('ij,jk->ik', F, X)
""",
        """
def apply_rows(F, X):
    return np.tensordot(F, X, axes=1)
""",
        """
def apply_rows(F, X):
    if F.shape[1] != len(X):
        raise TypeError('these do not fit')
    return F @ X
""",
        """
def apply_rows(F, X):
    return F @ X if F.shape[0] == F.shape[1] == len(X) else X @ F.T
""",
    ],
    "XF_when_square": [
        """
def apply_rows(F, X):
    return np.dot(X, F)
""",
        """
def apply_rows(F, X):
    return np.einsum('bi,ij->bj', X, F)
""",
        """
def apply_rows(F, X):
    return X @ F if F.shape[0] == F.shape[1] else X @ F.T
""",
        """
def apply_rows(F, X):
    try:
        return X @ F
    except ValueError:
        return X @ F.T
""",
        """
def apply_rows(F, X):
    return np.array([x @ F for x in X])
""",
    ],
    "cols_when_square": [
        """
def apply_rows(F, X):
    return X.T @ F.T
""",
        """
def apply_rows(F, X):
    return np.array([F @ X[:, j] for j in range(X.shape[1])])
""",
        """
def apply_rows(F, X):
    return (F @ X).T if X.shape[0] == F.shape[1] else X @ F.T
""",
        """
def apply_rows(F, X):
    return np.stack([F @ x for x in X.T])
""",
    ],
    "transposed": [
        """
def apply_rows(F, X):
    return np.einsum('mn,bn->mb', F, X)
""",
        """
def apply_rows(F, X):
    return np.inner(F, X)
""",
        """
def apply_rows(F, X):
    return np.column_stack([F @ x for x in X])
""",
        """
def apply_rows(F, X):
    return np.array([F @ x for x in X]).T
""",
    ],
    "no_rows_no_shape": [
        """
def apply_rows(F, X):
    return np.array([F.dot(x) for x in X])
""",
        """
def apply_rows(F, X):
    return np.stack([F @ x for x in X])
""",
        """
def apply_rows(F, X):
    return np.apply_along_axis(lambda x: F @ x, 1, X)
""",
    ],
}
