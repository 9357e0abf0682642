"""Answers to features-times-theta: right ones in other words, and known slips in other words."""

TURNS = {"bias_last", "no_bias", "no_sum", "theta_first"}

SAID = {"ask-1": ("neither", ["the number of parameters", "the predictions", "both"])}

RIGHT = [
    """
def predict(X, theta):
    return np.column_stack([np.ones(len(X)), X]) @ theta
""",
    """
def predict(X, theta):
    return theta[0] + np.dot(X, theta[1:])
""",
    """
def predict(X, theta):
    return np.hstack((np.ones((X.shape[0], 1)), X)).dot(theta)
""",
    """
def predict(X, theta):
    return theta[0] + theta[1:] @ X.T
""",
    """
def predict(X, theta):
    return [theta[0] + sum(x * t for x, t in zip(row, theta[1:])) for row in X]
""",
    """
def predict(X, theta):
    out = np.zeros(X.shape[0])
    for i in range(X.shape[0]):
        out[i] = theta[0]
        for j in range(X.shape[1]):
            out[i] += X[i, j] * theta[j + 1]
    return out
""",
    """
def predict(X, theta):
    return np.einsum('nd,d->n', np.insert(X, 0, 1, axis=1), theta)
""",
    """
def predict(X, theta):
    return (X * theta[1:]).sum(axis=1) + theta[0]
""",
]

WRONG = {
    "bias_last": [
        """
def predict(X, theta):
    return np.column_stack([X, np.ones(len(X))]) @ theta
""",
        """
def predict(X, theta):
    *w, b = theta
    return np.array([np.dot(row, w) + b for row in X])
""",
        """
def predict(X, theta):
    return np.insert(X, X.shape[1], 1, axis=1).dot(theta)
""",
    ],
    "no_bias": [
        """
def predict(X, theta):
    return np.dot(X, theta[1:])
""",
        """
def predict(X, theta):
    return X @ theta[:-1]
""",
        """
def predict(X, theta):
    return [sum(x * t for x, t in zip(row, theta)) for row in X]
""",
        """
def predict(X, theta):
    return np.column_stack([np.zeros(len(X)), X]) @ theta
""",
        """
def predict(X, theta):
    return X @ theta[:X.shape[1]]
""",
    ],
    "no_sum": [
        """
def predict(X, theta):
    return np.hstack([np.ones((len(X), 1)), X]) * theta
""",
        """
def predict(X, theta):
    return X * theta[1:] + theta[0]
""",
        """
def predict(X, theta):
    return X * theta[1:]
""",
        """
def predict(X, theta):
    return np.multiply(np.insert(X, 0, 1, axis=1), theta)
""",
    ],
    "theta_first": [
        """
def predict(X, theta):
    return np.dot(theta, X)
""",
        """
def predict(X, theta):
    return theta @ np.column_stack([np.ones(len(X)), X])
""",
        """
def predict(X, theta):
    return theta[1:] @ X + theta[0]
""",
        """
def predict(X, theta):
    return np.einsum('n,nd->d', theta, X)
""",
    ],
    "all_of_theta": [
        """
def predict(X, theta):
    return X @ theta
""",
        """
def predict(X, theta):
    return np.dot(X, theta) + theta[0]
""",
        """
def predict(X, theta):
    return np.matmul(X, theta)
""",
        """
def predict(data, params):
    bias = params[0]
    return bias + data.dot(params)
""",
        """
def predict(X, theta):
    return np.einsum('ij,j->i', X, theta)
""",
        """
def predict(X, theta):
    return np.array([np.dot(row, theta) for row in X]) if len(X) else X
""",
        """
def predict(X, theta):
    return (X * theta).sum(axis=1)
""",
    ],
    "flat_ones": [
        """
def predict(X, theta):
    return np.concatenate((np.ones(X.shape[0]), X)) @ theta
""",
        """
def predict(X, theta):
    ones = [1] * len(X)
    table = np.hstack((ones, X))
    return np.dot(table, theta)
""",
        """
def predict(X, theta):
    one = np.ones_like(X[:, 0]) if X.shape[1] else np.ones(len(X))
    design = np.hstack([X, one])
    return design @ np.roll(theta, -1)
""",
        """
def predict(X, theta):
    return np.hstack([1, X]) @ theta
""",
    ],
    "column": [
        """
def predict(X, theta):
    return (X @ theta[1:] + theta[0]).reshape(-1, 1)
""",
        """
def predict(X, theta):
    return np.insert(X, 0, 1, axis=1) @ theta[:, None]
""",
        """
def predict(X, theta):
    return X @ theta[1:].reshape(-1, 1) + theta[0]
""",
    ],
}
