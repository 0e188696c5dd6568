"""The tests that `pytest --submission` collects: the steps and checks of the exercise."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from graders.errors import GraderError
from graders.exercise.loading import load_exercise
from graders.messages import Lang, locale_lang, say
from graders.outcome import Check, Kind, On, Report, Step, Verdict
from graders.reports.text import example_lines, fault_line, on_text, step_line
from graders.session import Terms, load_any, open_any
from graders.submission import read_submission


class SubmissionFile(pytest.File):
    """A submission, with a test for each step and each check of its exercise."""

    def collect(self) -> Iterable[pytest.Item]:
        """Yield the steps, in order, then the checks; nothing is graded yet."""
        try:
            exercise = load_exercise(self.config.getoption("--exercise"))
        except GraderError as error:
            raise self.CollectError(str(error)) from error
        for step in exercise.steps:
            yield StepItem.from_parent(self, name=f"step.{step.name}", about=step.name)
        for on in On:
            for step in exercise.results:
                check = Check.id_of(step.name, on)
                yield CheckItem.from_parent(self, name=check, about=check)

    @cached_property
    def lang(self) -> Lang:
        """The language of the locale."""
        return locale_lang()

    @cached_property
    def graded(self) -> Report | str:
        """The report, or why there is none."""
        try:
            submission = read_submission(self.path)
            materials = load_any(self.config.getoption("--exercise"))
            with open_any(materials, Terms(isolation=None, fallback=True, lang=self.lang)) as grader:
                report = grader.grade(submission)
        except GraderError as error:
            return str(error)
        if report.verdict is Verdict.NOT_GRADED and report.fault is not None:
            return report.fault.message
        return report


class _Item(pytest.Item):
    """A test of a submission, about a step or a check."""

    parent: SubmissionFile

    def __init__(self, *, about: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.about = about

    def setup(self) -> None:
        """Grade; where that is not possible the test has an error, which is no failure of the student's."""
        if isinstance(self.parent.graded, str):
            pytest.fail(self.parent.graded, pytrace=False)

    @property
    def report(self) -> Report:
        """The report, which `setup` has seen to be there."""
        assert not isinstance(self.parent.graded, str)
        return self.parent.graded

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the test is (lines are known only when it was graded), and a headline.

        With the name alone `-v` would show `step::error`, which pytest does not find again.
        """
        return self.path, None, f"{self.name} ({self.path.name})"


class CheckItem(_Item):
    """A result on the lesson's case, or on the random ones."""

    def runtest(self) -> None:
        """Fail unless the check is right on every case."""
        lang = self.parent.lang
        check = next(check for check in self.report.checks if check.id == self.about)
        if check.verdict is Verdict.CORRECT:
            return
        on, verdict = on_text(check.on, self.report, lang), say(lang, f"verdict.{check.verdict}")
        lines = [f"{check.result} ({on}, {check.passed} / {check.cases}): {verdict}"]
        lines += [fault_line(self.report.fault, lang)] if self.report.fault is not None else []
        # pytrace=False: the traceback would show the grader's code, which the student did not write.
        pytest.fail("\n".join([*lines, *self.report.notes]), pytrace=False)


class StepItem(_Item):
    """A step, judged from the student's own earlier values."""

    def runtest(self) -> None:
        """Fail if the mistake is in this step; pass with a remark if it is in an earlier one."""
        lang, report = self.parent.lang, self.report
        if report.verdict is Verdict.CORRECT:
            return
        step = next((step for step in report.steps or () if step.name == self.about), None)
        # No step is told of where the script did not even start.
        if step is None:
            pytest.skip(say(lang, "step.not-reached"))
        match step.verdict.kind:
            case Kind.RIGHT:
                return
            case Kind.OPEN:
                pytest.skip(step_line(step, lang))
            case Kind.CARRIED:
                # It passes, since it is right; `-rP` shows that it has another step's mistake in it.
                self.add_report_section("call", "feedback", step_line(step, lang))
            case _:
                pytest.fail("\n".join(self._about_wrong(step)), pytrace=False)

    def _about_wrong(self, step: Step) -> list[str]:
        """Return what there is to say about a wrong step, and only about this one."""
        lang, report = self.parent.lang, self.report
        lines, fault = [step_line(step, lang)], report.fault
        if fault is not None and (fault.cell, fault.line) == (step.cell, step.line):
            lines.append(fault_line(fault, lang))
        if report.counterexample is not None and report.counterexample.result == step.name:
            lines += example_lines(report, lang)
        return lines
