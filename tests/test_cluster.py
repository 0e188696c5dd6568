"""A cluster: a real scheduler and real workers on this machine; some die, and nothing is lost."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from graders.batch import cluster, worker
from graders.batch.class_run import ClassResult, Output, Workforce, find_submissions
from graders.batch.rows import Row
from graders.errors import SandboxError, SandboxUnavailable, UsageError
from graders.session import Materials, Terms, load_materials
from graders.submission import decode_submission
from graders.version import VERSION
from tests.support.classes import UNSEEN, Unseen, contents, grade_class
from tests.support.clusters import running_scheduler, running_workers
from tests.support.commands import grade_command
from tests.support.sandboxes import RIGHT, WRONG, need_kernel_sandbox

pytest.importorskip("distributed", reason="Dask is not installed: pip install 'exercise-grader[cluster]'")

ROOT = Path(__file__).parent.parent
FORMATS = ["yaml", "html"]


@pytest.fixture(scope="module")
def materials() -> Materials:
    need_kernel_sandbox()
    return load_materials("backprop", cases=10)


@pytest.fixture(scope="module")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("submissions")
    for number in range(48):
        text = WRONG if number % 4 == 0 else RIGHT
        (folder / f"student{number:02}.py").write_text(f"{text}# {number}\n", encoding="utf-8")
    (folder / "picture.py").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "学生.py").write_text(RIGHT, encoding="utf-8")
    (folder / os.fsdecode(b"not\xffutf8.py")).write_text(RIGHT, encoding="utf-8")
    (folder / "exit.py").write_text("import os\nos._exit(0)\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def local(submissions: Path, tmp_path_factory: pytest.TempPathFactory, materials: Materials) -> dict[str, bytes]:
    """The files of a run on this machine alone."""
    out = tmp_path_factory.mktemp("local")
    grade_here(submissions, out, materials)
    return contents(out)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler."""
    with running_scheduler(tmp_path_factory.mktemp("scheduler")) as (_, address):
        yield address


class Acting(Unseen):
    """A progress that acts once, when so many rows are there."""

    def __init__(self, rows: int, act: Callable[[], object]) -> None:
        self._rows, self._act = rows, act

    def add(self, row: Row) -> None:
        self._rows -= 1
        if self._rows == 0:
            self._act()


def grade(submissions: Path, out: Path, materials: Materials, address: str, progress: Unseen = UNSEEN) -> ClassResult:
    output = Output(folder=out, formats=FORMATS)
    handed_in = find_submissions([submissions], materials)
    return grade_class(handed_in, materials, Terms(), output, Workforce(cluster=address), progress)


def grade_here(submissions: Path, out: Path, materials: Materials) -> ClassResult:
    output = Output(folder=out, formats=FORMATS)
    return grade_class(find_submissions([submissions], materials), materials, Terms(), output, Workforce(jobs=2))


def cluster_command(submissions: Path, out: Path, address: str) -> list[str]:
    return grade_command(submissions, "-o", out, "--networks", 10, "--quiet", "--cluster", address)


def test_a_worker_killed_in_the_middle_loses_nothing_and_a_second_run_grades_nothing(
    submissions: Path, tmp_path: Path, materials: Materials, scheduler: str, local: dict[str, bytes]
) -> None:
    with running_workers(scheduler, 2, "--no-nanny") as (first, second):
        result = grade(submissions, tmp_path / "out", materials, scheduler, Acting(5, first.kill))
        assert first.wait(timeout=10) == -signal.SIGKILL
        assert second.poll() is None
        again = grade(submissions, tmp_path / "out", materials, scheduler)
    assert contents(tmp_path / "out") == local
    assert (result.taken_over, result.not_graded) == (0, 0)
    assert again.taken_over == result.submissions == 52


@pytest.mark.long
def test_of_a_chunk_that_kills_its_workers_only_the_culprit_is_not_graded(
    submissions: Path, tmp_path: Path, materials: Materials, scheduler: str, local: dict[str, bytes]
) -> None:
    preload = tmp_path / "deadly.py"
    preload.write_text(
        "import os\n"
        "from graders.grading import Grader\n"
        "def deadly(self, submission, grade=Grader.grade):\n"
        "    return os._exit(1) if submission.file == 'student07.py' else grade(self, submission)\n"
        "Grader.grade = deadly\n"
    )
    with running_workers(scheduler, 1, "--nworkers", 2, "--preload", preload):
        result = grade(submissions, tmp_path / "out", materials, scheduler)
    assert result.not_graded == 1
    graded = contents(tmp_path / "out")
    reports = {name for name in local if ".report." in name}
    differing = {name for name in reports if graded[name] != local[name]}
    assert differing == {"student07.py.report.yaml", "student07.py.report.html"}
    report = yaml.safe_load(graded["student07.py.report.yaml"])
    assert report["verdict"] == "not-graded"
    assert "each worker of the cluster that graded it died" in report["fault"]["message"]


def test_a_worker_of_another_version_refuses_in_one_line(submissions: Path, tmp_path: Path, scheduler: str) -> None:
    preload = tmp_path / "older.py"
    preload.write_text("from graders.batch import worker\nworker.VERSION = '0.0.1'\n")
    command = cluster_command(submissions, tmp_path / "out", scheduler)
    with running_workers(scheduler, 1, "--no-nanny", "--preload", preload):
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith("grade: worker ")
    assert f"grader is 0.0.1, expected {VERSION}" in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_its_scheduler_a_run_stops_and_can_go_on(
    submissions: Path, tmp_path: Path, materials: Materials, local: dict[str, bytes]
) -> None:
    with (
        running_scheduler(tmp_path) as (process, address),
        running_workers(address, 1, "--no-nanny"),
        pytest.raises(SandboxError, match="scheduler is gone; run the same command again"),
    ):
        grade(submissions, tmp_path / "out", materials, address, Acting(5, process.kill))
    assert grade_here(submissions, tmp_path / "out", materials).taken_over >= 5
    assert contents(tmp_path / "out") == local


def test_an_interrupt_ends_a_run_at_once(tmp_path: Path, scheduler: str) -> None:
    (tmp_path / "loop.py").write_text("while True: pass\n", encoding="utf-8")
    (tmp_path / "right.py").write_text(RIGHT, encoding="utf-8")
    command = cluster_command(tmp_path, tmp_path / "out", scheduler)
    with running_workers(scheduler, 1, "--no-nanny"):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        deadline = time.monotonic() + 30
        while not (tmp_path / "out" / "journal.jsonl").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (130, "grade: interrupted\n")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "", "tls://127.0.0.1:9"])
def test_an_unreachable_scheduler_is_the_callers_mistake(
    submissions: Path,
    tmp_path: Path,
    materials: Materials,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_S", 0.3)
    with pytest.raises(UsageError, match=f"--cluster {address}: no Dask scheduler answers there"):
        grade(submissions, tmp_path / "out", materials, address)
    assert capfd.readouterr() == ("", "")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_cluster_grades_in_the_kernels_sandbox_only(
    submissions: Path, tmp_path: Path, materials: Materials, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in = find_submissions([submissions], materials)
    output, workforce = Output(folder=tmp_path), Workforce(cluster="tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="--isolation process"):
        grade_class(handed_in, materials, Terms(isolation="process"), output, workforce)
    monkeypatch.setattr("graders.session.launch", lambda: None)
    with pytest.raises(SandboxUnavailable, match="no kernel sandbox"):
        worker.grade_chunk(worker.encode_run(materials, Terms(lang="zh"), ["yaml"]), worker.encode_chunk([]))


def test_a_worker_refuses_another_exercise_and_a_damaged_bank(materials: Materials) -> None:
    chunk = worker.encode_chunk([decode_submission("a.py", RIGHT.encode())])
    older = replace(materials.exercise, sha256="0" * 64)
    with pytest.raises(UsageError, match=r"exercise backprop is .*, expected 000000000000; install the same"):
        worker.grade_chunk(worker.encode_run(replace(materials, exercise=older), Terms(), ["yaml"]), chunk)
    damaged = worker.encode_run(materials, Terms(), ["yaml"]).replace(materials.bank.sha256.encode(), b"0" * 64)
    with pytest.raises(UsageError, match="damaged"):
        worker.grade_chunk(damaged, chunk)
    (graded,) = worker.decode_graded(worker.grade_chunk(worker.encode_run(materials, Terms(), ["yaml"]), chunk))
    assert graded.report.score.percent == 100
