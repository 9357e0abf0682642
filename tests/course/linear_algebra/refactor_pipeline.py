"""Answers to refactor-pipeline: right ones in other words, and known slips in other words."""

TURNS = {"reading_order", "elementwise", "first_two"}

SAID = {"ask-1": ("sometimes", ["always", "never"]), "explain-1": ("Because of its shape.", [])}

RIGHT = [
    """
from functools import reduce
def collapse(*stages):
    return reduce(lambda whole, stage: stage @ whole, stages)
""",
    """
def collapse(*stages):
    M = np.eye(stages[0].shape[1])
    for S in stages:
        M = np.dot(S, M)
    return M
""",
    """
def collapse(*stages):
    return np.linalg.multi_dot(stages[::-1]) if len(stages) > 1 else stages[0]
""",
    """
def collapse(first, *rest):
    return collapse(rest[0] @ first, *rest[1:]) if rest else first
""",
    """
def collapse(*s):
    m = s[-1]
    for t in s[-2::-1]:
        m = np.einsum('ij,jk->ik', m, t)
    return m
""",
    """
def collapse(*stages):
    def run(v):
        for stage in stages:
            v = stage @ v
        return v
    return np.array([run(e) for e in np.eye(stages[0].shape[1])]).T
""",
]

WRONG = {
    "reading_order": [
        """
from functools import reduce
def collapse(*stages):
    return reduce(np.matmul, stages)
""",
        """
def collapse(*stages):
    M = np.eye(stages[0].shape[0])
    for S in stages:
        M = M @ S
    return M
""",
        """
def collapse(*stages):
    return np.linalg.multi_dot(stages)
""",
        """
def collapse(*stages):
    M = np.eye(stages[0].shape[1])
    for S in stages:
        M = M @ S
    return M
""",
        """
def collapse(*stages):
    M = stages[-1]
    for S in stages[:-1][::-1]:
        M = np.dot(S, M)
    return M
""",
    ],
    "elementwise": [
        """
def collapse(*stages):
    return np.prod(stages, axis=0)
""",
        """
from functools import reduce
def collapse(*stages):
    return reduce(np.multiply, stages)
""",
        """
def collapse(*stages):
    M = 1
    for S in stages[::-1]:
        M = M * S
    return M
""",
    ],
    "first_two": [
        """
def collapse(first, second):
    return second @ first
""",
        """
def collapse(*stages):
    return stages[1] @ stages[0]
""",
        """
def collapse(first, second=None, *more):
    return first if second is None else np.dot(second, first)
""",
        """
def collapse(*stages):
    M = stages[0]
    for S in stages[1:2]:
        M = S @ M
    return M
""",
        """
def collapse(*stages):
    for S in stages[1:]:
        return S @ stages[0]
    return stages[0]
""",
    ],
}
