"""What the server does before it forks, so that its children find more done and copy fewer of its pages."""

import builtins
import gc
import os
import sys

import numpy as np

from .allowing import AllowingRules
from .beyond import STRAIGHT, Beyond
from .cells import ExerciseSigns
from .jobs import Inputs, Setup, read_job
from .kinds import GivenKind
from .limiting import RESERVE
from .memory_files import HOME
from .preloading import preload_always, preload_named, preload_own
from .programs import Words
from .protocol import encode
from .running import run_job
from .surroundings import USER
from .using import Use

_SCRIPT = """import numpy as np


def squashed(a):
    return 1 / (1 + np.exp(-a)) ** 2


x = np.array([0.5, -0.1, 0.3])
z = 0.6
m = np.array([[0.5, -0.6],
              [0.1, 1e-5]])
# a comment
y = np.dot(x[:2], m)
u = squashed(y) - np.dot(y, m)
y = (z - u) * (1 - u) * x[:, None]
print('some words:')
print(y)
print(u * 1e-6, y.sum())
"""

_FUNCTIONS = '''import numpy as np

RATE = 0.5


def squashed(a):
    """Return it."""
    b = 1 / (1 + np.exp(-a)) ** 2
    return b, (a, b)


class Unit:
    """One."""

    def __init__(self, w):
        self.w = w.copy()

    def run(self, x):
        total = np.zeros(x.shape[1])
        for each in x:
            total += each * RATE
        return x @ self.w + total.sum()


print(squashed(np.array([0.5, 0.1])))
'''

_USE = """out, cache = squashed(x)
unit = Unit(w)
y = unit.run(out)
again = unit.run(x)
"""

_held: list[object] = []  # for as long as the server lives: once released, the gaps would be back


def get_warm() -> None:
    """Do what every child would have to do, as far as the first one must wait for it."""
    os.environ |= {"HOME": HOME, "USER": USER}
    preload_always()
    RESERVE.take()
    _warm_up(_SCRIPT, {"x": np.array([0.5, -0.1, 0.3])}, STRAIGHT)


def get_ready() -> None:
    """Do the rest, before the first child is forked."""
    preload_own()
    _fill_holes()
    gc.freeze()  # the children's collector leaves the server's objects, and so their shared pages, alone
    gc.enable()


def warm_up_calls() -> None:
    """Run functions of our own once, for exercises that ask for some: those take other ways than scripts do."""
    kinds = {"x": GivenKind(), "w": GivenKind()}
    rules = AllowingRules({"squashed": ["while"]}, {"Unit.run": ["np.zeros"]})
    beyond = Beyond(definitions=True, use=Use(_USE, kinds), kinds=kinds, elsewhere=frozenset(kinds), rules=rules)
    _warm_up(_FUNCTIONS, {"x": np.array([[0.5, -0.1], [0.3, 0.2]]), "w": np.array([0.1, 0.3])}, beyond)


def _warm_up(source: str, inputs: Inputs, beyond: Beyond) -> None:
    """Run a script of our own once: caches that each child would have to fill anew are full then."""
    words = Words(givens={} if beyond.definitions else {"x": "x"}, recorded={"y": "y"})
    setup = Setup(
        words=words,
        exercise=ExerciseSigns(marker="", solution_marker="", givens=words.givens, results={"y": "y"}),
        recorded={"y": ["y"]},
        results=["y"],
        cpu_s=1,
        memory_bytes=0,
        output_bytes=1000,
        inputs=[inputs] * 20,
        beyond=beyond,
    )
    preload_named([source])
    job = read_job(encode({"cells": [[None, source]], "reading": 0, "shapes": None, "repair": None, "modules": {}}))
    streams = sys.stdin, sys.stdout, sys.stderr, builtins.print
    # All the way, reply and all: what is not run here, each child is the first to run.
    run_job(job, setup, lambda _: None, lambda _: b"")
    sys.stdin, sys.stdout, sys.stderr, builtins.print = streams  # the server's last words go to the real stderr


def _fill_holes() -> None:
    """Allocate the free gaps in the server's heap, so that children allocate on fresh pages.

    In a gap each new object would cost the copy of a page. The sizes are those that libraries ask malloc for.
    """
    _held.extend(np.empty(size, np.uint8) for size in range(1040, 0, -16) for _ in range(12))
