"""The plain sentences of a report: how the submission was read and run, and every doubt about it."""

import itertools
import platform
import re
import sys
from collections.abc import Iterator, Sequence

import numpy as np

from graders.exercise.asked import Exercise
from graders.exercise.content import Limits
from graders.fences import copied_along
from graders.inside.protocol import NOT_RUN, PRINTED_TIMES
from graders.inside.watching import MOST_RUNS
from graders.judging.checks import Judged, Run
from graders.judging.stops import fault_verdict, stop_verdict
from graders.messages import Lang, in_list, place, say, words_for_case
from graders.outcome import Fault, On, Verdict
from graders.reports.given_notes import about_givens, about_overwritten, about_sizes
from graders.reports.missing_notes import about_missing
from graders.sandbox.reply import Execution, FaultClaim, FixedHead, Stop
from graders.submission import Submission


def find_fault(execution: Execution, limits: Limits, lang: Lang) -> Fault | None:
    """Return what stopped the submission, on the fixed example or else on the bank's first such case."""
    if execution.reply.syntax is not None:
        return _fault_of(execution.reply.syntax, Verdict.SYNTAX_ERROR, limits, lang)
    claim = _first_claim(execution)
    if claim is not None:
        return _fault_of(claim, fault_verdict(claim), limits, lang)
    if execution.stop is Stop.BY_ITSELF:
        return None
    verdict = stop_verdict(execution)
    if execution.stop is Stop.TAMPERED:
        return Fault(type=verdict, message=say(lang, "tampered"))
    if execution.stop is Stop.SIGNAL:
        return Fault(type=verdict, message=say(lang, "crashed-signal", detail=execution.detail))
    key = "crashed-exit" if execution.stop is Stop.EXIT else str(verdict)
    return Fault(type=verdict, message=say(lang, key))


def _first_claim(execution: Execution) -> FaultClaim | None:
    reply = execution.reply
    # The lesson's case first: it is the one the student knows.
    claims = [*(reply.fixed.faults if reply.fixed else ()), *(reply.bank.stopping if reply.bank else ())]
    return next(iter(claims), None)


def _fault_of(claim: FaultClaim, verdict: Verdict, limits: Limits, lang: Lang) -> Fault:
    message = claim.message
    if claim.kind == NOT_RUN:
        message = say(lang, "timeout-of-all-runs", limit=MOST_RUNS * limits.cpu_s)
    elif verdict in (Verdict.TIMEOUT, Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT):
        message = _about_limit(verdict, limits, lang)
    elif verdict is Verdict.FORBIDDEN:
        message = say(lang, _forbidden_key(claim), message=message)
    return Fault(type=claim.type, message=message, line=claim.line, cell=claim.cell)


def _about_limit(verdict: Verdict, limits: Limits, lang: Lang) -> str:
    """Name the limit that one run of the script reached."""
    values = {
        Verdict.TIMEOUT: limits.cpu_s,
        Verdict.MEMORY_LIMIT: limits.memory_mib,
        Verdict.OUTPUT_LIMIT: PRINTED_TIMES * limits.output_kib,
    }
    return say(lang, f"{verdict}-of-a-run", limit=values[verdict])


def _forbidden_key(claim: FaultClaim) -> str:
    if claim.type == "FileNotFoundError":
        return "forbidden-file"
    if claim.type == "CalledProcessError":
        return "forbidden-program"
    return "forbidden-thread" if "new thread" in claim.message else "forbidden"


_NOT_STANDARD = f"No module named '(?!({'|'.join(sorted(sys.stdlib_module_names))})\\b)"
# Key of an explanation, type of the exception and what its message contains (patterns).
_EXPLANATIONS = (
    ("broadcast", "ValueError", "broadcast(?!.*remapped)"),  # as `einsum` says of axes that have the same letter
    ("aligned", "ValueError", "aligned|^matmul: .*mismatch in its core dimension"),
    ("none", "TypeError|AttributeError", "'?NoneType'?"),
    ("print", "SyntaxError", "Missing parentheses in call to 'print'"),
    ("quotes", "SyntaxError", "invalid character '[\u2018-\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033\u00b4]'"),
    ("dash", "SyntaxError", "invalid character '[\u2010-\u2015\u2212]'"),
    ("invisible", "SyntaxError", "invalid non-printable character"),
    ("full-width", "SyntaxError", r"invalid character '[\uff00-\uffef\u3000-\u303f]'"),
    ("f-string", "SyntaxError", r"f-string: (expecting '}'|unmatched '[(\[]')"),
    ("backslash", "SyntaxError", "f-string expression part cannot include a backslash"),
    ("numpy-removed", "AttributeError", "module 'numpy' has no attribute"),
    ("numpy-scalar", "TypeError", "only 0-dimensional arrays can be converted"),
    ("integers", "UFuncTypeError", r"from dtype\('float\d+'\) to dtype\('u?int"),
    ("module", "ModuleNotFoundError", _NOT_STANDARD),
    ("python-2", "NameError", "'(xrange|raw_input|unicode|basestring)'"),
    ("unbound", "UnboundLocalError", ""),
    ("name", "NameError", ""),
    ("recursion", "RecursionError", ""),
    ("input", "EOFError", r"input\(\)"),
)


_TYPE_PARAMETERS = r"[ \t]*((async[ \t]+)?def|class)[ \t]+\w+[ \t]*\[|[ \t]*type[ \t]+[^\W\d]\w*[ \t]*(\[.*\])?[ \t]*="


def about_text(submission: Submission, fault: Fault | None, head: FixedHead | None, lang: Lang) -> list[str]:
    """Say what the text of the file tells about a fault: prompts that were copied along, a question nobody answers."""
    if fault is None or fault.line is None:
        return []
    text = next((source for number, source in submission.cells if number == fault.cell), "")
    line = "".join(text.split("\n")[fault.line - 1 : fault.line])
    if head is None:  # nothing has run: the file is no Python
        found = copied_along(text, fault.line)
        if found:
            return [say(lang, f"explain.{found[0]}", where=place(found[1], fault.cell, lang))]
        return [say(lang, "explain.newer-syntax", python=platform.python_version())] if _is_newer(line) else []
    # `float(input())` raises ValueError, since the answer is empty.
    asks = re.search(r"\binput\(", line)
    return [say(lang, "explain.input")] if asks else []


def _is_newer(line: str) -> bool:
    """Tell whether a line that Python does not understand is one that a later version does: `def f[T](x)`, `type`."""
    return sys.version_info < (3, 12) and re.match(_TYPE_PARAMETERS, line) is not None


def explain(fault: Fault | None, head: FixedHead | None, exercise: Exercise, lang: Lang) -> list[str]:
    """Return what an exception means in this exercise, if it is one students meet."""
    if fault is None:
        return []
    undefined = _about_undefined(fault, head, exercise, lang) if head is not None else []
    known = (
        key for key, kind, words in _EXPLANATIONS if re.fullmatch(kind, fault.type) if re.search(words, fault.message)
    )
    return undefined or [say(lang, f"explain.{key}", numpy=np.__version__) for key in itertools.islice(known, 1)]


def _about_undefined(fault: Fault, head: FixedHead, exercise: Exercise, lang: Lang) -> list[str]:
    """Say where a name has its value that has none where it is used."""
    key = "explain.name-left-out" if exercise.submission == "definitions" else "explain.name-below"
    return [
        say(lang, key, name=name, where=place(line, cell, lang))
        for name, (cell, line) in head.bound.items()
        if fault.type == "NameError" and fault.message.startswith(f"name {name!r} ")
    ]


def about_use(execution: Execution, exercise: Exercise, lang: Lang) -> list[str]:
    """Return which of the exercise's own lines raised something, where none of the student's did."""
    claim = _first_claim(execution)
    if claim is None or claim.line is not None or claim.use_line is None:
        return []
    (source,) = exercise.use.splitlines()[claim.use_line - 1 : claim.use_line] or [""]
    return [say(lang, "in-use", source=source.strip())] if source else []


def write_notes(submission: Submission, run: Run, exercise: Exercise, lang: Lang) -> list[str]:
    """Return the notes, in the order a reader needs them."""
    notes = [note.say(lang) for note in submission.notes]
    execution = run.execution
    head = execution.reply.head
    if head is not None:
        notes += _about_reading(head, exercise, lang)
    notes += _about_rules(execution, lang)
    notes += _about_results(run, exercise, lang)
    if head is not None:
        notes += [] if run.is_right else about_overwritten(head, exercise, lang)
        notes += about_sizes(run.sizes, lang)
        notes += about_missing(execution, exercise, lang)
    return list(dict.fromkeys(notes))


def _about_reading(head: FixedHead, exercise: Exercise, lang: Lang) -> Iterator[str]:
    if head.cells:
        yield say(lang, "cells", cells=in_list(lang, head.cells))
    if head.left_out:
        yield say(lang, "cells-left-out", cells=in_list(lang, head.left_out))
    for kind, lines in head.mended.items():
        yield say(lang, f"mended.{kind}", lines=in_list(lang, lines))
    yield from about_givens(head, exercise, lang)
    for module in head.unavailable:
        yield say(lang, "unavailable", module=module)


def _about_rules(execution: Execution, lang: Lang) -> Iterator[str]:
    """Say which rules the submission breaks, and where."""
    for function, word, line, cell in execution.reply.broken:
        who = function or say(lang, "the-script")
        if line is None:
            yield say(lang, "not-required", function=who, word=word)
        else:
            yield say(lang, "not-allowed", function=who, word=word, where=place(line, cell, lang))


def _about_results(run: Run, exercise: Exercise, lang: Lang) -> Iterator[str]:
    reply = run.execution.reply
    head, fixed, bank = reply.head, reply.fixed, reply.bank
    local = () if head is None else head.local
    of_result: dict[str, list[Judged]] = {}
    for item in run.judged:
        of_result.setdefault(item.check.result, []).append(item)
    for result, own in of_result.items():
        yield from _about_result(result, own, local, exercise, lang)
    if bank is not None and bank.is_enough and bank.ran < len(bank.fault_of):
        counts = {"ran": bank.ran, "count": len(bank.fault_of)}
        yield say(lang, "slow", **counts, **words_for_case(exercise.noun, lang))
    if run.is_right and fixed is not None:
        yield from _about_end(fixed.faults, lang)


def _about_end(faults: Sequence[FaultClaim], lang: Lang) -> Iterator[str]:
    """Say what stopped a right script behind its results; `sys.exit()` is how the student wants it to end."""
    yield from (say(lang, "raised-after", type=each.type) for each in faults[:1] if each.type != "SystemExit")


def _about_result(
    result: str, own: Sequence[Judged], local: Sequence[str], exercise: Exercise, lang: Lang
) -> Iterator[str]:
    """Say what there is to say of one result; `own`: its checks, `local`: names that only a function knows."""
    yield from _about_precision(result, own, lang)
    if result in local and any(item.check.passed for item in own):
        yield say(lang, "local", result=result)
    checks = {item.check.on: item.check for item in own}
    is_wrong = checks[On.BANK].verdict in (Verdict.WRONG_VALUE, Verdict.WRONG_SHAPE)
    if checks[On.FIXED].verdict is Verdict.CORRECT and is_wrong and not checks[On.BANK].passed:
        yield say(lang, "only-fixed", result=result, **words_for_case(exercise.noun, lang))


def _about_precision(result: str, own: Sequence[Judged], lang: Lang) -> Iterator[str]:
    wrong = [item.decimals for item in own if item.check.verdict is Verdict.WRONG_VALUE]
    # One case alone may look so by chance: significant digits are a number of decimals there.
    if wrong and wrong[-1] is not None and None not in wrong:
        yield say(lang, "rounded", result=result, decimals=wrong[-1])
    # Typed-in digits are as near on the lesson's numbers, and nowhere else.
    elif all(item.check.verdict is Verdict.CORRECT for item in own) and any(item.reduced for item in own):
        yield say(lang, "reduced-precision", result=result)


def about_shapes(judged: Sequence[Judged], execution: Execution, exercise: Exercise, lang: Lang) -> Iterator[str]:
    """Say where only the shape of a result is wrong, with both shapes on the fixed example."""
    fixed = execution.reply.fixed
    steps = {step.name: step for step in exercise.results}
    for item in judged:
        same = item.comparisons is not None and any(comparison.same_numbers for comparison in item.comparisons)
        if same and fixed is not None and item.check.on is On.FIXED:
            found = fixed.columns[item.check.result].shapes[0]
            step = steps[item.check.result]
            wanted = item.layout.shape(exercise.fixed_shape(step))
            if -1 in wanted:
                continue
            key = "same-numbers" if step.updates is None else "same-numbers-as"
            yield say(lang, key, result=step.name, found=tuple(found), wanted=wanted, weights=step.updates)
