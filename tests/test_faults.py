"""What if the machine or the grader breaks? Faults of ours and of the machine's, through the whole command line.

Whatever breaks, the verdict is right, or the submission is `not-graded` with status 3, or one line says what is
unusable; never a wrong score, never a traceback. Each fault is made for one process and its children only.
"""

import ctypes
import errno
import os
import platform
import resource
import shlex
import shutil
import signal
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from graders import yaml_reading
from graders.outcome import Verdict
from graders.submission import decode_submission
from tests.support.commands import grade_command
from tests.support.opening import open_grader
from tests.support.processes import children_of, runs_a_submission
from tests.support.sandboxes import open_short, skipping_without_kernel

ROOT = Path(__file__).parent.parent
RIGHT = ROOT / "reference" / "backprop.py"
SLOW = "import ctypes\nctypes.CDLL(None).usleep(100_000)\n" + RIGHT.read_text(encoding="utf-8")

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has a mount namespace and rights to give up")
needs_x86 = pytest.mark.skipif(platform.machine() != "x86_64", reason="system call numbers of x86_64")


@pytest.fixture(scope="module", autouse=True)
def kernel_sandbox() -> None:
    with skipping_without_kernel(), open_grader("backprop", cases=1, isolation="kernel"):
        pass


def run(
    line: Sequence[str], cwd: Path, *, env: Mapping[str, str] | None = None, before: Callable[[], object] | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | {"LANG": "C.UTF-8"}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"  # a limit on file sizes would leave half a module to the next run
    return subprocess.run(
        line,
        cwd=cwd,
        env=environment | dict(env or {}),
        preexec_fn=before,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def with_a_disk(line: Sequence[str], disk: Path, options: str, first: str = "true") -> list[str]:
    """Return a command that runs `line` where a small file system of its own is mounted on `disk`."""
    disk.mkdir()
    mount = f"mount -t tmpfs -o {options} none {shlex.quote(str(disk))}"
    return ["unshare", "--mount", "sh", "-c", f"{mount} && {first} && exec {shlex.join(line)}"]


def assert_one_line(done: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    assert done.returncode == status, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("grade: ")
    for word in words:
        assert word in line


def assert_right(done: subprocess.CompletedProcess[str], isolation: str = "kernel") -> None:
    assert (done.returncode, done.stderr) == (0, "")
    report = yaml_reading.load(done.stdout.encode())
    assert report["score"]["points"] == 100
    assert report["grading"]["isolation"] == isolation


@needs_root
@pytest.mark.parametrize("output", ["report.yaml", "reports"])
@pytest.mark.parametrize(("options", "words"), [("size=8k", "No space left"), ("ro", "Read-only")])
def test_a_full_disk_or_a_read_only_folder_is_named_in_one_line(
    tmp_path: Path, output: str, options: str, words: str
) -> None:
    disk = tmp_path / "disk"
    submissions = [RIGHT] if output == "report.yaml" else [RIGHT, ROOT / "exercises" / "backprop" / "backprop.py"]
    fill = "true" if options == "ro" else f"(head -c 8192 /dev/zero > {shlex.quote(str(disk))}/full)"
    line = grade_command(*submissions, "--networks", 2, "-o", disk / output)
    done = run(with_a_disk(line, disk, options, fill), tmp_path)
    assert_one_line(done, 2, str(disk), words, "-o")


@needs_root
def test_a_read_only_cache_does_no_harm(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    line = with_a_disk(grade_command(RIGHT, "--networks", 2, "--seed", 7, "-o", "-"), disk, "ro")
    assert_right(run(line, tmp_path, env={"XDG_CACHE_HOME": str(disk)}))


@needs_root
def test_a_machine_without_proc_grades_as_ever(tmp_path: Path) -> None:
    line = [
        "unshare",
        "--mount",
        "sh",
        "-c",
        f"mount -t tmpfs none /proc && exec {shlex.join(grade_command(RIGHT, '-o', '-'))}",
    ]
    assert_right(run(line, tmp_path))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("output", ["-", "report.yaml"])
def test_a_full_standard_output_is_named_in_one_line(tmp_path: Path, output: str) -> None:
    line = f"{shlex.join(grade_command(RIGHT, '-o', output))} > /dev/full"
    assert_one_line(run(["sh", "-c", line], tmp_path), 2, "standard output", "No space left")


def test_a_reader_that_has_gone_is_named_in_one_line(tmp_path: Path) -> None:
    line = f"({shlex.join(grade_command(RIGHT, '-o', '-'))}; echo $? > status) | true"
    done = run(["sh", "-c", line], tmp_path)
    assert (tmp_path / "status").read_text() == "2\n"
    assert done.stderr == "grade: standard output: Broken pipe\n"


@pytest.mark.parametrize("limit", [0, 1000, 20_000])
def test_a_limit_on_file_sizes_is_named_in_one_line(tmp_path: Path, limit: int) -> None:
    before = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))
    assert_one_line(run(grade_command(RIGHT), tmp_path, before=before), 3, "File too large", "ulimit")


@pytest.mark.parametrize("limit", [6, 7, 9, 11, 13])
def test_too_few_descriptors_give_a_right_score_or_one_line(tmp_path: Path, limit: int) -> None:
    before = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (limit, limit))
    done = run(grade_command(RIGHT, "--isolation", "kernel", "-o", "-"), tmp_path, before=before)
    if done.returncode == 0:
        assert_right(done)
    else:
        assert_one_line(done, 3)


@pytest.mark.parametrize(("which", "limit", "option"), [("AS", 400 << 20, "-v"), ("CPU", 4, "-t")])
def test_a_machine_that_allows_less_than_a_submission_may_use_does_not_grade(
    tmp_path: Path, which: str, limit: int, option: str
) -> None:
    before = partial(resource.setrlimit, getattr(resource, f"RLIMIT_{which}"), (limit, limit))
    done = run(grade_command(RIGHT, "--isolation", "kernel"), tmp_path, before=before)
    assert_one_line(done, 3, f"ulimit {option}")
    done = run(grade_command(RIGHT, "--isolation", "process", "-o", "-"), tmp_path, before=before)
    report = yaml_reading.load(done.stdout.encode())
    assert (done.returncode, report["verdict"], done.stderr) == (3, "not-graded", "")
    assert f"ulimit {option}" in report["fault"]["message"]


def kill_servers(grader: int, times: int, ended: threading.Event) -> None:
    """Kill so many servers of a grader, each when it runs a submission."""
    killed = set[int]()
    while len(killed) < times and not ended.is_set():
        for server in set(children_of(grader)) - killed:
            if any(runs_a_submission(child) for child in children_of(server)):
                with suppress(ProcessLookupError):
                    os.kill(server, signal.SIGKILL)
                killed.add(server)
        time.sleep(0.001)


@pytest.mark.parametrize("times", [1, 2])
def test_a_server_killed_once_does_no_harm_and_killed_again_is_not_graded(tmp_path: Path, times: int) -> None:
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    line = grade_command("slow.py", "--networks", 20, "-o", "report.yaml", "--format", "yaml")
    ended = threading.Event()
    with subprocess.Popen(line, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as grader:
        killer = threading.Thread(target=kill_servers, args=(grader.pid, times, ended))
        killer.start()
        output, errors = grader.communicate(timeout=60)
        ended.set()
        killer.join()
    report = yaml_reading.load((tmp_path / "report.yaml").read_bytes())
    assert errors == ""
    if times == 1:
        assert (grader.returncode, report["score"]["points"]) == (0, 100)
    else:
        assert (grader.returncode, report["verdict"], report["score"]["points"]) == (3, "not-graded", 0)
        assert "not the student's fault" in output.replace("\n", " ")


def grader_with(folder: Path, file: str, old: str, new: str) -> Path:
    """Return the folder of a grader in whose sandboxed program some code is other code."""
    for part in ("graders", "exercises", "reference"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "grade.py", folder)
    path = folder / "graders" / "inside" / file
    code = path.read_text(encoding="utf-8")
    assert old in code
    path.write_text(code.replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "new",
    ["raise OSError(12, 'Cannot allocate memory')", "raise MemoryError", "os.kill(os.getpid(), 9)"],
    ids=["fork refused", "no memory", "killed for its memory"],
)
def test_a_server_out_of_memory_is_not_graded_and_costs_no_points(tmp_path: Path, new: str) -> None:
    grader = grader_with(tmp_path / "grader", "serving.py", " pid = os.fork()", f" {new}")
    done = run(grade_command(RIGHT, "-o", "-", root=grader), tmp_path)
    report = yaml_reading.load(done.stdout.encode())
    assert (done.returncode, report["verdict"], done.stderr) == (3, "not-graded", "")
    assert "server" in report["fault"]["message"]


def test_a_clock_that_jumps_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    jumps = iter(range(10**6))
    monkeypatch.setattr(time, "time", lambda: 1e9 * (-1) ** next(jumps))
    with open_short() as (grader, _):
        assert grader.grade(decode_submission("a.py", SLOW.encode())).verdict is Verdict.CORRECT
        assert grader.grade(decode_submission("b.py", b"while True: pass")).verdict is Verdict.TIMEOUT


_LOAD, _EQUAL, _RETURN, _ALLOW, _ERRNO = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000  # Source: seccomp(2)
_PRCTL, _SECCOMP, _SET_SECCOMP = 157, 317, 22
LANDLOCK = (444, 445, 446)
DOCKER = (
    *(101, 103, 134, 139, 153, 155, 163, 164, 165, 166, 167, 168, 169, 172, 173, 175, 176, 179, 180, 212, 227),
    *(237, 238, 239, 246, 248, 249, 250, 256, 272, 279, 298, 304, 308, 310, 311, 312, 313, 320, 321, 323),
    *(425, 426, 427, 428, 429, 430, 431, 432, 433, 442),
)
"""What Docker's default profile refuses, on x86_64 and without capabilities; clone3 apart. Source: its default.json."""


def refuse_calls(refused: Mapping[int, int], *, no_filters: bool = False) -> None:
    """Make the kernel answer system calls with these errors from now on, like one that lacks them."""
    program = [(_LOAD, 0, 0, 0)]
    for number, error in refused.items():
        program += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | error)]
    if no_filters:
        program += [(_EQUAL, 0, 1, _SECCOMP), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
        program += [(_EQUAL, 0, 3, _PRCTL), (_LOAD, 0, 0, 16), (_EQUAL, 0, 1, _SET_SECCOMP)]
        program += [(_RETURN, 0, 0, _ERRNO | errno.EINVAL)]
    program += [(_RETURN, 0, 0, _ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *instruction) for instruction in program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    assert libc.prctl(_SET_SECCOMP, 2, header, 0, 0) == 0


@needs_x86
def test_a_kernel_without_landlock_grades_and_says_so(tmp_path: Path) -> None:
    before = partial(refuse_calls, dict.fromkeys(LANDLOCK, errno.ENOSYS))
    assert_right(run(grade_command(RIGHT, "-o", "-"), tmp_path, before=before))


@needs_x86
def test_a_kernel_without_seccomp_refuses_classes_and_ci_and_tells_a_student(tmp_path: Path) -> None:
    before = partial(refuse_calls, {}, no_filters=True)
    done = run(grade_command(RIGHT, "--isolation", "kernel"), tmp_path, before=before)
    assert_one_line(done, 3, "prctl", "--isolation process")
    done = run(grade_command(RIGHT), tmp_path, env={"CI": "true"}, before=before)
    assert_one_line(done, 3, "prctl", "--isolation process")
    assert_right(run(grade_command(RIGHT, "-o", "-"), tmp_path, before=before), "process")


@needs_x86
def test_in_docker_it_grades_as_ever(tmp_path: Path) -> None:
    before = partial(refuse_calls, dict.fromkeys(DOCKER, errno.EPERM) | {435: errno.ENOSYS})
    assert_right(run(grade_command(RIGHT, "-o", "-"), tmp_path, before=before))


RIGHTS = {
    "not root": "setpriv --reuid=65534 --clear-groups --inh-caps=+dac_read_search --ambient-caps=+dac_read_search",
    "root without CAP_SYS_RESOURCE": "setpriv --bounding-set=-sys_resource",
    "root without CAP_KILL": "setpriv --bounding-set=-kill --inh-caps=-kill",
    "root without any capability": "setpriv --bounding-set=-all --inh-caps=-all",
    "root of a user namespace": "unshare --user --map-root-user",
}


@needs_root
@pytest.mark.parametrize("who", RIGHTS)
def test_whoever_runs_it_gets_the_right_score(tmp_path: Path, who: str) -> None:
    prefix = RIGHTS[who].split()
    if shutil.which(prefix[0]) is None or run([*prefix, "true"], tmp_path).returncode:
        pytest.skip(f"{prefix[0]} cannot do this here")
    few = ("--cases", 3, "-o", "-")  # without a cache of their own they draw them each time
    assert_right(run([*prefix, *grade_command(RIGHT, *few)], tmp_path))
    (tmp_path / "reads.py").write_text("open('/etc/passwd')", encoding="utf-8")
    done = run([*prefix, *grade_command("reads.py", *few)], tmp_path)
    assert yaml_reading.load(done.stdout.encode())["verdict"] == "forbidden"
