"""Every sentence about how a script ran: one script of which it is true and which is told so, one that is not."""

import json
import re
import sys
from collections.abc import Iterator
from textwrap import indent
from typing import Any, NamedTuple

import pytest

from graders.grading import Grader
from graders.messages import CATALOGUE
from graders.messages.faults import FAULTS
from graders.messages.givens import GIVENS
from graders.submission import decode_submission
from tests.support.opening import open_grader
from tests.support.sandboxes import RIGHT, skipping_without_kernel


class Pair(NamedTuple):
    """A script that is told something, and one that is not, though it is much like it."""

    told: str
    untold: str


def changed(*pairs: str) -> str:
    """Return the right script with each `old` replaced by the `new` behind it."""
    text = RIGHT
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text, old
        text = text.replace(old, new)
    return text


def error(new: str, before: str = "") -> str:
    return before + changed("error = target - output", new)


def at_start(line: str) -> str:
    return f"{line}\n{RIGHT}"


def at_end(line: str) -> str:
    return f"{RIGHT}\n{line}\n"


def notebook(*cells: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]})


def exactly_typed() -> str:
    """Return an assignment of a result as it is on the lesson's numbers, to the last bit."""
    names: dict[str, Any] = {"print": id}
    exec(RIGHT, names)
    return ON_FIXED.format(*(value.hex() for value in names["delta_w_h_o"].tolist()))


ONE_BY_ONE = changed("np.dot(x, weights_input_hidden)", "np.array([x @ weights_input_hidden[:, i] for i in (0, 1)])")
AT_LEAST = changed("## Backwards pass", "if len(weights_hidden_output) < 2:\n    raise ValueError('too few')")
OTHER_RATE = changed("learnrate", "speed")
OTHER_NAMES = changed("delta_w_h_o", "first", "delta_w_i_h", "second")
IN_FUNCTION = re.sub(r"\ndelta_w_h_o = (.*)", r"\ndef f():\n    delta_w_h_o = \1\n    return 1\nf()", RIGHT)
INLINE = changed("learnrate = 0.5", "", "= learnrate *", "= 0.5 *")
NO_NUMBER = changed("learnrate = 0.5", "", "= learnrate *", "= 1 / 2 *").replace("print", "str")
EDITION = {
    "np.array([0.5, 0.1, -0.2])": "np.array([0.1, 0.3])",
    "target = 0.6": "target = 1",
    RIGHT[RIGHT.index("weights_input_hidden = ") : RIGHT.index("weights_hidden_output = ")]: (
        "weights_input_hidden = np.array([[0.4], [-0.2]])\n"
    ),
    "np.array([0.1, -0.3])": "np.array([0.1])",
}
OF_EDITION = changed(*(text for pair in EDITION.items() for text in pair))
TYPED = "delta_w_h_o = np.array([0.008040474, 0.005559181])\n"
ON_FIXED = "delta_w_h_o = np.array([float.fromhex(word) for word in ('{}', '{}')])\n"

FORWARD = RIGHT[RIGHT.index("## Forward pass") : RIGHT.index("print(")]
WITHIN = RIGHT.replace(FORWARD, "def update():\n" + indent(FORWARD, "    ") + "\n")

PAIRS = {
    "explain.fence": Pair(
        f"Here is the code:\n\n```python\n{RIGHT}```\n", f'"""\n```python\n"""\n{error("error = = 1")}\n```\n'
    ),
    "explain.prompt": Pair(f">>> {RIGHT}", f"{error('error = = 1')}\n# >>> print(error)\n"),
    "explain.numbers": Pair(
        "\n".join(f"{number} {line}" for number, line in enumerate(RIGHT.split("\n"), start=1)), f"1 import\n{RIGHT}"
    ),
    "overwritten": Pair(
        changed("## Forward pass", "x = x + 1"),
        changed("## Forward pass", "x = np.array(x)[:, None][:, 0]", "- out", "+ out"),
    ),
    "uncalled": Pair(WITHIN, f"{WITHIN}\nupdate()"),
    "explain.quotes": Pair(error("error = float(“1”)"), at_end("print('“1”')")),
    "explain.dash": Pair(error("error = target – output"), at_end("# target – output")),
    "explain.invisible": Pair(error("error = target\x07 - output"), error("error = target\u200b - output")),
    "explain.full-width": Pair(error("error = （target - output）"), at_end("print('（）')")),
    # later versions read what this one does not
    **(
        {
            "explain.f-string": Pair(error('error = f"{[target["a"]]}"'), error("error = (")),
            "explain.backslash": Pair(error("error = f\"{'\\n'.join(['a'])}\""), error("error = f'\\n{target}' +")),
            "explain.newer-syntax": Pair(at_start("def kept[T](x: T) -> T:\n    return x"), at_start("def kept(x)")),
        }
        if sys.version_info < (3, 12)
        else {}
    ),
    "explain.print": Pair(error("print error"), error("error = = 1")),
    "explain.broadcast": Pair(changed("* x[:, None]", "* x"), error("error = float('one')")),
    "explain.aligned": Pair(
        changed("np.dot(x, weights_input_hidden)", "np.dot(weights_input_hidden, x)"), error("error = x.reshape(2, 2)")
    ),
    "explain.none": Pair(error("error = None"), error("error = target - '1'")),
    "explain.module": Pair(
        error("import torch; error = torch.tensor(0)"), error("import tkinter.nothing as t; error = t.zero()")
    ),
    "explain.numpy-removed": Pair(error("error = np.float(0)"), error("error = x.nothing")),
    "explain.numpy-scalar": Pair(error("error = float(x)"), error("error = float([1])")),
    "forbidden-program": Pair(
        error("subprocess.run(['ls'], check=True)", "import subprocess\n"),
        at_start("import subprocess\nsubprocess.run(['ls'])"),
    ),
    "explain.integers": Pair(error("error = np.array([1, 2])\nerror *= 0.5"), error("error = np.array([1, 2]).x")),
    "explain.python-2": Pair(
        error("error = [target - output for _ in xrange(1)][0]"), error("error = range_ = target - xrnge")
    ),
    "explain.unbound": Pair(
        error("def f():\n    target = target - output\n    return target\nerror = f()"),
        error("def f():\n    return trget - output\nerror = f()"),
    ),
    "explain.name": Pair(error("error = target - outptu"), error("error = target - late\nlate = output")),
    "explain.name-below": Pair(error("error = target - late\nlate = output"), error("error = target - outptu")),
    "explain.recursion": Pair(error("def f(): return f()\nerror = f()"), error("raise RuntimeError('deep')")),
    "explain.input": Pair(error("error = float(input())"), error("error = float(input()")),
    "memory-limit-of-a-run": Pair(
        error("error = np.ones(1 << 40)"), at_start("try:\n    [0] * (1 << 40)\nexcept MemoryError:\n    pass")
    ),
    "output-limit-of-a-run": Pair(error("print('x' * (1 << 21))"), at_start("print('x' * 90_000)")),
    "crashed-signal": Pair(error("import ctypes; ctypes.string_at(0)"), at_end("raise SystemError('SIGSEGV')")),
    "crashed-exit": Pair(at_end("import ctypes; ctypes.CDLL(None)._exit(0)"), at_end("raise SystemExit(1)")),
    "forbidden": Pair(error("import socket; socket.socket()"), at_start("import os\nos.path.exists('/etc/passwd')")),
    "forbidden-file": Pair(
        error("import os\nos.remove('data.csv')"), at_start("with open('a', 'w') as f: f.write('')\nopen('a').read()")
    ),
    "forbidden-thread": Pair(
        error("import _thread; _thread.start_new_thread(print, ())"),
        at_start("import threading\nthread = threading.Thread(target=print)\nthread.start()\nthread.join()"),
    ),
    "by-value": Pair(OTHER_RATE, changed("learnrate = 0.5", "learnrate = 1 / 2")),
    "by-value-nameless": Pair(
        changed("learnrate = 0.5", "def rate(): return 0.5", "= learnrate *", "= rate() *"),
        changed("learnrate", "speed"),
    ),
    "changed-given": Pair(changed("learnrate = 0.5", "learnrate = 0.3"), changed("target = 0.6", "target = 3 / 5")),
    "edition": Pair(OF_EDITION, changed("target = 0.6", "target = 1")),
    "half-precision": Pair(
        changed("[0.5, 0.1, -0.2]", "[0.5, 0.1, -0.2], np.float16"),
        changed("[0.5, 0.1, -0.2]", "[0.5, 0.1, -0.2], np.float32"),
    ),
    "sizes-exactly": Pair(ONE_BY_ONE, ONE_BY_ONE.replace("(0, 1)", "range(len(weights_hidden_output))")),
    "sizes-at-least": Pair(AT_LEAST, AT_LEAST.replace("< 2", "< 1")),
    "not-found": Pair(INLINE, OTHER_RATE),
    "not-found-hint": Pair(INLINE, NO_NUMBER),
    "of-its-shape": Pair(OTHER_NAMES, OTHER_NAMES.replace("first =", "raise ValueError\ndelta_w_h_o =")),
    "did-you-mean": Pair(
        changed("delta_w_h_o", "delta_w_ho"),
        changed("delta_w_h_o =", "delta_w_ho = 1\nraise ValueError\ndelta_w_h_o ="),
    ),
    # the assert fails on the lesson's numbers, and holds on some others, where there is a value
    "local": Pair(IN_FUNCTION, changed("## Backwards pass", "assert output > 0.5")),
    "unavailable": Pair(at_start("import torch"), at_start("try:\n    import torch\nexcept ImportError:\n    pass")),
    "raised-after": Pair(at_end("raise ValueError"), at_end("import sys\nsys.exit(0)")),
    "only-fixed": Pair(at_end(exactly_typed()), at_end(TYPED.replace("0.008", "0.009"))),
    "rounded": Pair(
        at_end("delta_w_h_o = delta_w_h_o.round(4)"), at_end("delta_w_h_o = delta_w_h_o.astype(np.float32)")
    ),
    "reduced-precision": Pair(at_end("delta_w_h_o = delta_w_h_o.astype(np.float32)"), at_end(TYPED)),
    "same-numbers-as": Pair(
        at_end("delta_w_h_o = delta_w_h_o[:, None]"), at_end("delta_w_h_o = 2 * delta_w_h_o[:, None]")
    ),
    # on other sizes it stops before the forward pass, which is right wherever it is run
    "forward": Pair(changed("np.exp(-x)", "np.exp(x)"), changed("## Forward pass", "x + np.zeros(3)")),
    "another-exercise": Pair("h = 1\nnn_output = 1\nerror = 1\nerror_term = 1\ndel_w = 1\n", "h = 1\nerror = 1\n"),
    "cells": Pair(notebook(RIGHT), RIGHT),
    "cells-left-out": Pair(notebook(error("error = 1"), RIGHT), notebook("import numpy as np", RIGHT)),
    "mended.invisible": Pair(error("error = target\u200b - output"), at_end("print('\u200b')")),
    "mended.notebook": Pair(at_start("!pip install numpy"), notebook("!pip install numpy", RIGHT)),
}

ELSEWHERE = {
    # true of scripts that take seconds: tests/test_slow_scripts.py and tests/test_faults.py
    *("timeout", "timeout-of-a-run", "timeout-of-all-runs", "memory-limit", "output-limit"),
    # true of functions that an exercise calls: tests/test_using.py
    "in-use",
    # true of files whose example is not run: tests/test_what_is_said.py
    "explain.name-left-out",
    # said of the search for a mistake: tests/test_bounds.py
    *("no-time", "no-diagnosis", "cut-short"),
    # no sentence of their own, or said of a class or of the grader
    *("sizes-where", "own-module", "best-attempt", "not-graded"),
    # true of no script that this version of Python reads
    *(("explain.f-string", "explain.backslash", "explain.newer-syntax") if sys.version_info >= (3, 12) else ()),
}


def test_every_sentence_of_these_kinds_is_tried() -> None:
    assert {*FAULTS, *GIVENS} - PAIRS.keys() == ELSEWHERE


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    """A grader with few cases, which says the same of a script."""
    with skipping_without_kernel(), open_grader("backprop", cases=8, isolation="kernel") as opened:
        yield opened


def said(grader: Grader, source: str) -> str:
    report = grader.grade(decode_submission("a.ipynb" if source.startswith("{") else "a.py", source.encode()))
    return "\n".join([*report.notes, report.fault.message if report.fault is not None else ""])


@pytest.mark.parametrize("key", PAIRS)
def test_a_sentence_is_said_where_it_is_true_and_not_where_it_is_not(key: str, grader: Grader) -> None:
    parts = re.split(r"\{\w+\}", CATALOGUE[key][0])
    sentence = "[^\n]+".join(map(re.escape, parts))
    assert re.search(sentence, said(grader, PAIRS[key].told))
    assert not re.search(sentence, said(grader, PAIRS[key].untold))
