"""Scripts that are rewritten and run in the test process: on a fixed example, then on another case."""

import builtins
import sys
from typing import Any

import numpy as np
import pytest

from graders.inside.cells import ExerciseSigns, select
from graders.inside.compiling import rewrite
from graders.inside.givens import Givens
from graders.inside.own_checks import soften_checks
from graders.inside.programs import Words
from graders.inside.reading import Cell
from graders.inside.rewriting import Rewriter
from graders.inside.script import Script
from graders.inside.searching import SearchingRewriter

FIXED = {"x": np.array([0.5, 0.1, -0.2]), "rate": np.array(0.5), "w": np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])}
OTHER = {"x": np.array([1.0, 2.0]), "rate": np.array(0.3), "w": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])}
NAMES = Words(givens={"x": "x", "inputs": "x", "rate": "rate", "w": "w"}, recorded={"out": "out"})
EXERCISE = ExerciseSigns(marker="#m#", solution_marker="#s#", givens=NAMES.givens, results={"out": "out"})
NUMPY = "import numpy as np\n"


def keep_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test undo what running a script changes in its process."""
    for name in ("print", "input"):
        monkeypatch.setattr(builtins, name, getattr(builtins, name))
    for name in ("stdin", "stdout", "stderr", "argv"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def run(
    source: str,
    case: dict[str, Any] = OTHER,
    *,
    wide: tuple[str, ...] = (),
    searching: bool = False,
    reading: int = 0,
) -> dict[str, Any]:
    """Run a script on the fixed example and then on a case; return its names there."""
    parsed = select([Cell(number=None, source=source)], EXERCISE).cells
    soften_checks((item.cell.source, item.tree) for item in parsed)
    rewriter: type[Rewriter] = SearchingRewriter if wide or searching else Rewriter
    script = Script(rewrite(parsed, NAMES, rewriter))
    givens = Givens(script.sites, FIXED, wide=wide, accepted=NAMES.givens, reading=reading)
    script.connect(givens, copying=True)
    namespace, fault = script.execute()
    assert fault is None, fault
    givens.decide()
    givens.inputs = case
    script.is_lenient = True
    namespace, fault = script.execute()
    assert fault is None, fault
    recorded = dict(script.recorder.values)
    return {**namespace, "recorded": recorded, "not_found": givens.not_found(), "readings": givens.readings}
