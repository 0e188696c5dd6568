"""In the page: grades what the student has, with the code of the command, and never runs any of it.

A run takes place in another worker. Some browsers let Python stand still until its reply is there; in all others a
grading that needs a run is given up and begun again with the reply: all replies so far are played back to it. What it
does between two runs is the same every time.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from graders.choices import Lang
from graders.exercise.bank import read_bank
from graders.exercise.loading import load_exercise
from graders.exercise.reference import load_reference
from graders.grading import Grader
from graders.reports.context import Context
from graders.reports.document import document
from graders.reports.html import dump
from graders.reports.text import headlines
from graders.sandbox.execution import Ending, interpret, require_start
from graders.sandbox.reply import Execution
from graders.sandbox.sandbox import Sandbox
from graders.sandbox.wire import MAX_REPLY_BYTES
from graders.submission import decode_submission

ISOLATION = "browser"


class Played(NamedTuple):
    """What a run gave: the bytes of its reply, its status, whether it was ended because the time was up, and when."""

    data: bytes
    status: int
    out_of_time: bool
    took_s: float


Wait = Callable[[bytes, float], Played]
"""Has a run made, of these frames and of so many seconds at most, and returns what it gave."""


class RunNeeded(BaseException):
    """Says, on the way out of a grading, which run it needs; no exception, since the grader reports those."""

    def __init__(self, frames: bytes, wall_s: float) -> None:
        self.frames = frames
        self.wall_s = wall_s
        super().__init__(f"a run of at most {wall_s} s")


class PlayedSandbox(Sandbox):
    """Plays back the runs there were, and waits for the next one, or asks for it by leaving."""

    isolation = ISOLATION

    def __init__(self, wall_s: int, cpu_s: int) -> None:
        self._wall_s = wall_s
        self._cpu_s = cpu_s
        self._cases = 0
        self._left: list[Played] = []
        self._wait: Wait | None = None
        self._read: dict[Played, Execution] = {}
        self.played_s = 0.0

    def play(self, runs: Sequence[Played], wait: Wait | None) -> None:
        """Start again from the first of these runs. `wait`: for the others, where that can be done."""
        self._left = list(runs)  # a copy: each grading goes through them from the first
        self._wait = wait
        self.played_s = 0.0
        # A grading is begun again after each of its runs, but each reply is read once.
        self._read = {run: execution for run, execution in self._read.items() if run in runs}

    def prepare(self, setup: bytes, cases: int) -> None:
        """Count the cases; the other worker has its setup from the page."""
        self._cases = cases

    def run(self, job: bytes, *, cases: int | None = None, wall_s: float | None = None) -> Execution:
        """Return what the next run gave."""
        return self._next(job, cases or self._cases, 0, wall_s)

    def ask(self, job: bytes, request: bytes, *, cases: int, wall_s: float | None = None) -> Execution:
        """Return what a run of the job gave, and then of the request."""
        return self._next(job + request, self._cases, cases, wall_s)

    def _next(self, frames: bytes, cases: int, more: int, wall_s: float | None) -> Execution:
        if self._left:
            run = self._left.pop(0)
            self.played_s += run.took_s
        else:
            most_s = min(wall_s or self._wall_s, self._wall_s)
            if self._wait is None:  # the page makes the run and begins again with one more to play
                raise RunNeeded(frames, most_s)
            run = self._wait(frames, most_s)
        if run not in self._read:
            self._read[run] = self._interpreted(run, cases, more)
        return require_start(self._read[run])

    def _interpreted(self, run: Played, cases: int, more: int) -> Execution:
        # The bytes come from the worker that ran the submission: as little believed as a child's.
        too_large = len(run.data) > MAX_REPLY_BYTES
        ending = Ending(status=run.status, cpu_s=None, out_of_time=run.out_of_time, too_large=too_large)
        return interpret(run.data, ending, cases=cases, cpu_limit_s=self._cpu_s, more=more)

    def release(self) -> None:
        """Nothing is held between two runs."""

    def close(self) -> None:
        """Nothing is held at all."""


_now = time.monotonic  # not the clock of a grading that was left in the middle


@contextmanager
def _clock_of_runs(sandbox: PlayedSandbox) -> Iterator[None]:
    """Let the time that runs took go by where they are played back, or no search would ever have an end."""
    time.monotonic = lambda: _now() + sandbox.played_s
    try:
        yield
    finally:
        time.monotonic = _now


class Judge:
    """Grades submissions of the page's exercise, in either language."""

    def __init__(self, folder: Path) -> None:
        (exercise_folder,) = (folder / "exercises").iterdir()  # a page is about one exercise
        self._exercise = load_exercise(str(exercise_folder))
        self._reference = load_reference(self._exercise)
        self._bank = read_bank(folder / "cases.json", self._exercise)
        self._graders: dict[Lang, tuple[Grader, PlayedSandbox]] = {}

    def grade(
        self,
        file: str,
        data: bytes,
        lang: Lang,
        runs: Sequence[Played],
        *,
        wait: Wait | None = None,
        tell: Callable[[Sequence[str]], object] | None = None,
    ) -> dict[str, Any]:
        """Return the report (a page, what is said first, its document), or what is to be run, and how long at most.

        `wait`: has further runs made; without it the caller makes them and asks again. `tell`: is told what is said
        first before the mistake is looked for.
        """
        submission = decode_submission(file, data)
        grader, sandbox = self._grader(lang)
        sandbox.play(runs, wait)
        try:
            with _clock_of_runs(sandbox):
                # Looking for a mistake may take a browser long; what the checks say is known before.
                report = grader.grade(submission, lambda early: tell and tell(list(headlines(early, lang))))
        except RunNeeded as needed:
            return {"frames": needed.frames, "wall_s": needed.wall_s}
        page = dump(report, Context(lang, submission.cells)).decode()
        return {"page": page, "said": list(headlines(report, lang)), "report": document(report)}

    def _grader(self, lang: Lang) -> tuple[Grader, PlayedSandbox]:
        if lang not in self._graders:
            limits = self._exercise.limits
            sandbox = PlayedSandbox(limits.wall_s, limits.cpu_s)
            grader = Grader(self._exercise, self._reference, self._bank, sandbox, lang=lang)
            self._graders[lang] = grader, sandbox
        return self._graders[lang]
