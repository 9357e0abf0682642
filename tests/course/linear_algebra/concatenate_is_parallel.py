"""Answers to concatenate-is-parallel: right ones in other words, and known slips in other words."""

TURNS = {"swapped", "summed", "stacked3d"}

SAID = {
    "ask-1": ("(7, 4)", ["(4, 7)", "(7, 8)", "(14, 4)", "(2, 7, 4)"]),
    "ask-2": ("yes, always", ["only if all four are square", "no"]),
}

OUT = """
def fan_out(*Ms):
    return np.vstack(Ms)
"""
IN = """
def fan_in(*Ns):
    return np.hstack(Ns)
"""


def out(body: str) -> str:
    """Return a cell in which fan_in is right."""
    return f"def fan_out(*Ms):\n    {body}\n{IN}"


def into(body: str) -> str:
    """Return a cell in which fan_out is right."""
    return f"{OUT}\ndef fan_in(*Ms):\n    {body}\n"


RIGHT = [
    OUT + IN,
    """
def fan_out(*Ms):
    return np.r_[Ms]
def fan_in(*Ms):
    return np.c_[Ms]
""",
    """
def fan_out(*Ms):
    return np.array([row for M in Ms for row in M])
def fan_in(*Ms):
    return fan_out(*(M.T for M in Ms)).T
""",
    """
def fan_out(first, *others):
    if not others:
        return first
    return np.append(first, fan_out(*others), axis=0)
def fan_in(*Ms):
    whole = Ms[0]
    for M in Ms[1:]:
        whole = np.column_stack([whole, M])
    return whole
""",
    """
def fan_out(*Ms):
    out = np.empty((sum(len(M) for M in Ms), Ms[0].shape[1]))
    at = 0
    for M in Ms:
        out[at:at + len(M)] = M
        at += len(M)
    return out
def fan_in(*Ms):
    return np.array([[x for M in Ms for x in M[i]] for i in range(len(Ms[0]))])
""",
    """
fan_out = lambda *Ms: np.block([[M] for M in Ms])
fan_in = lambda *Ms: np.block([list(Ms)])
""",
    """
def fan_out(*Ms):
    return np.array([list(map(int, row)) for M in Ms for row in M])
def fan_in(*Ms):
    parts, start, width = [], 0, sum(M.shape[1] for M in Ms)
    for M in Ms:
        P = np.eye(width)[start:start + M.shape[1]]
        parts.append(M @ P)
        start += M.shape[1]
    return sum(parts)
""",
]

WRONG = {
    "swapped": [
        "def fan_out(*Ms):\n    return np.hstack(Ms)\n\ndef fan_in(*Ms):\n    return np.vstack(Ms)\n",
        out("return np.concatenate(Ms, axis=-1)"),
        out("return np.array([[x for M in Ms for x in M[i]] for i in range(len(Ms[0]))])"),
        out("return np.block(list(Ms))"),
        out("return np.vstack([M.T for M in Ms]).T"),
        out("return np.column_stack(Ms)"),
    ],
    "summed": [
        out("return np.sum(Ms, axis=0)"),
        out("return np.mean(Ms, axis=0)"),
        out("from functools import reduce; return reduce(np.add, Ms)"),
        out("return np.stack(Ms).sum(axis=0)"),
        """
def fan_out(*Ms):
    total = np.zeros(Ms[0].shape)
    for M in Ms:
        total += M
    return total
def fan_in(*Ms):
    total = np.zeros(Ms[0].shape)
    for M in Ms:
        total += M
    return total
""",
    ],
    "stacked3d": [
        out("return np.array(Ms)"),
        out("return np.stack(Ms, axis=-1)"),
        out("return np.dstack(Ms)"),
        out("return np.concatenate([M[None] for M in Ms])"),
        "def fan_out(*Ms):\n    return np.stack(Ms, axis=0)\ndef fan_in(*Ms):\n    return np.stack(Ms, axis=1)\n",
    ],
    "flat": [
        out("return np.hstack([M.ravel() for M in Ms])"),
        out("from functools import reduce; return reduce(np.append, Ms)"),
        out("return np.array([x for M in Ms for row in M for x in row])"),
        "def fan_out(*Ms):\n    return np.concatenate([M.flatten() for M in Ms])\nfan_in = fan_out\n",
    ],
    "own_input": [
        """
def fan_out(*Ms):
    out = np.zeros((sum(M.shape[0] for M in Ms), sum(M.shape[1] for M in Ms)))
    i = j = 0
    for M in Ms:
        m, n = M.shape
        out[i:i + m, j:j + n] = M
        i, j = i + m, j + n
    return out
"""
        + IN,
        """
def fan_out(*Ms):
    return np.block([[M if i == j else np.zeros((len(M), N.shape[1])) for j, N in enumerate(Ms)]
                     for i, M in enumerate(Ms)])
"""
        + IN,
        """
def fan_out(first, *others):
    if not others:
        return first
    rest = fan_out(*others)
    top = np.hstack([first, np.zeros((first.shape[0], rest.shape[1]))])
    bottom = np.hstack([np.zeros((rest.shape[0], first.shape[1])), rest])
    return np.vstack([top, bottom])
"""
        + IN,
    ],
    "only_two": [
        "def fan_out(A, B):\n    return np.vstack([A, B])\n" + IN,
        out("return np.vstack([Ms[0], Ms[-1]]) if len(Ms) > 1 else np.zeros((0, Ms[0].shape[1]))"),
        out("A, B = Ms; return np.concatenate((A, B))"),
        out("return np.vstack((Ms[0], Ms[1]))"),
    ],
    "swapped_in": [
        into("return np.vstack(Ms)"),
        into("return np.r_[Ms]"),
        into("return np.array([row for M in Ms for row in M])"),
        into("return np.concatenate(Ms)"),
    ],
    "summed_in": [
        into("return sum(Ms)"),
        into("return np.sum(Ms, axis=0)"),
        into("return np.average(Ms, axis=0)"),
        into("from functools import reduce; return reduce(lambda A, B: A + B, Ms)"),
    ],
    "stacked3d_in": [
        into("return np.array(Ms)"),
        into("return np.stack(Ms, axis=1)"),
        into("return np.stack(Ms, axis=2)"),
        into("return np.dstack(Ms)"),
    ],
    "own_output": [
        """
def fan_in(*Ms):
    out = np.zeros((sum(M.shape[0] for M in Ms), sum(M.shape[1] for M in Ms)))
    i = j = 0
    for M in Ms:
        m, n = M.shape
        out[i:i + m, j:j + n] = M
        i, j = i + m, j + n
    return out
"""
        + OUT,
        """
def fan_in(*Ms):
    return np.block([[M if i == j else np.zeros((len(M), N.shape[1])) for j, N in enumerate(Ms)]
                     for i, M in enumerate(Ms)])
"""
        + OUT,
        """
def fan_in(*Ms):
    whole = Ms[0]
    for M in Ms[1:]:
        a, b = np.zeros((len(whole), M.shape[1])), np.zeros((len(M), whole.shape[1]))
        whole = np.block([[whole, a], [b, M]])
    return whole
"""
        + OUT,
    ],
}
