"""One submission from file to Report, top to bottom: read, run in the sandbox, judge, add up, diagnose, report."""

import time
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from graders.answers import Reference
from graders.choices import Isolation as Isolation
from graders.comparison import Expected
from graders.errors import ExerciseError, SandboxError
from graders.exercise import Exercise, Network
from graders.judging import Answers, Judged, judge
from graders.messages import Lang, say
from graders.networks import Bank
from graders.notes import about_shapes, explain, find_fault, write_notes
from graders.outcome import Feedback, On, Repair, Report, Verdict
from graders.report import ReportMaker, where
from graders.sandbox.execution import Execution
from graders.sandbox.wire import RepairReply, encode_job, encode_request, encode_setup
from graders.submission import Submission

if TYPE_CHECKING:
    from graders.diagnosis.diagnose import Diagnoser, Diagnosis

_LIMITS = 2
"""All runs of one submission together take at most so many times the limit of one: those that are graded come first."""

_SHORTEST_S = 1.0
"""On a busy machine a shorter run may end before it has begun."""


class Sandbox(Protocol):
    """What grading needs of a sandbox; `sandbox.server` and `sandbox.spawning` are the two there are."""

    isolation: str

    def prepare(self, setup: bytes, networks: int) -> None:
        """Hand over what all submissions share."""

    def run(self, job: bytes, *, networks: int | None = None, wall_s: float | None = None) -> Execution:
        """Run one submission, for `wall_s` at most if that is less than the exercise's limit."""

    def ask(self, job: bytes, request: bytes, *, networks: int, wall_s: float | None = None) -> Execution:
        """Run the submission of a job, which has been run, on the networks of a request."""

    def release(self) -> None:
        """Give back what a later `ask` about the last submission would need."""


class _Run(Struct, frozen=True, kw_only=True):
    """A run and its checks."""

    job: bytes
    execution: Execution
    judged: Sequence[Judged]
    named: Sequence[str]

    @property
    def is_right(self) -> bool:
        return all(item.check.verdict is Verdict.CORRECT for item in self.judged)

    @property
    def points(self) -> float:
        return sum(item.check.points for item in self.judged)


class Grader:
    """Grades submissions of one exercise on one bank in one sandbox."""

    def __init__(
        self,
        exercise: Exercise,
        reference: Reference,
        bank: Bank,
        sandbox: Sandbox,
        *,
        lang: Lang = "en",
        feedback: Feedback = Feedback.COUNTEREXAMPLE,
    ) -> None:
        self.exercise = exercise
        self.bank = bank
        self._reference = reference
        self._sandbox = sandbox
        self._lang = lang
        self._feedback = feedback
        self.reports = ReportMaker(exercise, bank, sandbox.isolation, lang=lang, feedback=feedback)
        self._networks = [exercise.fixed, *bank.networks]
        values = [reference.values(network) for network in self._networks]
        self._answers = [
            Answers(
                step,
                Expected([values[0][step.name]]),
                Expected([value[step.name] for value in values[1:]]),
            )
            for step in exercise.results
        ]
        recorded = [*reference.forward_names, *(step.name for step in exercise.steps)]
        sandbox.prepare(encode_setup(exercise, recorded, self._networks), len(self._networks))

    @np.errstate(all="ignore")  # the numbers a submission claims may be anything
    def grade(self, submission: Submission) -> Report:
        """Grade one submission. A fault of the grader's own is the verdict `not-graded`, never an exception.

        Raises ExerciseError if a step is wrong and the exercise's misconceptions are not in order.
        """
        if submission.unreadable is not None:
            return self.reports.unreadable(submission, submission.unreadable)
        deadline = time.monotonic() + _LIMITS * self.exercise.limits.wall_s
        try:
            run = self._run(submission)
            diagnosis, doubt = (None, None) if run.is_right else self._diagnose(submission, run, deadline)
            return self._report_on(submission, run, diagnosis, doubt)
        except SandboxError as error:
            return self.reports.not_graded(submission, str(error))
        except ExerciseError:  # its author must act, whatever was handed in
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours; the reason stands in the report
            return self.reports.not_graded(submission, where(error))
        finally:
            self._sandbox.release()

    def _report_on(self, submission: Submission, run: _Run, diagnosis: "Diagnosis | None", doubt: str | None) -> Report:
        execution, judged = run.execution, run.judged
        notes = write_notes(submission, execution, judged, self.exercise, self._lang)
        notes += about_shapes(judged, execution, self.exercise, self._lang)
        if diagnosis is not None and diagnosis.wrong_forward:
            notes.append(say(self._lang, "forward", names=", ".join(diagnosis.wrong_forward)))
        if doubt is not None:
            notes.append(say(self._lang, doubt))
        fault = find_fault(execution, judged, self._lang)
        return self.reports.graded(
            submission,
            [item.check for item in judged],
            fault=fault,
            notes=[*explain(fault, self._lang), *notes],
            stdout=execution.reply.head.stdout if execution.reply.head is not None else "",
            diagnosis=diagnosis,
        )

    def _run(self, submission: Submission) -> _Run:
        """Run on all networks. Where a constant merely happened to equal a given, a second run takes names only."""
        first = self._run_once(submission, ())
        head = first.execution.reply.head
        named = [name for name, claim in head.givens.items() if claim.by_name and claim.by_value] if head else []
        if not named or first.is_right:
            return first
        second = self._run_once(submission, named)
        return second if second.points > first.points else first

    def _run_once(self, submission: Submission, named: Sequence[str]) -> _Run:
        job = encode_job(self.exercise, submission.cells, named=named)
        execution = self._sandbox.run(job)
        judged = judge(execution, self.exercise, self._answers)
        return _Run(job=job, execution=execution, judged=judged, named=named)

    @cached_property
    def _diagnoser(self) -> "Diagnoser":
        from graders.diagnosis.authored import refuse_bad_misconceptions
        from graders.diagnosis.diagnose import Diagnoser

        refuse_bad_misconceptions(self.exercise, self._reference, self._networks)
        return Diagnoser(self.exercise, self._reference, lang=self._lang)

    def _diagnose(self, submission: Submission, run: _Run, deadline: float) -> tuple["Diagnosis | None", str | None]:
        """Ask for every step on telling networks, if the level asks for it and the script gets that far.

        Returns the diagnosis, or the key of the note that says why there is none.
        """
        head = run.execution.reply.head
        if head is None or not self._feedback.includes(Feedback.STEPS):
            return None, None
        if _left_s(deadline) < _SHORTEST_S:
            return None, "no-time"
        wrong = {item.check.result for item in run.judged if item.check.verdict is Verdict.WRONG_VALUE}
        if run.execution.reply.bank is None:
            return self._diagnoser.diagnose(run.execution, self._networks[:1], ()), None
        failed = {
            index
            for item in run.judged
            for index, comparison in enumerate(item.comparisons or ())
            if item.check.on is On.BANK and comparison.verdict is not Verdict.CORRECT
        }
        networks = self._diagnoser.networks(self.bank.networks, sorted(failed))
        request = encode_request(self.exercise, networks[1:])
        try:
            execution = self._sandbox.ask(run.job, request, networks=len(networks) - 1, wall_s=_left_s(deadline))
        except SandboxError:
            return None, "no-diagnosis"
        if execution.reply.more is None:
            return None, "no-diagnosis"
        diagnosis = self._diagnoser.diagnose(execution, networks, wrong)
        if self._feedback.includes(Feedback.REPAIR):
            diagnosis = replace(diagnosis, repair=self._repair(submission, run, diagnosis, networks, deadline))
        return diagnosis, None

    def _repair(
        self, submission: Submission, run: _Run, diagnosis: "Diagnosis", networks: Sequence[Network], deadline: float
    ) -> Repair | None:
        """Try small edits of the first wrong step, in the sandbox."""
        from graders.diagnosis.repair import find_repair

        head, step = run.execution.reply.head, diagnosis.first_wrong
        if head is None or step is None or diagnosis.evidence is None or step.name not in head.places:
            return None
        cell, line = head.places[step.name]

        def run_edits(count: int, edits: int) -> RepairReply | None:
            if _left_s(deadline) < _SHORTEST_S:
                return None
            repair = (step.name, line, cell, edits)
            on = networks[:count]
            job = encode_job(self.exercise, submission.cells, named=run.named, networks=on, repair=repair)
            try:
                return self._sandbox.run(job, networks=len(on), wall_s=_left_s(deadline)).reply.repair
            except SandboxError:
                return None

        return find_repair(replace(step, line=line, cell=cell), diagnosis.evidence, run_edits)


def _left_s(deadline: float) -> float:
    return deadline - time.monotonic()
