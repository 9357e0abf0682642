"""Answers to how-good-is-good-enough: right ones in other words, and known slips in other words."""

TURNS = {"tiny_h", "not_log", "one_ratio"}

SAID = {"ask-1": ("1", ["0", "2"]), "ask-2": ("2", ["1"]), "ask-3": ("False", ["True"])}

RIGHT = [
    """
def remainder_order(f, model, x0):
    big, small = abs(f(x0 + 0.01) - model(0.01)), abs(f(x0 + 0.001) - model(0.001))
    return np.log10(big / small)
""",
    """
import math
def remainder_order(f, model, x0):
    def size(h):
        return math.log(abs(float(f(x0 + h)) - float(model(h))))
    return (size(0.08) - size(0.002)) / (math.log(0.08) - math.log(0.002))
""",
    """
def remainder_order(f, model, x0):
    h = np.logspace(-1, -3, 20)
    y = np.log2(np.abs(f(x0 + h) - model(h)))
    A = np.column_stack([np.ones_like(h), np.log2(h)])
    coefficients, *_ = np.linalg.lstsq(A, y, rcond=None)
    return coefficients[1]
""",
    """
def remainder_order(f, model, x0):
    orders, h = [], 0.05
    while h > 0.002:
        ratio = abs(f(x0 + h) - model(h)) / abs(f(x0 + h / 2) - model(h / 2))
        orders.append(np.log2(ratio))
        h /= 2
    return np.median(orders)
""",
    """
def remainder_order(f, model, x0):
    h = 10.0 ** -np.arange(1, 5)
    return int(round(np.polyfit(np.log10(h), np.log10(abs(model(h) - f(x0 + h))), 1)[0]))
""",
    """
def remainder_order(f, model, x0):
    h = np.array([0.03, 0.01, 0.003, 0.001])
    x, y = np.log(h), 0.5 * np.log((f(x0 + h) - model(h)) ** 2)
    return np.cov(x, y)[0, 1] / np.var(x, ddof=1)
""",
]

WRONG = {
    "tiny_h": [
        """
def remainder_order(f, model, x0):
    a, b = 1e-8, 1e-9
    ea, eb = abs(f(x0 + a) - model(a)), abs(f(x0 + b) - model(b))
    return np.log(ea / eb) / np.log(a / b)
""",
        """
def remainder_order(f, model, x0):
    h = np.logspace(-8, -12, 9)
    error = np.abs(f(x0 + h) - model(h))
    return np.polyfit(np.log(h), np.log(error + 1e-300), 1)[0]
""",
        """
def remainder_order(f, model, x0):
    h = np.logspace(-6, -10, 5)
    return np.polyfit(np.log(h), np.log(np.abs(f(x0 + h) - model(h))), 1)[0]
""",
        """
def remainder_order(f, model, x0):
    h = 10.0 ** -np.arange(1, 11)
    error = np.maximum(np.abs(f(x0 + h) - model(h)), 1e-17)
    return np.polyfit(np.log(h), np.log(error), 1)[0]
""",
        """
import math
def remainder_order(f, model, x0):
    a, b = (abs(f(x0 + h) - model(h)) for h in (1e-10, 1e-11))
    return math.log10(a / b)
""",
    ],
    "not_log": [
        """
def remainder_order(f, model, x0):
    a, b = 0.1, 0.001
    return (abs(f(x0 + a) - model(a)) - abs(f(x0 + b) - model(b))) / (a - b)
""",
        """
def remainder_order(f, model, x0):
    h = np.linspace(0.001, 0.1, 30)
    return np.polyfit(h, abs(f(x0 + h) - model(h)), 1)[0]
""",
        """
def remainder_order(f, model, x0):
    h = np.array([0.1, 0.03, 0.01, 0.003, 0.001])
    e = np.abs(model(h) - f(x0 + h))
    return np.cov(h, e)[0, 1] / np.var(h, ddof=1)
""",
        """
def remainder_order(f, model, x0):
    h = np.logspace(-3, -1, 10)
    return np.polyfit(np.log(h), np.abs(f(x0 + h) - model(h)), 1)[0]
""",
    ],
    "one_ratio": [
        """
def remainder_order(f, model, x0):
    def err(h):
        return abs(f(x0 + h) - model(h))
    return err(0.01) / err(0.001)
""",
        """
def remainder_order(f, model, x0):
    h = 0.01
    return abs(f(x0 + h) - model(h)) / abs(f(x0 + h / 2) - model(h / 2))
""",
        """
def remainder_order(f, model, x0):
    e = np.abs(f(x0 + np.array([0.01, 0.1])) - model(np.array([0.01, 0.1])))
    return e[0] / e[1]
""",
        """
def remainder_order(f, model, x0):
    h = 10.0 ** -np.arange(1, 4)
    e = np.abs(f(x0 + h) - model(h))
    return np.mean(e[:-1] / e[1:])
""",
    ],
    "no_constant": [
        """
def remainder_order(f, model, x0):
    h = 0.01
    return np.log(abs(f(x0 + h) - model(h))) / np.log(h)
""",
        """
def remainder_order(f, model, x0):
    h = 10.0 ** -np.arange(1, 4)
    return np.mean(np.log10(np.abs(f(x0 + h) - model(h))) / np.log10(h))
""",
        """
import math
def remainder_order(f, model, x0):
    return -math.log10(abs(f(x0 + 0.0001) - model(0.0001))) / 4
""",
    ],
    "no_abs": [
        """
def remainder_order(f, model, x0):
    h = np.array([0.1, 0.01, 0.001])
    return np.polyfit(np.log(h), np.log(f(x0 + h) - model(h)), 1)[0]
""",
        """
import math
def remainder_order(f, model, x0):
    a = math.log(model(0.01) - f(x0 + 0.01))
    b = math.log(model(0.001) - f(x0 + 0.001))
    return (a - b) / math.log(10)
""",
        """
def remainder_order(f, model, x0):
    a, b = model(0.05) - f(x0 + 0.05), model(0.005) - f(x0 + 0.005)
    return np.log10(a) - np.log10(b)
""",
    ],
    "axes_swapped": [
        """
def remainder_order(f, model, x0):
    h = np.logspace(-3, -1, 9)
    return np.polyfit(np.log(np.abs(f(x0 + h) - model(h))), np.log(h), 1)[0]
""",
        """
def remainder_order(f, model, x0):
    ratio = abs(f(x0 + 0.01) - model(0.01)) / abs(f(x0 + 0.001) - model(0.001))
    return np.log(10) / np.log(ratio)
""",
        """
def remainder_order(f, model, x0):
    ratio = abs(f(x0 + 0.02) - model(0.02)) / abs(f(x0 + 0.01) - model(0.01))
    return 1 / np.log2(ratio)
""",
    ],
}
