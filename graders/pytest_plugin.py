"""`pytest --submission backprop.py`: each step and each check of the exercise is a test, its feedback the failure.

The submission is graded once, in the sandbox, when its first test runs; pytest never imports it. Without the option the
plugin does nothing, and nothing of the grader is loaded.
"""

from collections.abc import Generator, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from graders.messages import Lang
    from graders.outcome import Report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("exercise-grader", "exercise grader")
    group.addoption("--submission", type=Path, metavar="FILE", help="grade this .py or .ipynb file")
    group.addoption("--exercise", default="backprop", metavar="NAME", help="its exercise (default: backprop)")


def pytest_configure(config: pytest.Config) -> None:
    """Collect the submission: besides what the command line names, else alone."""
    path = _submission(config)
    if path is None:
        return
    if not path.is_file():
        raise pytest.UsageError(f"--submission {config.getoption('--submission')}: no such file")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = [str(path)]
    elif not any((config.invocation_params.dir / name.partition("::")[0]).resolve() == path for name in config.args):
        config.args.append(str(path))


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Put our collector in the place of all others, which would import the submission."""
    others = yield
    if file_path.resolve() == _submission(parent.config):
        return [SubmissionFile.from_parent(parent, path=file_path)]
    return others


def _submission(config: pytest.Config) -> Path | None:
    path: Path | None = config.getoption("--submission")
    return None if path is None else (config.invocation_params.dir / path).resolve()


class SubmissionFile(pytest.File):
    """A submission, with a test for each step and each check of its exercise."""

    def collect(self) -> Iterable[pytest.Item]:
        """Yield the steps, in order, then the checks; nothing is graded yet."""
        from graders.errors import GraderError
        from graders.exercise import load_exercise
        from graders.outcome import On

        try:
            exercise = load_exercise(self.config.getoption("--exercise"))
        except GraderError as error:
            raise self.CollectError(str(error)) from error
        for step in exercise.steps:
            yield StepItem.from_parent(self, name=f"step.{step.name}", about=step.name)
        for on in On:
            for step in exercise.results:
                yield CheckItem.from_parent(self, name=f"{on}.{step.name}", about=f"{on}.{step.name}")

    @cached_property
    def lang(self) -> "Lang":
        """The language of the locale."""
        from graders.messages import locale_lang

        return locale_lang()

    @cached_property
    def graded(self) -> "Report | str":
        """The report, or why there is none."""
        from graders.errors import GraderError
        from graders.opening import open_grader
        from graders.outcome import Verdict
        from graders.submission import read_submission

        try:
            submission = read_submission(self.path)
            with open_grader(self.config.getoption("--exercise"), fallback=True, lang=self.lang) as (grader, _):
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
    def report(self) -> "Report":
        """The report, which `setup` has seen to be there."""
        assert not isinstance(self.parent.graded, str)
        return self.parent.graded

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the test is (lines are known only when it was graded), and a headline.

        With the name alone `-v` would show `step::error`, which pytest does not find again.
        """
        return self.path, None, f"{self.name} ({self.path.name})"


class CheckItem(_Item):
    """A result on the lesson's network, or on the random ones."""

    def runtest(self) -> None:
        """Fail unless the check is right on every network."""
        from graders.messages import say
        from graders.outcome import Verdict
        from graders.wording import fault_line

        lang = self.parent.lang
        check = next(check for check in self.report.checks if check.id == self.about)
        if check.verdict is Verdict.CORRECT:
            return
        on, verdict = say(lang, f"on.{check.on}"), say(lang, f"verdict.{check.verdict}")
        lines = [f"{check.result} ({on}, {check.passed} / {check.networks}): {verdict}"]
        lines += [fault_line(self.report.fault, lang)] if self.report.fault is not None else []
        pytest.fail("\n".join([*lines, *self.report.notes]), pytrace=False)


class StepItem(_Item):
    """A step, judged from the student's own earlier values."""

    def runtest(self) -> None:
        """Fail if the mistake is in this step; pass with a remark if it is in an earlier one."""
        from graders.messages import say
        from graders.outcome import Kind, Verdict
        from graders.wording import example_lines, fault_line, step_line

        lang, report = self.parent.lang, self.report
        step = next((step for step in report.steps or () if step.name == self.about), None)
        if report.verdict is Verdict.CORRECT or (step is not None and step.verdict is Verdict.CORRECT):
            return
        if step is None or step.verdict.kind is Kind.OPEN:
            pytest.skip(step_line(step, lang) if step is not None else say(lang, "step.not-reached"))
        if not step.verdict.is_wrong:
            self.add_report_section("call", "feedback", step_line(step, lang))
            return
        lines, fault = [step_line(step, lang)], report.fault
        if fault is not None and (fault.cell, fault.line) == (step.cell, step.line):
            lines.append(fault_line(fault, lang))
        if report.counterexample is not None and report.counterexample.result == step.name:
            lines += example_lines(report.counterexample, lang)
        pytest.fail("\n".join(lines), pytrace=False)
