"""The observed form of a submission, made when a diagnosis first asks for it, and its runs."""

import builtins
import gc
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from types import CodeType
from typing import Any

from .altered import UNALTERED, Altering
from .altering import Altered, altered_program
from .arrays import Case
from .asking import Asked, Puts
from .observing import Observer, Raised, locate
from .passes import PassCounter, finite_only
from .programs import Program
from .reading import ParsedCell, compile_cell, filename_of
from .recording import MISSING, Encoded
from .script import FaultHead, Namespace, Script
from .sites import Site
from .switches import ALTERED, PASSED
from .trials import run_trials
from .using import PutIn
from .wrapping import OBSERVE, observe, uncomputed_in

_ALTERED_TICKS, _PASSES_OF_A_TICK = 20, 100
"""A safety net: what is altered into something endless is ended by the number of its passes."""

# Cases differ in size; what needs more passes than that is hardly what was meant. A function that calls itself twice
# may need many more once it is right, so what is proven on all cases, which is little, has more.
_TIMES_USUAL, _MORE_PASSES, _PROVING_PASSES = 10, 1_000, 200_000


class Diagnosing:
    """Runs a submission whose sites are observed; `results`: their names, each with those accepted for it.

    It has no sites where the program, rewritten once more, is too deep to be compiled.
    """

    def __init__(
        self,
        parsed: Sequence[ParsedCell],
        program: Program,
        script: Script,
        results: Mapping[str, Sequence[str]],
    ) -> None:
        self._parsed = parsed
        self._script = script
        self._altered: tuple[Altering | None, Altered] = None, Altered((), ())
        self._shortened: dict[frozenset[int], Sequence[CodeType]] = {}
        self._usual_passes = 0
        self._usual_lost = 0
        self._results = results
        self._files = frozenset(filename_of(item.cell) for item in parsed)
        self._sites: tuple[Site, ...] = ()
        try:
            program, self._sites = observe(parsed, program)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            self._sites = ()
        self._codes = program.codes

    def answer(self, asked: Asked, set_case: Callable[[Case], None]) -> tuple[dict[str, Any], list[bytes]]:
        """Return the reply to a request; `set_case` makes the script take its givens from a case."""
        observer = Observer(self._sites, asked.seconds)
        altered = self._altered_as(asked.altering)
        more = _MORE_PASSES if len(asked.cases) == 1 else _PROVING_PASSES
        passes = PassCounter(None if asked.describes else _TIMES_USUAL * self._usual_passes + more)
        given_up = frozenset(self._script.given_up)

        def execute(case: Case, number: int) -> tuple[list[Encoded], FaultHead | None, Raised | None]:
            set_case(case)
            setattr(builtins, OBSERVE, observer.hook())  # anew for each run: the last one may have replaced it
            setattr(builtins, ALTERED, number)
            setattr(builtins, PASSED, passes.count)
            is_altered = number != UNALTERED
            # Unaltered, too, where alterations are asked about: so the passes of a usual run are known.
            codes = altered.codes or self._codes
            ticks = _ALTERED_TICKS + self._usual_passes // _PASSES_OF_A_TICK if is_altered else None
            self._script.put_in = _putting(observer, list(self._results))
            # What never ends with other values put in is not to be left out with the student's own.
            self._script.given_up = set(given_up)
            raised: list[Raised | None] = [None]

            def look(error: BaseException) -> None:
                raised[0] = None if is_altered else locate(error, self._files, self._sites)

            with finite_only() if is_altered else nullcontext():
                namespace, fault = self._script.execute(codes, look, ticks)
            uncomputed: frozenset[int] = frozenset()
            while raised[0] is not None and (more := self._put_over(raised[0], observer.puts) - uncomputed):
                uncomputed |= more
                observer.start_again()
                raised[0] = None
                namespace, fault = self._script.execute(self._without(uncomputed), look, ticks)
            if fault is not None and fault["kind"] == "memory":  # as `execute_alone` does: earlier runs' leavings
                del namespace
                gc.collect()
                observer.start_again()
                raised[0] = None
                namespace, fault = self._script.execute(codes, look, ticks)
            # What is asked next is about the script as it is.
            self._script.put_in, self._script.given_up = None, set(given_up)
            return self._values(namespace, is_altered=is_altered), fault, raised[0]

        answer = run_trials(asked, observer, execute, list(self._results), altered.alterations, passes)
        if asked.describes:
            self._usual_passes, self._usual_lost = passes.done, self._script.lost
        return answer

    def _put_over(self, raised: Raised, puts: Puts) -> frozenset[int]:
        """Return the sites around what raised for which values are put in: these need not be computed."""
        number, found = raised.site, set()
        while number >= 0:
            # What is looked at behind its statement needs the statement.
            if (number, -1) in puts and self._sites[number].kind not in ("augmented", "container"):
                found.add(number)
            number = self._sites[number].parent
        return frozenset(found)

    def _without(self, uncomputed: frozenset[int]) -> Sequence[CodeType]:
        """Return the observed program in which some sites are not computed; kept, since many values are tried there."""
        if uncomputed not in self._shortened:
            trees = [(item, item.tree) for item in self._parsed if item.tree is not None]
            with uncomputed_in([tree for _, tree in trees], uncomputed):
                self._shortened[uncomputed] = [compile_cell(tree, item.cell) for item, tree in trees]
        return self._shortened[uncomputed]

    def _values(self, namespace: Namespace, *, is_altered: bool) -> list[Encoded]:
        """Return the results of the run that has just ended."""
        recorder = self._script.recorder
        recorder.is_wary = is_altered
        # A definition that raises something leaves what it would have replaced, which may be right by chance.
        if is_altered and self._script.lost > self._usual_lost:
            return [MISSING] * len(self._results)
        return [recorder.result(name, accepted, namespace) for name, accepted in self._results.items()]

    def _altered_as(self, altering: Altering | None) -> Altered:
        """Return the program with alterations built in; the last one is kept, since it is asked for again."""
        if altering is None:
            return Altered((), ())
        if self._altered[0] != altering:
            try:
                found = altered_program(self._parsed, altering)
            except (SyntaxError, ValueError, MemoryError, RecursionError):  # too deep to be written once more
                found = Altered((), ())
            self._altered = altering, found
        return self._altered[1]


def _putting(observer: Observer, results: Sequence[str]) -> PutIn | None:
    """Return what puts values in at results of the lines of `use`: those of sites below 0, from -1 in their order."""
    own = {results[-1 - site]: put for (site, _), put in observer.puts.items() if site < 0}
    if not own:
        return None
    return lambda name, value: observer.replaced("assign", value, own[name]) if name in own else value
