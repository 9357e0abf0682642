"""Answers to any-function-in-three-steps: right ones in other words, and known slips in other words."""

TURNS = {"no_throw", "over_throw", "insert_all"}

SAID = {
    "ask-1": ("5", ["100", "7"]),
    "ask-2": ("it changes nothing", ["it is missing", "it throws away something all the same"]),
    "explain-1": ("collapse throws away, rename renames, insert inserts", []),
}

RIGHT = [
    """
def factor(f):
    outs = []
    for y in f.values():
        if y not in outs:
            outs.append(y)
    collapse, rename, insert = {}, {}, {}
    for x, y in f.items():
        collapse[x] = [a for a in f if f[a] == y][-1]
        rename[collapse[x]] = "n%d" % outs.index(y)
        insert[rename[collapse[x]]] = y
    return collapse, rename, insert
""",
    """
def factor(f):
    return dict(f), {y: y for y in f.values()}, {y: y for y in f.values()}
""",
    """
from collections import defaultdict
def factor(f):
    groups = defaultdict(set)
    for x, y in f.items():
        groups[y].add(x)
    collapse = {x: frozenset(groups[y]) for x, y in f.items()}
    rename = {frozenset(group): ("name", i) for i, group in enumerate(groups.values())}
    insert = {("name", i): y for i, y in enumerate(groups)}
    return [collapse, rename, insert]
""",
    """
def factor(f):
    if not f:
        return {}, {}, {}
    x = next(iter(f))
    rest = {a: y for a, y in f.items() if y != f[x]}
    collapse, rename, insert = factor(rest)
    for a in f:
        if a not in rest:
            collapse[a] = x
    rename[x] = len(rename)
    insert[rename[x]] = f[x]
    return collapse, rename, insert
""",
    """
def factor(f):
    back = {y: x for x, y in f.items()}
    collapse = {x: back[y] for x, y in f.items()}
    rename = {x: np.int64(i) for i, x in enumerate(set(collapse.values()))}
    insert = {rename[x]: f[x] for x in rename}
    return collapse, rename, insert
""",
]

WRONG = {
    "no_throw": [
        """
def factor(f):
    return {x: x for x in f}, {x: x for x in f}, dict(f)
""",
        """
def factor(f):
    collapse = {x: i for i, x in enumerate(f)}
    rename = {i: "abcdefghij"[i] for i in range(len(f))}
    insert = {"abcdefghij"[i]: y for i, y in enumerate(f.values())}
    return collapse, rename, insert
""",
        """
def factor(f):
    outs = list(dict.fromkeys(f.values()))
    return {x: x for x in f}, {x: outs.index(f[x]) for x in f}, dict(enumerate(outs))
""",
        """
def factor(f):
    return {x: (x, f[x]) for x in f}, {(x, f[x]): str(x) for x in f}, {str(x): f[x] for x in f}
""",
        """
def factor(f):
    collapse, rename, insert = {}, {}, {}
    for i, (x, y) in enumerate(f.items()):
        collapse[x] = i
        rename[i] = y
        insert[y] = y
    return collapse, rename, insert
""",
    ],
    "over_throw": [
        """
def factor(f):
    collapse = {x: i % 2 for i, x in enumerate(f)}
    rename = {r: r for r in collapse.values()}
    insert = {rename[collapse[x]]: y for x, y in f.items()}
    return collapse, rename, insert
""",
        """
def factor(f):
    collapse = {x: len(str(x)) for x in f}
    rename = {n: "n%d" % n for n in collapse.values()}
    insert = {rename[collapse[x]]: f[x] for x in f}
    return collapse, rename, insert
""",
        """
def factor(f):
    collapse, rename, insert = {}, {}, {}
    for x, y in f.items():
        collapse[x] = str(y)[0]
        rename[collapse[x]] = 0
        insert[0] = y
    return collapse, rename, insert
""",
        """
def factor(f):
    xs = list(f)
    return {x: xs[-1] for x in xs}, {x: "it" for x in xs[-1:]}, {"it": f[x] for x in xs[-1:]}
""",
        """
def factor(f):
    collapse = {x: x % 3 if isinstance(x, int) else x for x in f}
    rename = {r: r for r in set(collapse.values())}
    insert = {collapse[x]: f[x] for x in f}
    return collapse, rename, insert
""",
    ],
    "insert_all": [
        """
def factor(f):
    collapse = {x: next(a for a in f if f[a] == f[x]) for x in f}
    rename = {x: x for x in collapse.values()}
    return collapse, rename, dict(f)
""",
        """
def factor(f):
    collapse = {x: [a for a in f if f[a] == f[x]][0] for x in f}
    rename = {x: i for i, x in enumerate(f)}
    insert = {i: f[x] for i, x in enumerate(f)}
    return collapse, rename, insert
""",
        """
def factor(f):
    collapse = {x: [a for a in f if f[a] == f[x]][0] for x in f}
    rename = {x: i for i, x in enumerate(f)}
    insert = {rename[c]: f[c] for c in collapse.values()}
    return collapse, rename, insert
""",
        """
def factor(f):
    last = {y: x for x, y in f.items()}
    collapse = {x: last[f[x]] for x in f}
    rename = {x: str(x) for x in last.values()}
    return collapse, rename, {str(x): f[x] for x in f}
""",
        """
def factor(f):
    reps = {}
    for x in sorted(f, key=str):
        if f[x] not in reps:
            reps[f[x]] = x
    collapse = {x: reps[f[x]] for x in f}
    rename = {r: chr(65 + i) for i, r in enumerate(reps.values())}
    insert = {rename[r]: f[r] for r in rename}
    insert["unused"] = None
    return collapse, rename, insert
""",
    ],
    "backwards": [
        """
def factor(f):
    back = {y: x for x, y in f.items()}
    collapse = {x: back[f[x]] for x in f}
    rename = {i: x for i, x in enumerate(back.values())}
    insert = {i: y for i, y in enumerate(back)}
    return collapse, rename, insert
""",
        """
def factor(f):
    back = {y: x for x, y in f.items()}
    collapse = {x: back[f[x]] for x in f}
    rename = {x: "n" + str(i) for i, x in enumerate(back.values())}
    insert = {f[x]: n for x, n in rename.items()}
    return collapse, rename, insert
""",
        """
def factor(f):
    outs = list(set(f.values()))
    collapse = dict(f)
    rename = {100 + i: y for i, y in enumerate(outs)}
    insert = {y: 100 + i for i, y in enumerate(outs)}
    return collapse, rename, insert
""",
        """
def factor(f):
    outputs = sorted(set(f.values()), key=str)
    collapse = {x: outputs.index(f[x]) for x in f}
    rename = {i: "n" + str(i) for i in range(len(outputs))}
    insert = {y: "n" + str(i) for i, y in enumerate(outputs)}
    return collapse, rename, insert
""",
    ],
    "groups_listed": [
        """
def factor(f):
    collapse = {y: [x for x in f if f[x] == y] for y in f.values()}
    rename = {y: i for i, y in enumerate(collapse)}
    insert = {i: y for y, i in rename.items()}
    return collapse, rename, insert
""",
        """
def factor(f):
    collapse = {}
    for x, y in f.items():
        collapse.setdefault(y, set()).add(x)
    rename = {y: y for y in collapse}
    return collapse, rename, rename
""",
        """
def factor(f):
    collapse = {y: x for x, y in f.items()}
    rename = {x: i for i, x in enumerate(collapse.values())}
    insert = {rename[collapse[y]]: y for y in collapse}
    return collapse, rename, insert
""",
        """
def factor(f):
    collapse = {}
    for x in f:
        for a in f:
            if a != x and f[a] == f[x]:
                collapse[x] = f[x]
    rename = {y: y for y in f.values()}
    return collapse, rename, rename
""",
    ],
}
