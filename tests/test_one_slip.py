"""One slip is told where it is, though right values at several other places would make up for it."""

from pathlib import Path

import pytest

from tests.support.made import blamed_by, made_of

LINE = """\
import numpy as np

X = np.array([[0.5, 1.2], [1.0, 0.4], [1.5, -0.3], [2.0, 0.9]])
y = np.array([2.5, 3.1, 1.4, 6.2])
rate = 0.1
steps = 6
slope = np.zeros(2)
start = 0.0
losses = []
for _ in range(steps):
    # TODO: the residuals, their mean square, a step
    residual = X @ slope + start - y
    losses.append(np.mean(residual ** 2))
    slope = slope - rate * X.T @ residual / len(y)
    start = start - rate * residual.mean()
print(slope, start, losses[-1])
"""
ROWS = (
    LINE[: LINE.index("for _")]
    + """\
for step in range(steps):
    loss = 0
    toward = np.zeros(2)
    rise = 0
    for row, wanted in zip(X, y):
        off = slope @ row + start - wanted
        loss += off ** 2 / len(y)
        toward += off * row
        rise += off
    losses.append(loss)
    slope -= rate * toward / len(y)
    start -= rate * rise / len(y)
print(slope, start, losses[-1])
"""
)
CLASS = """\
import numpy as np


class Walk:
    def __init__(self, place, speed):
        self.place = place
        self.speed = speed
        self.path = []

    def move(self, push):
        # TODO: faster, then further
        self.speed = self.speed + push
        self.place = self.place + self.speed

    def run(self, pushes):
        # TODO: keep where each move begins
        for push in pushes:
            self.path.append(self.place)
            self.move(push)


# Example
pushes = np.array([0.5, -1.2, 0.3, 0.8])
walk = Walk(1.5, 0.4)
walk.run(pushes)
print(walk.path, walk.place)
"""


ENTRIES = """\
import numpy as np

a = 1.5
b = -0.4
c = 2.5
# TODO: three products, their scaled sums
v = np.array([a * b - 0.5,
              b * c + 1,
              c * a - b])
m = np.array([
    [a + b, a - b],
    [b + c, b - c],
])
w = v * 2 - a
print(v, m, w)
"""
CALLED = """\
import numpy as np

y = np.array([1.5, 0.5, 2.0, 3.0])
rate = 0.1
steps = 5
p = 0.5
losses = []
for _ in range(steps):
    # TODO: the loss, a step
    loss = np.mean(np.exp(p) - y * p)
    p = p - rate * (np.exp(p) - np.mean(y))
    losses.append(loss)
print(p, losses)
"""
CALLING = CALLED.replace(
    "p = 0.5\n", "p = 0.5\n\n\ndef of(p):\n    m = np.exp(p)\n    return np.mean(m - y * p)\n\n\n"
).replace("np.mean(np.exp(p) - y * p)", "of(p)")


def blamed(folder: Path, solution: str, submission: str) -> list[int | None]:
    with made_of(folder, solution) as grader:
        return blamed_by(grader, submission)


@pytest.mark.parametrize(
    ("solution", "right", "old", "new"),
    [
        # in a loop each of two steps goes on from the other
        (LINE, LINE, "start = start - rate *", "start = start + rate *"),
        (LINE, ROWS, "slope -= rate * toward", "slope -= rate * rise"),
        (LINE, ROWS, "toward += off * row", "toward += off + row"),
        # an entry of a list on several lines
        (ENTRIES, ENTRIES, "              b * c + 1,\n", "              b * b * c + a,\n"),
        (ENTRIES, ENTRIES, "              c * a - b])", "              (c + a + b) / a])"),
        (ENTRIES, ENTRIES, "    [b + c, b - c],\n", "    [a + b + c, b * c - c],\n"),
        # a function of one's own, and what only takes over what it gives
        (CALLED, CALLING, "np.mean(m - y * p)", "np.mean(m - y * np.sqrt(m) * p)"),
        (CALLED, CALLING, "np.mean(m - y * p)", "m + np.sum(y)"),
        (CALLED, CALLING, "loss = of(p)", "loss = of(rate)"),
        # lines that are the solution's word for word, in another order
        (
            CLASS,
            CLASS,
            "            self.path.append(self.place)\n            self.move(push)\n",
            "            self.move(push)\n            self.path.append(self.place)\n",
        ),
        (
            CLASS,
            CLASS,
            "        self.speed = self.speed + push\n        self.place = self.place + self.speed\n",
            "        self.place = self.place + self.speed\n        self.speed = self.speed + push\n",
        ),
    ],
)
def test_one_slip_is_told_where_it_is(tmp_path: Path, solution: str, right: str, old: str, new: str) -> None:
    assert right.count(old) == 1
    wrong = right.replace(old, new)
    first = wrong[: wrong.index(new)].count("\n") + 1
    lines = blamed(tmp_path, solution, wrong)
    assert len(lines) == 1
    assert lines[0] in range(first, first + new.count("\n") + 1)


def test_what_is_set_to_zero_before_the_rounds_is_told_though_it_is_recorded(tmp_path: Path) -> None:
    solution = ROWS.replace("for step in range(steps):\n", "for step in range(steps):\n    # TODO: one step\n")
    line = "    toward = np.zeros(2)\n"
    wrong = ROWS.replace(line, "").replace("losses = []\n", f"losses = []\n{line.strip()}\n")
    assert blamed(tmp_path, solution, wrong) == [wrong.split("\n").index(line.strip()) + 1]
