"""Answers to tangent-model: right ones in other words, and known slips in other words."""

TURNS = {"change_only", "absolute_x", "moving_slope", "wrong_point"}

SAID = {
    "ask-1": ("below it", ["above it"]),
    "ask-2": ("nothing changes", ["it goes up a little", "it goes down a little"]),
}

RIGHT = [
    """
def tangent(f, df, x0):
    return lambda eps: f(x0) + df(x0) * eps
""",
    """
def tangent(f, df, x0):
    return np.poly1d([df(x0), f(x0)])
""",
    """
class Line:
    def __init__(self, start, slope):
        self.start, self.slope = start, slope
    def __call__(self, step):
        return np.dot([self.start, self.slope], [1, step])

def tangent(f, df, x0):
    return Line(f(x0), df(x0))
""",
    """
from functools import partial

def line(value, slope, step):
    return value + step * slope

def tangent(f, df, x0):
    return partial(line, f(x0), df(x0))
""",
    """
def tangent(f, df, x0):
    x0 = np.asarray(x0)
    def at(x):
        return df(x0) * x + (f(x0) - df(x0) * x0)
    def model(h=0):
        return np.array(at(x0 + h))
    return model
""",
]

WRONG = {
    "change_only": [
        """
def tangent(f, df, x0):
    def L(eps):
        return df(x0) * eps
    return L
""",
        """
def tangent(f, df, x0):
    return np.poly1d([df(x0), 0])
""",
        """
def tangent(f, df, x0):
    def L(eps):
        there = f(x0) + df(x0) * eps
        return there - f(x0)
    return L
""",
    ],
    "absolute_x": [
        """
def tangent(f, df, x0):
    def L(eps):
        x = x0 + eps
        return f(x0) + df(x0) * x
    return L
""",
        """
def tangent(f, df, x0):
    m, b = df(x0), f(x0)
    return lambda e: m * x0 + m * e + b
""",
        """
def tangent(f, df, x0):
    return lambda eps: df(x0) * (x0 + eps)
""",
    ],
    "moving_slope": [
        """
def tangent(f, df, x0):
    def L(eps):
        x = x0 + eps
        return f(x0) + (x - x0) * df(x)
    return L
""",
        """
def tangent(f, df, x0):
    start = f(x0)
    return lambda e: e * df(e + x0) + start
""",
        """
def tangent(f, df, x0):
    return lambda e: f(x0) + e * (df(x0) + df(x0 + e)) / 2
""",
        """
def tangent(f, df, x0):
    def L(eps):
        value, n = f(x0), 1
        for k in range(n):
            value += df(x0 + eps * (k + 1) / n) * eps / n
        return value
    return L
""",
    ],
    "wrong_point": [
        """
def tangent(f, df, x0):
    def L(eps):
        slope = df(eps)
        return f(x0) + slope * eps
    return L
""",
        """
def tangent(f, df, x0):
    return lambda eps: f(x0 + eps) + df(x0) * eps
""",
        """
def tangent(f, df, x0):
    def L(eps):
        return f(eps) + df(x0) * eps
    return L
""",
        """
def tangent(f, df, x0):
    value, slope = f(0), df(0)
    return lambda step: value + slope * step
""",
        """
def tangent(f, df, x0):
    y0 = f(x0)
    m = df(y0)
    return lambda eps: y0 + m * eps
""",
    ],
    "takes_x": [
        """
def tangent(f, df, x0):
    def L(x):
        return f(x0) + df(x0) * (x - x0)
    return L
""",
        """
def tangent(f, df, x0):
    m = df(x0)
    b = f(x0) - m * x0
    return lambda x: m * x + b
""",
        """
def tangent(f, df, x0):
    return lambda eps: f(x0) + df(x0) * (x0 - eps)
""",
    ],
    "the_truth_itself": [
        """
def tangent(f, df, x0):
    def L(eps):
        return f(x0 + eps)
    return L
""",
        """
def tangent(f, df, x0):
    return lambda eps: f(x0) + (f(x0 + eps) - f(x0)) / eps * eps if eps else f(x0)
""",
        """
def tangent(f, df, x0):
    def L(eps):
        n = 4000
        xs = x0 + (np.arange(n) + 0.5) * eps / n
        return f(x0) + df(xs).sum() * eps / n
    return L
""",
    ],
    "no_function": [
        """
def tangent(f, df, x0):
    eps = 0.1
    return f(x0) + df(x0) * eps
""",
        """
def tangent(f, df, x0):
    def L(eps):
        return f(x0) + df(x0) * eps
    return L(0)
""",
        """
def tangent(f, df, x0):
    return df(x0)
""",
        """
def tangent(f, df, x0, eps=0.01):
    return f(x0) + eps * df(x0)
""",
    ],
}
