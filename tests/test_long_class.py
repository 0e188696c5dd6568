"""A large class with hopeless hand-ins, killed again and again: in the end the same bytes as of one undisturbed run."""

import random
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.support.classes import contents
from tests.support.clusters import running_scheduler, running_workers
from tests.support.commands import grade_command
from tests.support.sandboxes import RIGHT, need_kernel_sandbox

SIZE = 2000
HOPELESS = (
    "while True: pass\n",
    "import time\nwhile True: time.sleep(60)\n",
    "x = []\nwhile True: x.append(bytearray(10**7))\n",
    "while True: print('x' * 1000)\n",
)


def make_class(folder: Path) -> None:
    folder.mkdir()
    for number in range(SIZE):
        source = f"{RIGHT}# {number}\n"
        if number % 10 == 1:
            source = source.replace("target - output", "output - target")
        if number % 100 == 7:
            source = f"# {number}\n{HOPELESS[number // 100 % len(HOPELESS)]}"
        (folder / f"s{number:04}.py").write_text(source, encoding="utf-8")


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class, and what one undisturbed run of two jobs makes of it."""
    need_kernel_sandbox()
    folder = tmp_path_factory.mktemp("class")
    make_class(folder / "in")
    subprocess.run([*command(folder), "--jobs", "2", "-o", str(folder / "calm")], check=True, capture_output=True)
    return folder


def command(folder: Path) -> list[str]:
    return grade_command(folder / "in", "--cases", 10, "--quiet")


@contextmanager
def two_jobs(_: Path) -> Iterator[list[str]]:
    yield ["--jobs", "2"]


@contextmanager
def two_workers(folder: Path) -> Iterator[list[str]]:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'exercise-grader[cluster]'")
    with running_scheduler(folder) as (_, address), running_workers(address, 2):
        yield ["--cluster", address]


@pytest.mark.long
@pytest.mark.parametrize("workforce", [two_jobs, two_workers])
def test_a_large_class_killed_ten_times_ends_with_the_same_bytes(
    calm: Path, tmp_path: Path, workforce: Callable[[Path], AbstractContextManager[list[str]]]
) -> None:
    with workforce(tmp_path) as options:
        run_and_kill([*command(calm), *options, "-o", str(tmp_path / "killed")])
    assert contents(tmp_path / "killed") == contents(calm / "calm")


def run_and_kill(command: list[str]) -> None:
    """Kill a run ten times in different ways, then let it end."""
    chance = random.Random(8)
    killed = 0
    for _ in range(10):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(timeout=chance.uniform(1.0, 8.0))
            except subprocess.TimeoutExpired:
                process.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT]))
                killed += 1
    subprocess.run(command, check=True, capture_output=True)
    assert killed > 2
