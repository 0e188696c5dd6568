"""Fixtures: a deterministic Hypothesis, a cache folder of the tests' own, and graders in the real sandbox."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from graders.exercise.asked import Exercise
from graders.exercise.loading import load_exercise
from graders.exercise.reference import Reference
from graders.grading import Grader
from tests.support.sandboxes import kernel_grader

settings.register_profile(
    "tests",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("tests")

# A shell that runs this in its background has Ctrl-C ignored, and every program started from here would inherit that:
# the tests that press it would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep banks drawn by tests out of the user's cache; processes that share the tests share what they draw."""
    before = os.environ.get("XDG_CACHE_HOME")
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    cache.mkdir(exist_ok=True)
    os.environ["XDG_CACHE_HOME"] = str(cache)
    yield
    os.environ.pop("XDG_CACHE_HOME", None)  # a script that was run here may have cleared it
    if before is not None:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def exercise() -> Exercise:
    """The lesson's exercise."""
    return load_exercise("backprop")


@pytest.fixture(scope="session")
def reference(exercise: Exercise) -> Reference:
    """Its reference."""
    return Reference(exercise)


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    """A grader of the lesson's exercise in the kernel sandbox."""
    yield from kernel_grader("backprop")


@pytest.fixture(scope="session")
def submissions() -> Path:
    """The folder of sample submissions."""
    return Path(__file__).parent / "submissions"
