"""In loops and methods a mistake of order or state is told where it stands, and not where a stale value is used."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from graders.grading import Grader
from tests.support.made import blamed_by, made_of

CLASS = """\
import numpy as np


class Running:
    def __init__(self, start):
        self.n = 0
        self.mean = start
        self.spread = 0.0
        self.before = start
        self.way = 0.0

    def add(self, x):
        # TODO: one more value
        self.n += 1
        delta = x - self.mean
        self.mean += delta / self.n
        self.spread += delta * (x - self.mean)
        # TODO: how far from the one before
        self.way += abs(x - self.before)
        self.before = x

    def add_all(self, values):
        # TODO
        for x in values:
            self.add(x)
        return self.spread / self.n


# Example
running = Running(0.5)
variance = running.add_all(np.array([1.5, -2.0, 0.5, 3.5]))
mean = running.mean
way = running.way
"""
OWN_CLASS = (
    CLASS[: CLASS.index("    def add(")]
    + """\
    def add(self, x):
        old = self.mean
        self.n = self.n + 1
        self.mean = old + (x - old) / self.n
        self.spread = self.spread + (x - old) * (x - self.mean)
        step = abs(x - self.before)
        self.way = self.way + step
        self.before = x

    def add_all(self, values):
        for k in range(len(values)):
            self.add(values[k])
        return self.spread / self.n
"""
)
FUNCTIONS = """\
import numpy as np


def warmed(u, r):
    # TODO
    new = u.copy()
    for i in range(1, len(u) - 1):
        new[i] = u[i] + r * (u[i - 1] - 2 * u[i] + u[i + 1])
    return new


def until_calm(u, r, tol, most):
    # TODO
    count = 0
    for _ in range(most):
        new = warmed(u, r)
        change = np.max(np.abs(new - u))
        u = new
        count += 1
        if change < tol:
            break
    return u, count


def warmth(u, dx):
    # TODO
    total = 0.0
    for i in range(len(u) - 1):
        total += dx * (u[i] + u[i + 1]) / 2
    return total


# Example
u = np.array([1.0, 4.0, 0.5, 3.0, 2.0])
after = warmed(u, 0.25)
calm, count = until_calm(u, 0.25, 0.3, 12)
total = warmth(calm, 0.5)
"""
OWN_FUNCTIONS = """\
import numpy as np

def warmed(u, r):
    v = np.array(u, dtype=float)
    left = v[0]
    for i in range(1, len(v) - 1):
        here = v[i]
        v[i] = here + r * (left - 2 * here + v[i + 1])
        left = here
    return v

def until_calm(u, r, tol, most):
    k = 0
    change = tol + 1
    while k < most and change >= tol:
        old = u.copy()
        u = warmed(u, r)
        change = abs(u - old).max()
        k += 1
    return u, k

def warmth(u, dx):
    area = 0
    previous = u[0]
    for value in u[1:]:
        area += (previous + value) / 2 * dx
        previous = value
    return area
"""
LOOP = """\
import numpy as np

ratings = np.array([[5.0, 3.0, 0.5, 1.0], [4.0, 0.5, 2.0, 1.0], [1.0, 1.0, 0.5, 5.0]])
users = np.array([[0.3, 0.8], [0.5, 0.4], [0.9, 0.1]])
films = np.array([[0.6, 0.2], [0.4, 0.7], [0.1, 0.5], [0.8, 0.3]])
rate = 0.05
for u in range(ratings.shape[0]):
    for f in range(ratings.shape[1]):
        # TODO: both changes, from the values before
        error = ratings[u, f] - users[u] @ films[f]
        to_user = rate * (error * films[f] - 0.02 * users[u])
        to_film = rate * (error * users[u] - 0.02 * films[f])
        users[u] += to_user
        films[f] += to_film
print(users, films)
"""
OWN_LOOP = (
    LOOP[: LOOP.index("for u")]
    + """\
biggest = 0.0
for u, f in np.argwhere(ratings > 0):
    p = users[u].copy()
    q = films[f].copy()
    e = ratings[u, f] - np.dot(p, q)
    users[u] = p + rate * (e * q - 0.02 * p)
    films[f] = q + rate * (e * p - 0.02 * q)
    if abs(e) > biggest:
        biggest = abs(e)
"""
)


@pytest.fixture(scope="module")
def grader_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Grader]]:
    """Return the grader of the exercise that is made of a solution; it is kept."""
    kept: dict[str, Grader] = {}
    with ExitStack() as stack:

        def opened(solution: str) -> Grader:
            if solution not in kept:
                kept[solution] = stack.enter_context(made_of(tmp_path_factory.mktemp("made"), solution))
            return kept[solution]

        yield opened


@pytest.mark.parametrize(
    ("solution", "right", "line", "instead", "told"),
    [
        # no new value: told where it should stand, behind the last line that is there
        (CLASS, OWN_CLASS, "        self.before = x\n", "", -1),
        (CLASS, CLASS, "        self.n += 1\n", "", 0),
        (FUNCTIONS, OWN_FUNCTIONS, "        previous = value\n", "", -1),
        (FUNCTIONS, OWN_FUNCTIONS, "        left = here\n", "", -1),
        (FUNCTIONS, FUNCTIONS, "        u = new\n        count += 1\n", "        count += 1\n", 0),
        (FUNCTIONS, OWN_FUNCTIONS, "        k += 1\n", "", -1),
        # too early: once more, or before what still needs the value from before
        (CLASS, OWN_CLASS, "        old = self.mean\n", "        self.before = x\n        old = self.mean\n", 0),
        (
            CLASS,
            OWN_CLASS,
            "        old = self.mean\n        self.n = self.n + 1\n        self.mean = old + (x - old) / self.n\n",
            "        self.n = self.n + 1\n        self.mean += (x - self.mean) / self.n\n        old = self.mean\n",
            2,
        ),
        (FUNCTIONS, OWN_FUNCTIONS, "        left = here\n", "        left = v[i]\n", 0),
        # begun anew on each pass
        (FUNCTIONS, OWN_FUNCTIONS, "    for value in u[1:]:\n", "    for value in u[1:]:\n        area = 0\n", 1),
        # an element that has changed in the place of what was kept of it
        (LOOP, OWN_LOOP, "(e * p - 0.02 * q)", "(e * users[u] - 0.02 * q)", 0),
        # a part of a formula under a name of one's own, and not what reads that
        (CLASS, OWN_CLASS, "step = abs(x - self.before)", "step = abs(x - self.before) ** 1.5 + self.n", 0),
        (FUNCTIONS, OWN_FUNCTIONS, "        previous = value\n", "        previous = value ** 2 + 0.3 * area\n", 0),
        # one and the same
        (LOOP, OWN_LOOP, "p = users[u].copy()", "p = users[u]", 0),
        (FUNCTIONS, FUNCTIONS, "    new = u.copy()\n", "    new = u\n", 0),
    ],
)
def test_a_mistake_of_order_or_state_is_told_where_it_stands(
    grader_of: Callable[[str], Grader], solution: str, right: str, line: str, instead: str, told: int
) -> None:
    assert right.count(line) == 1
    first = right[: right.index(line)].count("\n") + 1
    assert blamed_by(grader_of(solution), right.replace(line, instead))[:1] == [first + told]


@pytest.mark.parametrize(
    ("solution", "right"),
    [(CLASS, OWN_CLASS), (FUNCTIONS, OWN_FUNCTIONS), (LOOP, OWN_LOOP)],
    ids=["class", "def", "for"],
)
def test_the_other_forms_are_right(grader_of: Callable[[str], Grader], solution: str, right: str) -> None:
    assert blamed_by(grader_of(solution), right) == []
