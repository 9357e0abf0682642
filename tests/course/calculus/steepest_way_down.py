"""Answers to steepest-way-down: right ones in other words, and known slips in other words."""

TURNS = {"ascent", "unnormalised", "nan", "sign"}

SAID = {
    "ask-1": ("S", ["N", "NE", "E", "SE", "SW", "W", "NW"]),
    "ask-2": ("hardly ever", ["yes, always"]),
}

RIGHT = [
    """
def steepest(g):
    if not g.any():
        return np.zeros_like(g)
    return -g / np.sqrt(np.sum(g ** 2))
""",
    """
import math
def steepest(g):
    size = math.hypot(*g)
    return [-float(part) / size for part in g] if size else [0] * len(g)
""",
    """
def steepest(g):
    length = np.sqrt(g @ g)
    return np.divide(-g, length, out=np.zeros(g.shape), where=length > 0)
""",
    """
def steepest(g):
    return np.nan_to_num(-g / np.linalg.norm(g))
""",
    """
def steepest(g):
    biggest = max(abs(x) for x in g)
    if biggest == 0:
        return 0 * g
    scaled = g / biggest
    return scaled / -np.einsum("i,i->", scaled, scaled) ** 0.5
""",
    """
def steepest(g):
    return -g / (np.linalg.norm(g) + 1e-300)
""",
]

WRONG = {
    "ascent": [
        """
def steepest(g):
    if not g.any():
        return g * 0
    return g / np.sqrt(np.sum(g ** 2))
""",
        """
def steepest(g):
    return g / np.linalg.norm(g)
""",
        """
def steepest(g):
    length = sum(x * x for x in g) ** 0.5
    return np.array([x / length if length else 0.0 for x in g])
""",
    ],
    "unnormalised": [
        """
def steepest(g):
    return -1 * g
""",
        """
def steepest(g):
    return [-x for x in g]
""",
        """
def steepest(g):
    return -0.01 * g
""",
        """
def steepest(g):
    down = np.zeros(g.shape)
    for i in range(len(g)):
        down[i] = 0 - g[i]
    return down
""",
    ],
    "other_length": [
        """
def steepest(g):
    return -g / abs(g).max() if g.any() else np.zeros(g.size)
""",
        """
def steepest(g):
    if not g.any():
        return g + 0
    return -g / np.linalg.norm(g, 1)
""",
        """
def steepest(g):
    return -g / (g @ g) if (g @ g) > 0 else np.zeros(g.size)
""",
        """
def steepest(g):
    size = np.sqrt((g ** 2).mean())
    return np.zeros(g.size) if size == 0 else -g / size
""",
    ],
    "sign": [
        """
def steepest(g):
    return np.where(g > 0, -1.0, np.where(g < 0, 1.0, 0.0))
""",
        """
def steepest(g):
    s = np.sign(g)
    return -s / np.linalg.norm(s) if s.any() else np.zeros(len(g))
""",
        """
def steepest(g):
    return np.array([0.0 if x == 0 else -x / abs(x) for x in g])
""",
    ],
    "nan": [
        """
def steepest(g):
    return -g / np.sqrt(np.sum(g * g))
""",
        """
def steepest(g):
    length = float(np.linalg.norm(g))
    return [-float(x) / length for x in g]
""",
        """
def steepest(g):
    if np.linalg.norm(g) > 0:
        return g / -np.linalg.norm(g)
    return np.full(len(g), np.nan)
""",
    ],
    "padded": [
        """
def steepest(g):
    return -g / (np.linalg.norm(g) + 1e-12)
""",
        """
def steepest(g):
    length = np.linalg.norm(g)
    return np.zeros(len(g)) if length < 1e-8 else -g / length
""",
        """
def steepest(g):
    return np.zeros(g.shape) if np.allclose(g, 0) else -g / np.linalg.norm(g)
""",
        """
def steepest(g):
    return -g / max(np.linalg.norm(g), 1e-6)
""",
        """
def steepest(g):
    return -g / np.sqrt(g @ g + 1e-16)
""",
    ],
    "one_coordinate": [
        """
def steepest(g):
    i = abs(g).argmax()
    return -np.sign(g[i]) * np.eye(len(g))[i]
""",
        """
def steepest(g):
    best = max(range(len(g)), key=lambda i: abs(g[i]))
    v = np.zeros(len(g))
    if g[best] != 0:
        v[best] = -1 if g[best] > 0 else 1
    return v
""",
        """
def steepest(g):
    biggest = np.max(np.abs(g))
    return np.where(np.abs(g) == biggest, -np.sign(g), 0.0)
""",
    ],
    "called_level": [
        """
def steepest(g):
    if not g.all():
        return np.zeros(len(g))
    return -g / np.linalg.norm(g)
""",
        """
def steepest(g):
    if sum(g) == 0:
        return g * 0
    return -g / np.sqrt(np.sum(g ** 2))
""",
        """
def steepest(g):
    return np.zeros(g.shape) if 0 in g else -g / np.linalg.norm(g)
""",
        """
def steepest(g):
    return np.zeros(g.shape) if np.mean(g) == 0 else -g / np.linalg.norm(g)
""",
    ],
    "overwrites": [
        """
def steepest(g):
    length = np.linalg.norm(g)
    g *= -1
    return g / length if length else np.zeros(len(g))
""",
        """
def steepest(g):
    size = np.sqrt(np.sum(g ** 2))
    for i in range(len(g)):
        g[i] = -g[i] / size if size > 0 else 0
    return g
""",
        """
def steepest(g):
    np.negative(g, out=g)
    if g.any():
        g /= np.linalg.norm(g)
    return g.copy()
""",
    ],
}
