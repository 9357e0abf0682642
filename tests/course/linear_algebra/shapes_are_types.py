"""Answers to shapes-are-types: right ones in other words, and known slips in other words."""

TURNS = {"outer", "vec_is_col", "dot_is_1", "broadcast"}

SAID = {
    "ask-1": ("()", ["(1,)", "(3,)", "(3, 3)"]),
    "breaks-1": ({"left": "(2, 3)", "right": "(3, 4)"}, [{"left": "(4, 4)", "right": "(4, 4)"}]),
}

RIGHT = [
    """
def matmul_shape(left, right):
    a = (1,) + tuple(left) if len(left) == 1 else tuple(left)
    b = tuple(right) + (1,) if len(right) == 1 else tuple(right)
    if a[-1] != b[-2]:
        return None
    batch = []
    for i in range(1, max(len(a), len(b)) - 1):
        p = a[-2 - i] if i + 2 <= len(a) else 1
        q = b[-2 - i] if i + 2 <= len(b) else 1
        if p != q and p != 1 and q != 1:
            return None
        batch.insert(0, max(p, q))
    out = batch
    if len(left) > 1:
        out = out + [a[-2]]
    if len(right) > 1:
        out = out + [b[-1]]
    return tuple(out)
""",
    """
def matmul_shape(left: tuple, right: tuple):
    *lead_l, k = left
    if len(right) == 1:
        return tuple(lead_l) if right == (k,) else None
    *lead_r, k2, p = right
    if k != k2:
        return None
    if len(left) == 1:
        return (*lead_r, p)
    *lead_l, m = lead_l
    try:
        return (*np.broadcast_shapes(tuple(lead_l), tuple(lead_r)), m, p)
    except ValueError:
        return None
""",
    """
from itertools import zip_longest
def matmul_shape(l, r):
    if l[-1] != r[-2:][0]:
        return None
    pairs = list(zip_longest(l[:-2][::-1], r[:-2][::-1], fillvalue=1))
    if not all(a == b or 1 in (a, b) for a, b in pairs):
        return None
    batch = tuple(np.int64(b if a == 1 else a) for a, b in pairs)[::-1]
    return batch + tuple(l[-2:-1]) + (r[-1:] if len(r) >= 2 else ())
""",
]

WRONG = {
    "outer": [
        """
def matmul_shape(left, right):
    return (left[-1], right[0]) if left[0] == right[-1] else None
""",
        """
def matmul_shape(left, right):
    if left[0] != right[-1]:
        return None
    return left[:-1] + right[1:]
""",
        """
def matmul_shape(left, right):
    m, n = left
    k, p = right
    return (n, k) if m == p else None
""",
        """
def matmul_shape(left, right):
    if len(left) == 1 or len(right) == 1:
        return () if left == right else None
    if left[-2] == right[-1]:
        return left[:-2] + (left[-2], right[-1])
""",
    ],
    "vec_is_col": [
        """
def matmul_shape(left, right):
    if len(right) == 1:
        right = (right[0], 1)
    if len(left) == 1:
        left = (left[0], 1)
    return (left[0], right[1]) if left[1] == right[0] else None
""",
        """
def matmul_shape(left, right):
    if len(right) == 1:
        right = right + (1,)
    if len(left) == 1:
        left = (1,) + left
    if left[-1] != right[-2]:
        return None
    try:
        return np.broadcast_shapes(left[:-2], right[:-2]) + (left[-2], right[-1])
    except ValueError:
        return None
""",
        """
def matmul_shape(left, right):
    if len(left) == len(right) == 1:
        return () if left == right else None
    if len(right) == 1:
        return (*left[:-1], 1) if left[-1] == right[0] else None
    if len(left) == 1:
        return right[1:] if left[0] == right[0] else None
    return (*left[:-1], right[-1]) if left[-1] == right[-2] else None
""",
    ],
    "dot_is_1": [
        """
def matmul_shape(left, right):
    a = (1,) + tuple(left) if len(left) == 1 else tuple(left)
    b = tuple(right) + (1,) if len(right) == 1 else tuple(right)
    if a[-1] != b[-2]:
        return None
    batch = []
    for i in range(1, max(len(a), len(b)) - 1):
        p = a[-2 - i] if i + 2 <= len(a) else 1
        q = b[-2 - i] if i + 2 <= len(b) else 1
        if p != q and p != 1 and q != 1:
            return None
        batch.insert(0, max(p, q))
    out = batch
    if len(left) > 1:
        out = out + [a[-2]]
    if len(right) > 1:
        out = out + [b[-1]]
    return tuple(out) or (1,)
""",
        """
def matmul_shape(left, right):
    if len(left) == 1 and len(right) == 1:
        return (1,) if left[0] == right[0] else None
    if left[-1] != right[-2:][0]:
        return None
    return left[:-1] + (right[-1:] if len(right) > 1 else ())
""",
        """
def matmul_shape(left, right):
    if left[-1] != right[-2:][0]:
        return None
    out = list(left[:-1]) + list(right[:-2]) + list(right[-1:] if len(right) > 1 else ())
    return tuple(out) if out else (1,)
""",
    ],
    "broadcast": [
        """
def matmul_shape(left, right):
    try:
        return np.broadcast_shapes(left, right)
    except ValueError:
        return None
""",
        """
def matmul_shape(left, right):
    return left if left == right else None
""",
        """
from itertools import zip_longest
def matmul_shape(left, right):
    out = []
    for a, b in zip_longest(reversed(left), reversed(right), fillvalue=1):
        if a != b and 1 not in (a, b):
            return None
        out.append(max(a, b))
    return tuple(out[::-1])
""",
    ],
    "longer_batch": [
        """
def matmul_shape(left, right):
    inner = right[0] if len(right) == 1 else right[-2]
    if left[-1] != inner:
        return None
    lead = left[:-2] if len(left) > len(right) else right[:-2]
    return (*lead, *left[-2:-1], *(right[-1:] if len(right) > 1 else ()))
""",
        """
def matmul_shape(left, right):
    rows, columns = left[-2:-1], (right[-1:] if len(right) > 1 else ())
    fits = left[-1] == (right[-2] if len(right) > 1 else right[0])
    more = right if len(right) >= len(left) else left
    return more[:-2] + rows + columns if fits else None
""",
    ],
    "too_big_to_build": [
        """
def matmul_shape(left, right):
    try:
        return (np.zeros(left) @ np.zeros(right)).shape
    except ValueError:
        return None
""",
        """
def matmul_shape(left, right):
    try:
        return np.matmul(np.empty(left), np.empty(right)).shape
    except Exception:
        return None
""",
        """
def matmul_shape(left, right):
    try:
        return np.matmul(np.ones(left, 'i1'), np.ones(right, 'i1')).shape
    except ValueError:
        return None
""",
    ],
}
