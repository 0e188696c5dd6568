"""Graders in a real sandbox, and what is done to them."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from graders.errors import SandboxUnavailable
from graders.exercise.loading import root
from graders.grading import Grader
from graders.outcome import Feedback, Report
from graders.sandbox import launch
from graders.sandbox.server import KernelSandbox
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission
from tests.support.opening import open_grader
from tests.support.processes import children_of, runs_a_submission, wait_for

RIGHT = (root() / "reference" / "backprop.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace("target - output", "output - target")


@contextmanager
def skipping_without_kernel() -> Iterator[None]:
    """Skip what needs the kernel sandbox where the machine has none, but never in CI."""
    try:
        yield
    except SandboxUnavailable as error:
        if "CI" in os.environ:
            raise
        pytest.skip(f"no kernel sandbox here: {error}")


@cache
def need_kernel_sandbox() -> None:
    """Skip where the machine has no kernel sandbox, but never in CI."""
    with skipping_without_kernel(), open_grader("backprop", cases=1, isolation="kernel"):
        pass


def launched_now() -> launch.Launched:
    """Start a server, on a system that has them."""
    launched = launch.launch()
    assert launched is not None
    return launched


def kernel_grader(name: str) -> Iterator[Grader]:
    """Open a grader in the kernel sandbox."""
    with skipping_without_kernel(), open_grader(name, isolation="kernel") as opened:
        yield opened


@contextmanager
def open_short(*, wall_s: int = 1, cases: int = 1) -> Iterator[tuple[Grader, KernelSandbox]]:
    """Open a grader with a short limit and few cases, that gives all the feedback there is. Skip without walls."""
    materials = load_materials("backprop", cases=cases)
    limits = replace(materials.exercise.limits, wall_s=wall_s, cpu_s=1)
    short = replace(materials, exercise=replace(materials.exercise, limits=limits))
    with skipping_without_kernel(), open_sandboxed(short, Terms(feedback=Feedback.REPAIR)) as grader:
        assert isinstance(grader._sandbox, KernelSandbox)
        yield grader, grader._sandbox


def grade_text(grader: Grader, source: str) -> Report:
    return grader.grade(decode_submission("a.py", source.encode()))


@contextmanager
def changed_inside(folder: Path, file: str, old: str, new: str) -> Iterator[None]:
    """Start servers from a copy of the sandboxed program in which some code is other code."""
    copy, usual = folder / "inside", launch.INSIDE
    shutil.copytree(usual, copy, ignore=shutil.ignore_patterns("__pycache__"))
    code = (copy / file).read_text(encoding="utf-8")
    assert old in code
    (copy / file).write_text(code.replace(old, new), encoding="utf-8")
    launch.INSIDE = copy
    try:
        yield
    finally:
        launch.INSIDE = usual


@contextmanager
def killing_children(sandbox: KernelSandbox, times: int, number: signal.Signals) -> Iterator[None]:
    """Kill so many children that run a submission."""
    known = set(children_of(sandbox.server_pid))  # the process of an earlier submission may not be gone yet

    def find() -> list[int]:
        children = children_of(sandbox.server_pid)
        return [child for child in children if child not in known and runs_a_submission(child)]

    def kill() -> None:
        for _ in range(times):
            child = wait_for(find)[0]
            os.kill(child, number)
            known.add(child)

    killer = threading.Thread(target=kill)
    killer.start()
    yield
    killer.join()
