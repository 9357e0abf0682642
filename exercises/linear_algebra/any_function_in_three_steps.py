"""Throw away, rename, insert — for any function
- When may two inputs of $f$ be treated as if they were the same?
- Let $f$ send 1 to `'a'`, 2 to `'b'` and 3 to `'a'`. After $f$ nobody can tell 1 from 3. So throw that difference away
  first: 1 and 3 both become 1, and 2 stays. Two things are left, for two outputs.
- Group the inputs by their output, and choose one representative for each group. The first dictionary sends every input
  to the representative of its group, the second numbers the representatives, the third sends each number to the output
  of that group."""

from math4ml_lab.exercise import ask, case, check, exercise, explain, inputs, mistake, solution, symptom, view

exercise(points=3, needs=["refactor-pipeline"], video="LA@1519")

ask(
    "`f` is `len` on 100 words of 3 to 7 letters; each of these lengths occurs. How many representatives are there?",
    number=5,
    follow_up="After `len`, which words can nobody tell apart? How many groups do they fall into?",
)
ask(
    "No two inputs of a one-to-one function have the same output, so there is nothing to throw away. What about the "
    "first step?",
    choices=["it is missing", "it changes nothing", "it throws away something all the same"],
    right="it changes nothing",
    follow_up={
        "it is missing": "A step that hands on each thing as it is: which function is that?",
        "it throws away something all the same": "Which two inputs would it merge, and what does f say about them?",
    },
)


@solution
def factor(f):
    first = {}
    for x in f:
        first.setdefault(f[x], x)
    collapse = {x: first[f[x]] for x in f}
    rename = {x: number for number, x in enumerate(first.values())}
    insert = {rename[x]: f[x] for x in first.values()}
    return collapse, rename, insert


inputs(
    case(f={1: "a", 2: "b", 3: "a"}),
    case(f={"x": "up", "y": "down"}),
    case(f={1: "k", 2: "k", 3: "k"}),
    case(f={"cat": 3, "zebra": 5, "dog": 3, "ox": 2, "elk": 3, "mouse": 5}),
    case(f={0: 0, 1: 1, 2: 2, 3: 0, 4: 1, 5: 2, 6: 0, 7: 1}),
    case(f={-2: 4, -1: 1, 3: 9, 1: 1, 2: 4}),
    case(f={1: 2, 2: 3, 3: 1}),
    case(f={1: 2, 2: 1, 3: 2, 4: 4}),
    case(f={"north": (0, 1), "up": (0, 1), "east": (1, 0), "south": (0, -1), "down": (0, -1)}),
    case(f={(1, 2): False, (2, 2): True, (2, 1): False, (5, 5): True, (3, 4): False}),
    case(f={"three": 1, "word": "1", "two": 1}),
    case(f={"only": "one"}),
    case(f={}),
)


def _plain(value):
    """Return a name in a form that can be compared and hashed, whatever the learner took for it."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return tuple(_plain(item) for item in value)
    return frozenset(_plain(item) for item in value) if isinstance(value, (set, frozenset)) else value


def _three(got):
    """Return the three dictionaries, or say why there are not three."""
    for number, name in enumerate(("collapse", "rename", "insert")):
        assert isinstance(got[number], dict), f"{name} is no dictionary"
        kind = _foreign(got[number])
        assert not kind, f"{name} holds an object of class {kind}: take numbers, strings, tuples or frozensets"
    return [{_plain(key): _plain(value) for key, value in part.items()} for part in got]


def _foreign(part):
    """Return the class of an object in a dictionary, which can be told from no other one here."""
    left = [_plain(value) for value in (*part, *part.values())]
    for value in left:
        if isinstance(value, (tuple, frozenset)):
            left.extend(value)
        elif not (value is None or isinstance(value, (str, int, float, complex, dict))):
            return getattr(value, "type_name", type(value).__name__)
    return ""


def _asked(name, dictionary, keys):
    for key in keys:
        assert key in dictionary, f"{name} has no entry for {key!r}"
    return [dictionary[key] for key in keys]


TURNED = "turned round"
UNFIT = "has no entry for some of what arrives"
LISTS = "gives lists"
OBJECTS = "holds objects"


@view
def without_names(got):
    """Representatives and names are free: a group stands for itself, and groups are numbered."""
    if not isinstance(got, (tuple, list)) or len(got) != 3:
        return got
    if not all(isinstance(part, dict) for part in got):
        return tuple({"is": "a dictionary" if isinstance(part, dict) else "no dictionary"} for part in got)
    if any(_foreign(part) for part in got):
        return {"collapse": OBJECTS}, {"rename": OBJECTS}, {"insert": OBJECTS}
    has_lists = any(isinstance(value, list) for value in got[0].values())
    collapse, rename, insert = _three(got)
    groups = {r: tuple(sorted((x for x in collapse if collapse[x] == r), key=repr)) for r in collapse.values()}
    rename_says = _direction(groups, rename)
    names = {}
    for representative, name in rename.items():
        key, value = (representative, name) if rename_says == TURNED else (name, representative)
        names.setdefault(key, []).append(groups.get(value, "nobody"))
    reached = [name for name, whose in names.items() if any(group != "nobody" for group in whose)]
    insert_says = _direction(reached, insert)
    return (
        {"collapse": LISTS if has_lists else {x: groups[collapse[x]] for x in sorted(collapse, key=repr)}},
        {"rename": rename_says or sorted(map(_joined, names.values()), key=repr)},
        {"insert": insert_says or sorted(((_joined(names.get(n, [])), v) for n, v in insert.items()), key=repr)},
    )


def _joined(groups):
    return sorted(groups, key=repr)


def _direction(arriving, dictionary):
    """Return how a dictionary fails to take what arrives; nothing where it takes it."""
    if all(key in dictionary for key in arriving):
        return ""
    return TURNED if all(key in dictionary.values() for key in arriving) else UNFIT


@check
def is_f_again(got, f):
    """The three in a row are f again
    - Send one input through all three dictionaries, by hand. What comes out, and what does $f$ say?
    - For 1 ↦ `'a'`, 2 ↦ `'b'`, 3 ↦ `'a'`, the way of 3 can be 3 ↦ 1, then 1 ↦ 0, then 0 ↦ `'a'`. Each dictionary has
      to be able to take what the one before it gives.
    - Look up each input in the first, what you find in the second, and that in the third. Mend the first place where
      something is missing or differs from $f$."""
    collapse, rename, insert = _three(got)
    for x in f:
        (representative,) = _asked("collapse", collapse, [x])
        (name,) = _asked("rename", rename, [representative])
        (y,) = _asked("insert", insert, [name])
        assert y == _plain(f[x]), f"{x!r} ends at {y!r}, needs {f[x]!r}"


@check
def throws_away_just_enough(got, f):
    """collapse merges two inputs exactly when f does
    - Which two inputs does your first dictionary merge, or keep apart, although $f$ does not?
    - For $x \\mapsto x^2$ on $-1, 1, 2$: $-1$ and $1$ have the same output and become one, while $2$ has another one
      and stays alone. Less merged, and the second step is not one-to-one; more merged, and $f$ cannot be recovered.
    - Compare outputs, not inputs: two inputs get one representative exactly when $f$ gives them one output."""
    collapse = _three(got)[0]
    _asked("collapse", collapse, f)
    for a in f:
        for b in f:
            if collapse[a] == collapse[b]:
                assert f[a] == f[b], f"collapse merges {a!r} and {b!r}, and f does not"
            else:
                assert f[a] != f[b], f"collapse keeps {a!r} and {b!r} apart, and f does not"


@check
def one_to_one(got):
    """rename and insert are one-to-one
    - Is there something that two entries of your second dictionary lead to? And of your third?
    - A name that belongs to two things is no name: from `{1: 'p', 2: 'p'}` nobody finds the way back. After the first
      step nothing may be lost any more.
    - Give each representative a name of its own, and each name an output of its own. What has to be merged is merged in
      the first step."""
    _, rename, insert = _three(got)
    for name, part in {"rename": rename, "insert": insert}.items():
        values = list(part.values())
        twice = [value for value in values if values.count(value) > 1]
        assert not twice, f"{name} leads to {twice[0]!r} {values.count(twice[0])} times"


@check
def nothing_to_spare(got, f):
    """As many representatives and names as outputs
    - How many different outputs has $f$? And how many entries have your second and your third dictionary?
    - For 1 ↦ `'a'`, 2 ↦ `'b'`, 3 ↦ `'a'` there are two outputs, so two representatives, two names, and two entries in
      each of the last two dictionaries. A third entry would never be looked up.
    - Build the second dictionary from the representatives only, and the third from the names only."""
    collapse, rename, insert = _three(got)
    count = len(set(f.values()))
    sizes = {"collapse gives": len(set(collapse.values())), "rename has": len(rename), "insert has": len(insert)}
    for what, size in sizes.items():
        assert size == count, f"{what} {size}, needs {count}"


@mistake
def no_throw(f):
    """The first step throws nothing away
    - Of the inputs in the report, which ones can nobody tell apart after $f$?
    - With 1 ↦ `'a'`, 2 ↦ `'b'`, 3 ↦ `'a'`, your first step still knows whether it was 1 or 3. $f$ forgets it. If the
      first step keeps it, a later one has to forget it, and then that one is not one-to-one.
    - Let the first dictionary send inputs with the same output to the same representative, for example to the first
      one of them."""
    numbers = {x: number for number, x in enumerate(f)}
    return {x: x for x in f}, numbers, {numbers[x]: f[x] for x in f}


@symptom(no_throw)
def keeps_everything_apart(failing, passing):
    return _sound(failing + passing) and all(len(_groups(row)) == len(row.inputs["f"]) for row in failing)


@mistake
def over_throw(f):
    """The first step throws away too much
    - Take two inputs that your first dictionary sends to the same representative. Does $f$ say the same about both?
    - With 1 ↦ `'a'`, 2 ↦ `'b'`, 3 ↦ `'a'`, whoever merges 1 and 2 cannot know any more whether to answer `'a'` or
      `'b'`. No later step brings that back.
    - Merge by output only: two inputs become one exactly when $f$ cannot tell them apart."""
    first = next(iter(f), None)
    collapse = dict.fromkeys(f, first)
    rename = dict.fromkeys(collapse.values(), 0)
    return collapse, rename, {0: f[first]} if f else {}


@symptom(over_throw)
def merges_what_f_distinguishes(failing, passing):
    return _sound(failing + passing) and any(
        len({row.inputs["f"][x] for x in g}) > 1 for row in failing for g in _groups(row)
    )


@mistake
def insert_all(f):
    """Some entries are never looked up
    - Go through your last two dictionaries. Which of their entries does no input ever reach?
    - With 1 ↦ `'a'`, 2 ↦ `'b'`, 3 ↦ `'a'`, where 3 becomes 1 in the first step, nothing arrives as 3 any more. Whatever
      the later dictionaries say about 3 is of no use, and gives `'a'` a second name.
    - Let the second dictionary have one entry for each representative, and the third one for each name that the second
      gives. Leave out all others."""
    order = list(f)
    first = {f[x]: x for x in reversed(order)}
    collapse = {x: first[f[x]] for x in order}
    return collapse, {x: order.index(x) for x in first.values()}, {number: f[x] for number, x in enumerate(order)}


@symptom(insert_all)
def keeps_what_nothing_reaches(failing, passing):
    rows = failing + passing
    if not _sound(rows) or any(row.got[0] != row.want[0] for row in rows):
        return False
    return all(_reached(row.got[1]["rename"]) == row.want[1]["rename"] for row in rows) and all(
        [pair for pair in row.got[2]["insert"] if _reached([pair[0]])] == row.want[2]["insert"] for row in rows
    )


def _reached(named):
    """Leave out what belongs to no group."""
    found = [[group for group in groups if group != "nobody"] for groups in named]
    return [groups for groups in found if groups]


@mistake
def backwards(f):
    """One of the dictionaries is turned round
    - What does your second dictionary take, and what does it give? And the third?
    - The second turns a representative into a name, the third a name into an output. `{'a': 0}` answers the question
      which number belongs to `'a'`; the third step has to answer which output belongs to 0.
    - Write down for each dictionary what arrives and what leaves. Then turn round the one in which keys and values have
      changed places."""
    first = {f[x]: x for x in reversed(list(f))}
    numbers = {y: number for number, y in enumerate(first)}
    return {x: first[f[x]] for x in f}, {first[y]: numbers[y] for y in first}, numbers


@symptom(backwards)
def keys_and_values_changed_places(failing, passing):
    rows = failing + passing
    if any(row.got[0] != row.want[0] for row in rows):
        return False
    return any(TURNED in (row.got[1]["rename"], row.got[2]["insert"]) for row in failing)


@mistake
def groups_listed(f):
    """The first dictionary cannot be asked with every input
    - Look up each input of $f$ in your first dictionary. Does it have an entry for every one?
    - A list of groups, such as `{'a': [1, 3], 'b': [2]}`, says who belongs together. But a step of a pipeline is asked
      the other way round: it gets 3, and answers with the one thing that stands for 1 and 3.
    - Go through the inputs, and make one entry for each: the input leads to the representative of its group."""
    groups = {}
    for x in f:
        groups.setdefault(f[x], []).append(x)
    numbers = {y: number for number, y in enumerate(groups)}
    return groups, numbers, {number: y for y, number in numbers.items()}


@symptom(groups_listed)
def has_no_entry_for_some_inputs(failing, _passing):
    # Where f permutes its inputs, groups by output have the right keys.
    return any(
        collapse == LISTS or (collapse != OBJECTS and row.inputs["f"].keys() - collapse)
        for row, collapse in ((row, row.got[0]["collapse"]) for row in failing)
    )


def _groups(row):
    return set(row.got[0]["collapse"].values())


def _sound(rows):
    """Tell whether each dictionary takes what arrives, and the first takes all inputs."""
    return all(
        isinstance(row.got[0]["collapse"], dict)
        and set(row.got[0]["collapse"]) == set(row.inputs["f"])
        and not isinstance(row.got[1]["rename"], str)
        and not isinstance(row.got[2]["insert"], str)
        for row in rows
    )


explain(
    "Which step throws away ⤵, which renames 🔀, which inserts ⤴? Say of each what it keeps and what it changes.",
    model="collapse ⤵ keeps only what f tells apart, rename 🔀 keeps all of that under other names, insert ⤴ puts it "
    "among the outputs, of which there may be more.",
)
