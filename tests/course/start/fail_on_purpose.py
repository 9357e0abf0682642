"""Answers to fail-on-purpose: right ones in other words, and known slips in other words."""

TURNS = {"string"}

SAID = {"ask-1": ("in the shape of an array", ["as the mean of some numbers", "nowhere"])}

RIGHT = [
    "answer = 9",
    "answer = 9.0",
    "answer = np.zeros((3, 3)).size",
    "answer = np.prod(np.ones((3, 3)).shape)",
    """
answer = 0
for row in np.eye(3):
    for _ in row:
        answer += 1
""",
    "answer = np.float64(9)",
]

WRONG = {
    "string": [
        'answer = "9"',
        "answer = str(3 * 3)",
        "answer = '9.0'",
        "answer = ' 9\\n'",
    ],
    "one_side": [
        "answer = 3",
        "answer = len(np.zeros((3, 3)))",
        "answer = np.zeros((3, 3)).shape[0]",
    ],
}
