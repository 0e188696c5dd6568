"""A report's feedback as lines of plain text, for the terminal and wherever else there is no markup."""

from collections.abc import Iterator

from graders.messages import Lang, at, place, say, words_for_case
from graders.outcome import Check, Fault, Kind, On, Repair, Report, Step, Verdict


def text_lines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield the score, what stopped the submission, each step that is not right, the counterexample and the rest."""
    yield score_line(report, lang)
    yield from part_lines(report, lang)
    if report.fault is not None:
        yield fault_line(report.fault, lang)
    yield from feedback_lines(report, lang)
    if report.grading.isolation == "process":
        yield say(lang, "isolation-process")


def headlines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield what matters first: the score, what stopped the submission, the first wrong step."""
    yield score_line(report, lang)
    if report.fault is not None:
        yield fault_line(report.fault, lang)
    wrong = [step for step in report.steps or () if step.verdict.is_wrong]
    # Only the first: those after it may be right once it is.
    for step in wrong[:1]:
        yield f"{step.verdict.sign} {step_line(step, lang)}"


def score_line(report: Report, lang: Lang) -> str:
    """Return the file, its score and the verdict; what could not be graded has no score."""
    score, verdict = report.score, say(lang, f"verdict.{report.verdict}")
    if report.verdict.kind is Kind.UNGRADED:  # 0 points would be read as a grade
        return say(lang, "about", what=report.submission.file, text=verdict)
    text = say(lang, "aside", one=f"{score.points:g} / {score.max:g}", other=verdict)
    return say(lang, "about", what=report.submission.file, text=text)


def part_lines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield each part with its score and verdict, of an exercise that is made of others."""
    for part in report.parts:
        text = say(lang, "aside", one=f"{part.points:g} / {part.max:g}", other=say(lang, f"verdict.{part.verdict}"))
        yield say(lang, "about", what=part.exercise, text=text)


def feedback_lines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield each step with something to say, the counterexample, the repair and the notes."""
    for step in told_steps(report):
        yield f"{step.verdict.sign} {step_line(step, lang)}"
    yield from example_lines(report, lang)
    if report.repair is not None:
        yield repair_line(report.repair, lang)
    for note in report.notes:
        yield f"• {note}"


def on_text(on: On, report: Report, lang: Lang) -> str:
    """Return what a check is about, in the exercise's own word for a case."""
    return say(lang, f"on.{on}", **words_for_case(report.noun, lang))


def check_line(check: Check, report: Report, lang: Lang) -> str:
    """Return one line about a check of a report."""
    on = say(lang, "aside", one=on_text(check.on, report, lang), other=f"{check.passed} / {check.cases}")
    what = say(lang, "at", what=check.result, where=on)
    return say(lang, "about", what=what, text=say(lang, f"verdict.{check.verdict}"))


def told_steps(report: Report) -> Iterator[Step]:
    """Yield each step that is not right, or that is right where its name does not hold it."""
    for step in report.steps or ():
        if step.verdict is not Verdict.CORRECT or step.message is not None:
            yield step


def step_line(step: Step, lang: Lang) -> str:
    """Return one line about a step, with its place."""
    what = at(lang, step.name, step.line, step.cell)
    return say(lang, "about", what=what, text=step_message(step, lang))


def step_message(step: Step, lang: Lang) -> str:
    """Return what is said about a step: its verdict, where nobody knows more."""
    return step.message or say(lang, f"verdict.{step.verdict}")


def step_texts(report: Report, lang: Lang) -> Iterator[tuple[Step, str]]:
    """Yield each step with what there is to say about it: the first wrong one with the counterexample."""
    # The counterexample shows the first wrong step; under any other it would confuse.
    example = list(example_lines(report, lang))
    for step in report.steps or ():
        lines = [step_line(step, lang)]
        if step.verdict.is_wrong:
            lines, example = [*lines, *example], []
        yield step, "\n".join(lines)


def example_lines(report: Report, lang: Lang) -> Iterator[str]:
    """Yield the case of the counterexample, what was expected on it and what came out; nothing where there is none."""
    example = report.counterexample
    if example is None:
        return
    values = ", ".join(f"{name} = {value}" for name, value in example.case.items())
    yield say(lang, "counterexample", values=values, **words_for_case(report.noun, lang))
    yield say(lang, "expected", result=example.result, value=example.expected)
    yield say(lang, "actual", result=example.result, value=example.actual)


def repair_line(repair: Repair, lang: Lang) -> str:
    """Return what to write instead."""
    return say(lang, "repair", step=repair.step, before=repair.before, after=repair.after)


def fault_line(fault: Fault, lang: Lang) -> str:
    """Return one line about what stopped a submission, with its place."""
    where = place(fault.line, fault.cell, lang)
    text = f"{fault.type}: {fault.message}"  # as Python writes it
    if is_verdict(fault):
        text = say(lang, "about", what=fault_kind(fault, lang), text=fault.message)
    return say(lang, "about", what=where, text=text) if where else text


def is_verdict(fault: Fault) -> bool:
    """Tell whether a fault's type is the verdict's word, as a limit's is, and no exception's name."""
    return fault.type in set(Verdict)


def fault_kind(fault: Fault, lang: Lang) -> str:
    """Return what a fault is called: its name in Python, or the verdict in the reader's language."""
    return say(lang, f"verdict.{fault.type}") if is_verdict(fault) else fault.type


def file_line(of: Step | Fault) -> int | None:
    """Return the line of the file; a cell's line is no line of the notebook's file."""
    return of.line if of.cell is None else None
