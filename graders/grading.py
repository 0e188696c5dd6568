"""One submission from file to Report, top to bottom: read, run in the sandbox, judge, add up, diagnose, report."""

import time
from collections.abc import Callable, Iterator
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from graders.errors import ExerciseError, SandboxError
from graders.exercise.asked import Exercise
from graders.exercise.bank import Bank
from graders.exercise.reference import Reference
from graders.judging.answers import answers_of
from graders.judging.checks import Run, judge, with_carried
from graders.judging.findings import Diagnosis, NotDiagnosed
from graders.judging.showing import in_words
from graders.judging.sizes import with_sizes
from graders.messages import Lang, in_list, say, words_for_case
from graders.outcome import Check, Fault, Feedback, Report
from graders.reports.making import ReportMaker, where
from graders.reports.missing_notes import about_spelling
from graders.reports.notes import about_shapes, about_text, about_use, explain, find_fault, write_notes
from graders.sandbox.encoding import encode_job, encode_setup
from graders.sandbox.sandbox import Sandbox
from graders.submission import Submission

if TYPE_CHECKING:
    from graders.judging.diagnosis import Diagnoser

# All runs of one submission together take at most so many times the limit of one: those that are graded come first.
_LIMITS = 2


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
        self._reports = ReportMaker(exercise, bank, sandbox.isolation, lang=lang, feedback=feedback)
        cases = [exercise.fixed, *bank.cases]
        # Names to look at, and no values: what the sandbox is given holds no answer.
        recorded = [*reference.forward_names, *(step.name for step in exercise.steps)]
        sandbox.prepare(encode_setup(exercise, recorded, cases), len(cases))
        # Once per run, and while the sandbox reads the cases: every submission is compared with the same numbers.
        values = [reference.values(case) for case in cases]
        self._answers = answers_of(exercise, reference, cases, values)

    @np.errstate(all="ignore")  # the numbers a submission claims may be anything
    def grade(self, submission: Submission, tell: Callable[[Report], object] | None = None) -> Report:
        """Grade one submission. A fault of the grader's own is the verdict `not-graded`, never an exception.

        `tell`: is told the checks alone before the mistake is looked for, which takes longer than all else.

        Raises ExerciseError if a step is wrong and the exercise's misconceptions are not in order.
        """
        if submission.unreadable is not None:
            return self._reports.unreadable(submission, submission.unreadable)
        # Monotonic: a clock that is set meanwhile makes no submission late.
        deadline = time.monotonic() + _LIMITS * self.exercise.limits.wall_s
        try:
            run = self._run(submission, deadline)
            if not run.is_right:
                run = self._with_own_numbers(self._with_own_sizes(run))
                if tell is not None:
                    tell(self._reports.graded(submission, [item.check for item in run.judged], fault=None))
            return self._report_on(submission, run, None if run.is_right else self._diagnose(run, deadline))
        except SandboxError as error:
            return self._reports.not_graded(submission, str(error))
        except ExerciseError:  # its author must act, whatever was handed in
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours; the reason stands in the report
            return self._reports.not_graded(submission, where(error))
        finally:
            self._sandbox.release()

    def not_graded(self, submission: Submission, reason: str) -> Report:
        """Return the report of a submission that a fault of the grader's own kept from being graded."""
        return self._reports.not_graded(submission, reason)

    def _report_on(self, submission: Submission, run: Run, found: Diagnosis | NotDiagnosed | None) -> Report:
        head = run.execution.reply.head
        fault = find_fault(run.execution, self.exercise.limits, self._lang)
        # Which file was graded comes first: it is what a gradebook's row shows.
        notes = [note.say(self._lang) for note in submission.notes]
        notes += self._cures(submission, run, fault)
        notes += self._notes_on(submission, run)
        notes += self._notes_on_steps(run, found)
        diagnosis = found if isinstance(found, Diagnosis) else None
        if diagnosis is not None and diagnosis.counterexample is not None:
            diagnosis = diagnosis._replace(counterexample=in_words(diagnosis.counterexample, self.exercise))
        checks, said = self._with_carried([item.check for item in run.judged], diagnosis)
        return self._reports.graded(
            submission,
            checks,
            fault=fault,
            notes=list(dict.fromkeys([*notes, *said])),
            stdout="" if head is None else head.stdout,
            diagnosis=diagnosis,
        )

    def _cures(self, submission: Submission, run: Run, fault: Fault | None) -> list[str]:
        """Return what a missing name or a stop means, and what to write instead."""
        spelled = about_spelling(run.execution, self.exercise, self._lang)
        # `print(delta_w)` stops there, and what is meant is just told.
        if fault is not None and fault.message in (f"name {result!r} is not defined" for result in spelled):
            return list(spelled.values())
        head = run.execution.reply.head
        explained = about_text(submission, fault, head, self._lang) or explain(fault, head, self.exercise, self._lang)
        return [*about_use(run.execution, self.exercise, self._lang), *spelled.values(), *explained]

    def _with_carried(self, checks: list[Check], diagnosis: Diagnosis | None) -> tuple[list[Check], list[str]]:
        """Return the checks with what the exercise gives for follow-through, and the note that says so."""
        if diagnosis is None or not diagnosis.carried:
            return checks, []
        earned = with_carried(checks, diagnosis.carried, self.exercise.carried_share)
        names = dict.fromkeys(new.result for old, new in zip(checks, earned, strict=True) if new.points > old.points)
        said = (
            [say(self._lang, f"carried.{self.exercise.carried}", results=in_list(self._lang, names))] if names else []
        )
        return earned, said

    def _notes_on(self, submission: Submission, run: Run) -> list[str]:
        """Return what there is to say about the script, whichever step is wrong."""
        notes = write_notes(submission, run, self.exercise, self._lang)
        notes += about_shapes(run.judged, run.execution, self.exercise, self._lang)
        head = run.execution.reply.head
        # Only beside a wrong result: an argument that nobody misses may be changed.
        if head is not None and head.changed and not run.is_right:
            missed = self._reference.missed(head.changed)
            notes += [say(self._lang, "changes-argument", name=name) for name in missed]
        if not run.points and (other := _another(submission, self.exercise)) is not None:
            notes.insert(0, say(self._lang, "another-exercise", other=other, exercise=self.exercise.name))
        return notes

    def _notes_on_steps(self, run: Run, found: Diagnosis | NotDiagnosed | None) -> Iterator[str]:
        """Say why there is no diagnosis, or which of the author's own lines differ."""
        match found:
            case NotDiagnosed(reason):
                yield say(self._lang, reason, **words_for_case(self.exercise.noun, self._lang))
            case Diagnosis() if not run.is_explained:
                if found.is_cut_short:
                    yield say(self._lang, "cut-short")
                for key, wrong in (("forward", found.wrong_forward), ("helper", found.wrong_helpers)):
                    if wrong:
                        yield say(self._lang, key, names=in_list(self._lang, wrong))

    def _run(self, submission: Submission, deadline: float) -> Run:
        """Run on all cases. Where a constant merely happens to equal a given, another reading of the script counts."""
        best = run = self._run_once(submission, 0)
        while best.may_be_misread and run.reading + 1 < run.readings and time.monotonic() < deadline:
            run = self._run_once(submission, run.reading + 1)
            # Of equal points the reading that runs to its end: it says more about the script.
            best = max(best, run, key=lambda run: (run.points, not run.stops_on_bank))
        return best

    def _run_once(self, submission: Submission, reading: int) -> Run:
        job = encode_job(self.exercise, submission.cells, reading=reading, modules=submission.modules)
        execution = self._sandbox.run(job)
        judged = judge(execution, self.exercise, self._answers)
        return Run(submission.cells, reading, job, execution, judged, modules=submission.modules)

    def _with_own_sizes(self, run: Run) -> Run:
        return with_sizes(run, self.exercise, self._reference, self.bank.cases, self._answers, self._sandbox)

    def _with_own_numbers(self, run: Run) -> Run:
        """Judge a script of another edition of the lesson on the numbers printed there, instead of the lesson's."""
        head = run.execution.reply.head
        if head is None or head.edition is None or head.edition >= len(self.exercise.editions):
            return run
        case = self.exercise.editions[head.edition]
        values = self._reference.values(case)
        answers = answers_of(self.exercise, self._reference, [case, case], [values, values])
        # The case twice: a run has a fixed example and a bank, and both are this one.
        job = encode_job(self.exercise, run.cells, reading=run.reading, cases=[case, case], modules=run.modules)
        judged = judge(self._sandbox.run(job, cases=2), self.exercise, answers)
        return run.on_edition(judged)

    def _diagnose(self, run: Run, deadline: float) -> Diagnosis | NotDiagnosed | None:
        """Diagnose a run, if level or points ask for it and the script got far enough to say anything."""
        # Points are the same at every level: where they depend on the diagnosis, it is made and then not told.
        is_asked = self._feedback.includes(Feedback.STEPS) or self.exercise.carried_share > 0
        if run.execution.reply.head is None or not is_asked:
            return None
        if not run.is_slow:  # whatever took so long was the machine, and costs nobody a diagnosis
            deadline = max(deadline, time.monotonic() + self.exercise.limits.wall_s)
        return self._diagnoser.diagnose(run, self._sandbox, deadline)

    @cached_property
    def _diagnoser(self) -> "Diagnoser":
        from graders.exercise.ladder import get_ladder
        from graders.judging.authored import refuse_bad_misconceptions
        from graders.judging.diagnosis import Diagnoser  # a right submission needs neither

        refuse_bad_misconceptions(self.exercise, self._reference)
        ladder = cache(partial(get_ladder, self.exercise, self._reference))  # most are wrong on the lesson's case
        lang, feedback = self._lang, self._feedback
        return Diagnoser(self.exercise, self._reference, self.bank.cases, ladder, lang=lang, feedback=feedback)


def _another(submission: Submission, exercise: Exercise) -> str | None:
    # Reads all exercises, which a submission with points does not need.
    from graders.intake.another import another_exercise

    return another_exercise(submission.cells, exercise)
