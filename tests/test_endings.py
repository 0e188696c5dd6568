"""The grader is ended, or lacks rights or descriptors: nothing is left behind, and nothing runs outside the walls."""

import ctypes
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.support.commands import grade_command
from tests.support.processes import children_of, ends, is_locked_in, wait_for
from tests.support.sandboxes import RIGHT, need_kernel_sandbox

FOR_EVER = "while True: pass\n"
WITH_A_PROGRAM = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {FOR_EVER!r}])\n{FOR_EVER}"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


def start(file: Path, *options: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        grade_command(file, "--lang", "en", "--cases", 3, "-o", "report.yaml", *options),
        cwd=file.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=before,  # noqa: PLW1509 - no thread of this process holds a lock that it needs
    )


@pytest.mark.parametrize(("number", "source"), [(signal.SIGTERM, WITH_A_PROGRAM), (signal.SIGKILL, FOR_EVER)])
def test_a_grader_that_is_ended_leaves_no_ordinary_process_behind(
    tmp_path: Path, number: signal.Signals, source: str
) -> None:
    (tmp_path / "a.py").write_text(source, encoding="utf-8")
    with start(tmp_path / "a.py", "--isolation", "process") as grader:
        (script,) = wait_for(lambda: children_of(grader.pid))
        programs = wait_for(lambda: children_of(script)) if source is WITH_A_PROGRAM else []
        grader.send_signal(number)
        assert all(ends(process, within_s=5) for process in (script, *programs))
        said = grader.communicate()[0]
    assert "Traceback" not in said
    assert grader.returncode == (128 + number if number == signal.SIGTERM else -number)


def without_rights(*rights: int) -> Callable[[], None]:
    """Return what takes rights away from all that is started afterwards. Source: capabilities(7), prctl(2)."""
    libc = ctypes.CDLL(None)

    def drop() -> None:
        for right in rights:
            libc.prctl(24, right, 0, 0, 0)

    return drop


def rights_of(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("CapEff")).split()[1], 16)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to lose")
@pytest.mark.parametrize("rights", [(6, 7), (5,)], ids=["no-setuid", "no-kill"])
def test_root_without_the_right_to_be_or_to_end_another_user_runs_scripts_without_any_right(
    tmp_path: Path, rights: tuple[int, ...]
) -> None:
    need_kernel_sandbox()
    (tmp_path / "a.py").write_text(RIGHT + FOR_EVER, encoding="utf-8")
    with start(tmp_path / "a.py", before=without_rights(*rights)) as grader:
        (server,) = wait_for(lambda: children_of(grader.pid))
        (script, *_) = wait_for(lambda: [child for child in children_of(server) if is_locked_in(child)])
        found = rights_of(script)
        grader.communicate(timeout=60)
    report = yaml.safe_load((tmp_path / "report.yaml").read_text(encoding="utf-8"))
    assert (found, report["grading"]["isolation"], report["score"]["points"]) == (0, "kernel", 100)


@pytest.mark.parametrize("descriptors", [6, 12])
def test_with_too_few_descriptors_nothing_is_graded_outside_the_walls(tmp_path: Path, descriptors: int) -> None:
    need_kernel_sandbox()
    (tmp_path / "a.py").write_text(RIGHT, encoding="utf-8")
    room = (descriptors, descriptors)
    with start(tmp_path / "a.py", before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, room)) as grader:
        said = grader.communicate(timeout=60)[0]
    if grader.returncode == 0:
        report = yaml.safe_load((tmp_path / "report.yaml").read_text(encoding="utf-8"))
        assert (report["grading"]["isolation"], report["verdict"]) == ("kernel", "correct")
    else:
        assert grader.returncode in (2, 3)
        assert not (tmp_path / "report.yaml").exists() or "not-graded" in (tmp_path / "report.yaml").read_text()
        assert said.strip()
