"""Answers to verbs-as-matrices: right ones in other words, and known slips in other words."""

TURNS = {"upper", "drop_last", "zeroed", "reverse"}

SAID = {"spot-1": ([2], [[0], [1], [3]]), "explain-1": ("Because of its shape.", [])}

RIGHT = [
    """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    """
running_total = lambda n: np.cumsum(np.eye(n), axis=0)
drop_first = lambda n: np.eye(n - 1, n, k=1)
def swap_ends(n):
    M = np.zeros((n, n), dtype=int)
    for i in range(n):
        M[i, n - 1 if i == 0 else 0 if i == n - 1 else i] = 1
    return M
""",
    """
def running_total(n):
    return np.array([[1 if j <= i else 0 for j in range(n)] for i in range(n)])
def drop_first(n):
    return np.delete(np.identity(n), 0, axis=0)
def swap_ends(n):
    M = np.eye(n)
    M[0, 0] = M[-1, -1] = 0
    M[0, -1] = M[-1, 0] = 1
    return M
""",
    """
def running_total(n):
    return np.tri(n, dtype=bool)
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
]

WRONG = {
    "upper": [
        """
def running_total(n):
    return np.triu(np.ones((n, n)))
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n).T
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)[:, ::-1]
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n, dtype=int)[::-1]
def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    ],
    "two_lengths": [
        """
def running_total(n):
    M = np.zeros(n, n)
    for i in range(n):
        for j in range(i + 1):
            M[i, j] = 1
    return M

def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    M = np.eye(n)
    M[[0, -1]] = M[[-1, 0]]
    return M
""",
        """
def running_total(size):
    table = np.empty(size, size)
    for row in range(size):
        table[row] = [1] * (row + 1) + [0] * (size - row - 1)
    return table

def drop_first(n):
    return np.eye(n)[1:]

def swap_ends(n):
    M = np.eye(n)
    M[[0, -1]] = M[[-1, 0]]
    return M
""",
        """
def running_total(n):
    return np.tril(np.full((n, n), 1.0) * np.ones(n, n))

def drop_first(n):
    M = np.zeros(n - 1, n)
    for i in range(n - 1):
        M[i, i + 1] = 1
    return M

def swap_ends(n):
    M = np.eye(n)
    M[[0, -1]] = M[[-1, 0]]
    return M
""",
    ],
    "drop_last": [
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n - 1, n)

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.delete(np.eye(n, dtype=int), -1, 0)

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.hstack([np.eye(n - 1), np.zeros((n - 1, 1))])

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    ],
    "zeroed": [
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    M = np.eye(n)
    M[0, 0] = 0
    return M

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.diag([0] + [1] * (n - 1))

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n, k=1)

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    ],
    "nothing_left": [
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.array([np.eye(n)[i] for i in range(1, n)])

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.vstack([np.eye(n)[i] for i in range(1, n)])

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(max(n - 1, 1), n, k=1)

def swap_ends(n):
    order = list(range(n))
    order[0], order[-1] = order[-1], order[0]
    return np.eye(n)[order]
""",
    ],
    "reverse": [
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n)[1:]
def swap_ends(n):
    return np.fliplr(np.eye(n))
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n)[1:]
def swap_ends(n):
    return np.eye(n, dtype=int)[::-1]
""",
        """
def running_total(n):
    return np.tri(n)
def drop_first(n):
    return np.eye(n)[1:]
def swap_ends(n):
    M = np.zeros((n, n))
    for i in range(n):
        M[i, n - 1 - i] = 1
    return M
""",
    ],
}
