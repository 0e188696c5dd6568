"""Fixtures: a deterministic Hypothesis, a cache folder of the tests' own, and graders in the real sandbox."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from graders.answers import Reference
from graders.errors import SandboxUnavailable
from graders.exercise import Exercise, load_exercise
from graders.grading import Grader
from tests.support.opening import open_grader

settings.register_profile(
    "tests",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("tests")


@pytest.fixture(scope="session", autouse=True)
def own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep banks drawn by tests out of the user's cache."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    os.environ.pop("XDG_CACHE_HOME")
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


def kernel_grader(name: str) -> Iterator[Grader]:
    """Open a grader in the kernel sandbox; skip where the kernel refuses it, but never in CI."""
    try:
        with open_grader(name, isolation="kernel") as (opened, _):
            yield opened
    except SandboxUnavailable as error:
        if "CI" in os.environ:
            raise
        pytest.skip(f"no kernel sandbox here: {error}")


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    """A grader of the lesson's exercise in the kernel sandbox."""
    yield from kernel_grader("backprop")


@pytest.fixture(scope="session")
def submissions() -> Path:
    """The folder of sample submissions."""
    return Path(__file__).parent / "submissions"
