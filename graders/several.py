"""Many files in several sandboxes, report by report, with nothing written; a class and its folder are in `batch/`."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue

from graders.errors import UsageError
from graders.grading import Grader
from graders.messages import message
from graders.opening import Materials, Terms, open_sandboxed
from graders.outcome import Report
from graders.submission import Submission, read_submission

_AHEAD = 4
"""So many files per sandbox are begun before the first of them is asked for."""


def grade_each(paths: Iterator[Path], materials: Materials, terms: Terms, jobs: int) -> Iterator[tuple[Path, Report]]:
    """Yield each path with its report, in order. Raises SandboxUnavailable."""
    first = list(islice(paths, jobs))  # no more sandboxes than files
    idle: SimpleQueue[Grader] = SimpleQueue()
    with ExitStack() as stack:
        for _ in first:
            grader, _ = stack.enter_context(open_sandboxed(materials, terms))
            idle.put(grader)
        pool = ThreadPoolExecutor(max(1, len(first)))
        stack.callback(pool.shutdown, cancel_futures=True)
        begun: deque[tuple[Path, Future[Report]]] = deque()
        for path in chain(first, paths):
            begun.append((path, pool.submit(_grade_with_idle, idle, path)))
            if len(begun) >= _AHEAD * jobs:
                yield _finished(begun)
        while begun:
            yield _finished(begun)


def _finished(begun: deque[tuple[Path, Future[Report]]]) -> tuple[Path, Report]:
    path, report = begun.popleft()
    return path, report.result()


def _grade_with_idle(idle: SimpleQueue[Grader], path: Path) -> Report:
    grader = idle.get()
    try:
        return _grade(grader, path)
    finally:
        idle.put(grader)


def _grade(grader: Grader, path: Path) -> Report:
    try:
        submission = read_submission(path)
    except UsageError:
        submission = Submission(file=path.name, sha256=None, cells=(), unreadable=message("unreadable.no-file"))
    return grader.grade(submission)
