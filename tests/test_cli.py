"""The command as its users call it: exit statuses, one clear line for bad input, the same bytes every time."""

import ast
import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from graders import yaml_reading
from graders.exercise.bank import draw_bank, write_bank
from graders.exercise.loading import load_exercise
from graders.exercise.reference import Reference
from tests.support.commands import grade_command, run_grade
from tests.support.sandboxes import need_kernel_sandbox

ROOT = Path(__file__).parent.parent
RIGHT = ROOT / "reference" / "backprop.py"
TEMPLATE = ROOT / "exercises" / "backprop" / "backprop.py"


@pytest.fixture(scope="module", autouse=True)
def kernel_sandbox() -> None:
    need_kernel_sandbox()


HOSTILE = "x\x1b[2J\n::error::pwned"


@pytest.mark.parametrize(
    "arguments",
    [
        [f"{HOSTILE}.py"],
        [RIGHT, f"--{HOSTILE}"],
        [RIGHT, "-e", HOSTILE],
        [RIGHT, "--verify", HOSTILE],
        [RIGHT, "--bank", HOSTILE],
        [RIGHT, "-o", f"{HOSTILE}/a.yaml"],
        ["--check-exercise", HOSTILE],
        ["--handout", HOSTILE, "out"],
        ["--new-exercise", HOSTILE, RIGHT, RIGHT],
    ],
    ids=lambda arguments: str(arguments[0 if len(arguments) == 1 else 1])[:9],
)
def test_what_the_caller_typed_is_repeated_as_one_visible_line(tmp_path: Path, arguments: list[object]) -> None:
    done = run_grade(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert r"x\x1b[2J" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stdout + done.stderr


def test_only_the_step_to_mend_is_marked_as_wrong(tmp_path: Path) -> None:
    sample = ROOT / "tests" / "submissions" / "backprop" / "wrong" / "hidden_term_no_slope.py"
    lines = run_grade(sample, cwd=tmp_path).stdout.splitlines()
    marks = {line.split()[1]: line[0] for line in lines if line.partition(" ")[0] in ("✓", "✗", "↪", "–")}
    assert marks == {"hidden_error_term": "✗", "delta_w_i_h": "↪"}


def test_a_right_submission_passes_and_leaves_its_report_here(tmp_path: Path) -> None:
    done = run_grade(RIGHT, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "100 / 100" in done.stdout
    report = yaml_reading.load((tmp_path / "backprop.report.yaml").read_bytes())
    assert report["score"] == {"points": 100, "max": 100, "percent": 100.0}
    assert report["grading"]["isolation"] == "kernel"


def test_several_formats_need_a_folder(tmp_path: Path) -> None:
    for output in ("report.txt", "-"):
        done = run_grade(RIGHT, "--format", "yaml", "--format", "json", "-o", output, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"-o {output}: 2 formats need a folder" in done.stderr
    assert not list(tmp_path.iterdir())
    assert run_grade(RIGHT, "--format", "yaml", "--format", "json", "-o", ".", cwd=tmp_path).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"backprop.report.yaml", "backprop.report.json"}


def test_the_template_is_below_the_pass_mark(tmp_path: Path) -> None:
    done = run_grade(TEMPLATE, "-o", "-", cwd=tmp_path)
    assert done.returncode == 1
    assert yaml_reading.load(done.stdout.encode())["verdict"] == "missing"
    assert not list(tmp_path.iterdir())
    assert run_grade(TEMPLATE, "-o", "-", "--pass-mark", 0, cwd=tmp_path).returncode == 0


def test_the_lessons_untouched_notebook_scores_nothing(tmp_path: Path) -> None:
    done = run_grade(TEMPLATE.with_suffix(".ipynb"), "-o", "-", cwd=tmp_path)
    assert (done.returncode, yaml_reading.load(done.stdout.encode())["score"]["points"]) == (1, 0)


def test_chinese_is_spoken_where_the_locale_is_chinese(tmp_path: Path) -> None:
    assert "总分" in run_grade(RIGHT, cwd=tmp_path, env={"LANG": "zh_CN.UTF-8", "LC_ALL": ""}).stdout
    assert "总分" in run_grade(RIGHT, "--lang", "zh", cwd=tmp_path).stdout


def test_several_files_are_graded_into_a_folder(tmp_path: Path) -> None:
    done = run_grade(RIGHT, TEMPLATE.with_suffix(".ipynb"), "-o", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "cases.json").is_file()


def test_a_recorded_bank_gives_the_same_report(tmp_path: Path) -> None:
    exercise = load_exercise("backprop")
    write_bank(tmp_path / "cases.json", draw_bank(exercise, Reference(exercise), seed=11, count=20))
    drawn = run_grade(RIGHT, "--seed", 11, "--networks", 20, "-o", "-", cwd=tmp_path)
    recorded = run_grade(RIGHT, "--bank", tmp_path / "cases.json", "-o", "-", cwd=tmp_path)
    assert drawn.stdout == recorded.stdout
    assert "cases: 20" in drawn.stdout


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    wrong = ROOT / "tests" / "submissions" / "backprop" / "wrong" / "error_sign_plain.py"
    for name in ("first", "second"):
        run_grade(wrong, "-o", tmp_path / name, cwd=tmp_path, env={"PYTHONHASHSEED": name[0].encode().hex()[:2]})
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


@pytest.mark.long
def test_another_user_gets_the_same_bytes(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    interpreter = Path(sys.executable).resolve()
    if any(not folder.stat().st_mode & 0o001 for folder in interpreter.parents):
        interpreter = Path("/usr/bin/python3")
        if not interpreter.exists() or sys.version_info[:2] != version_of(interpreter):
            pytest.skip("this Python lies in a folder that other users cannot enter")
    nobody = pwd.getpwnam("nobody")
    shared = tmp_path / "shared"
    shutil.copytree(ROOT, shared / "checkout", ignore=shutil.ignore_patterns(".git", ".venv", "tests", "*cache*"))
    shutil.copytree(sysconfig.get_path("purelib"), shared / "site", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in (*reversed(tmp_path.parents), tmp_path, shared):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    command = [
        str(interpreter),
        "-c",
        AS_USER,
        str(shared),
        str(nobody.pw_uid),
        str(shared / "checkout/reference/backprop.py"),
    ]
    done = subprocess.run(command, capture_output=True, cwd=shared, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == run_grade(RIGHT, "-o", "-", cwd=tmp_path).stdout.encode()


AS_USER = """
import os, sys
shared, uid, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
os.setgroups([]); os.setresgid(uid, uid, uid); os.setresuid(uid, uid, uid)
os.environ["XDG_CACHE_HOME"] = "/nonexistent"
site = os.path.join(shared, "site")
sys.path[:0] = [os.path.join(shared, "checkout"), site]
from graders.sandbox import launch
plain = launch.command
# the server runs isolated, so the copied packages are put on its path by hand
boot = "import sys, runpy; sys.path.insert(0, %r); sys.argv = sys.argv[1:]; " % site
boot += "runpy.run_path(sys.argv[0], run_name='__main__')"
launch.command = lambda *a: [sys.executable, "-I", "-c", boot, *plain(*a)[2:]]
from graders.cli import main
sys.exit(main([path, "-o", "-"]))
"""


def version_of(interpreter: Path) -> tuple[int, int]:
    done = subprocess.run([interpreter, "--version"], capture_output=True, text=True, check=True)
    major, minor, *_ = done.stdout.split()[1].split(".")
    return int(major), int(minor)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing.py"], "nothing.py: no such file"),
        (["empty"], "empty: no submission there"),
        (["right.py", "-e", "nothing"], "unknown exercise 'nothing'; there are: "),
        (["right.py", "--bank", "nothing.json"], "bank nothing.json: cannot be read"),
        (["right.py", "--bank", "right.py"], "bank right.py: not a recorded bank"),
        (["right.py", "--bank", "other.json"], "made for exercise 'one_hidden_unit', not for 'backprop'"),
        (["right.py", "-o", "nowhere/report.yaml"], "cannot be written: No such file or directory"),
        (["right.py", "--networks", "0"], "--cases: found 0, expected 1 to 10000"),
        ([], "no submission; name a .py or .ipynb file"),
        ([""], "a submission's name is empty"),
        (["right.py", "--exercise"], "expected one argument"),
        (["right.py", "--pass-mark", "101"], "--pass-mark: found 101, expected 0 to 100"),
        (["right.py", "--jobs", "0"], "--jobs: found 0, expected at least 1"),
        (["right.py", "--gradebook", "nothing.csv"], "--gradebook: works with several submissions only"),
        (["right.py", "--roster", "nothing.csv", "-o", "-"], "--roster: works with several submissions only"),
        (["right.py", "--intake", "canvas"], "--intake: works with several submissions only"),
        (["right.py", "--cluster", "tcp://127.0.0.1:9"], "--cluster: works with several submissions only"),
        (
            ["right.py", "--verify", "r.yaml", "--roster", "nothing.csv"],
            "--roster: works with several submissions only",
        ),
        (["empty", "--gradebook-column", "Quiz"], "--gradebook-column: works with --gradebook only"),
        (["right.py", "--action", "a/b@v1"], "--action: works with --handout only"),
        (["missing", "--roster", "nothing.csv"], "missing: no such file"),
        (["empty", "--roster", "nothing.csv"], "nothing.csv: no such file"),
        (["empty", "--gradebook", "othr.json"], "othr.json: no such file; did you mean other.json?"),
        (["empty", "--deadlines", "rigth.py"], "rigth.py: no such file; did you mean right.py?"),
        (["empty", "--section", "Group"], "--section Group: a column works with --roster only"),
        (["right.py", "--attemt", "best"], "unrecognized arguments: --attemt best; did you mean --attempt?"),
        (["right.py", "--gradeboook=x.csv"], "unrecognized arguments: --gradeboook=x.csv; did you mean --gradebook?"),
        (["\x1b[2Jno\nthing.py"], "\\x1b[2Jno\\x0athing.py: no such file"),
        (["right.py", "-o", "no\x1b[2Jwhere/report.yaml"], "no\\x1b[2Jwhere/report.yaml: cannot be written"),
        (["right.py", "--format", "\x1b[2J"], "invalid choice: "),
        (["right.py", "--\x1b[2J"], "unrecognized arguments: --\\x1b[2J"),
    ],
)
def test_bad_input_is_one_line_and_status_2(tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "empty").mkdir()
    shutil.copy(RIGHT, tmp_path / "right.py")
    exercise = load_exercise("one_hidden_unit")
    write_bank(tmp_path / "other.json", draw_bank(exercise, Reference(exercise), seed=0, count=2))
    done = run_grade(*arguments, cwd=tmp_path)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr


def test_two_runs_at_once_into_one_folder_are_one_run_and_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(30):
        (tmp_path / "in" / f"{number}.py").write_text(f"{RIGHT.read_text(encoding='utf-8')}# {number}\n")
    (tmp_path / "in" / "slow.py").write_text("while True: pass\n")
    commands = [grade_command("in", "-o", "out", "--cases", 3, "--seed", seed) for seed in ("7", "8")]
    running = [subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) for command in commands]
    errors = [process.communicate(timeout=120)[1] for process in running]
    statuses = [process.returncode for process in running]
    assert sorted(statuses) == [0, 2], errors
    refused = statuses.index(2)
    assert errors[refused].startswith("grade: out: another run is writing there"), errors
    assert errors[refused].count("\n") == 1
    report = yaml_reading.load((tmp_path / "out" / "0.py.report.yaml").read_bytes())
    assert report["grading"]["seed"] == 8 - refused
    assert not [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


@pytest.mark.long
def test_a_forgotten_seed_replaces_no_official_result(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(RIGHT, tmp_path / "in")
    assert run_grade("in", "-o", "out", "--seed", 20260901, cwd=tmp_path).returncode == 0
    official = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    for forgotten in ([], ["--networks", 7], ["--seed", 20260901, "--isolation", "process"]):
        done = run_grade("in", "-o", "out", *forgotten, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "grade: out: was graded with " in done.stderr
        assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == official
    assert run_grade("in", "-o", "out", "--no-resume", cwd=tmp_path).returncode == 0


OLD_PYTHON = """
import runpy, sys
sys.version_info, sys.version = (3, 10, 13, "final", 0), "3.10.13 (main)"
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def test_an_old_python_is_told_which_one_is_needed() -> None:
    ast.parse((ROOT / "grade.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    done = subprocess.run([sys.executable, "-c", OLD_PYTHON, ROOT / "grade.py"], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"grade: Python 3.11 or newer is needed; this is 3.10.13\n"


def test_a_python_without_the_packages_is_told_how_to_get_them() -> None:
    bare = [sys.executable, "-S", str(ROOT / "grade.py"), str(RIGHT)]  # -S: without the folder of installed packages
    done = subprocess.run(bare, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "is not installed" in done.stderr
    assert ".venv/bin/pip install -e ." in done.stderr


def test_a_picture_named_py_is_unreadable_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "picture.py").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    done = run_grade("picture.py", cwd=tmp_path)
    assert done.returncode == 1
    assert "a PNG image" in done.stdout
    assert "Traceback" not in done.stderr + done.stdout


def test_the_level_process_works_and_says_so(tmp_path: Path) -> None:
    done = run_grade(RIGHT, "--isolation", "process", "-o", "-", cwd=tmp_path)
    assert (done.returncode, yaml_reading.load(done.stdout.encode())["grading"]["isolation"]) == (0, "process")


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("while True: pass", "timeout"),
        ("import os; os._exit(3)", "crashed"),
        ("import os; os.kill(os.getpid(), 6)", "crashed"),
        ("import os; os.kill(os.getpid(), 9)", "not-graded"),  # no different from a kill by the system
    ],
)
def test_the_level_process_survives_a_bad_submission(source: str, verdict: str) -> None:
    from dataclasses import replace

    from graders.grading import Grader
    from graders.sandbox.spawning import ProcessSandbox
    from graders.submission import decode_submission

    exercise = load_exercise("backprop")
    exercise = replace(exercise, limits=replace(exercise.limits, wall_s=3, cpu_s=1))
    reference = Reference(exercise)
    bank = draw_bank(exercise, reference, seed=0, count=3)
    with ProcessSandbox(exercise.limits) as sandbox:
        grader = Grader(exercise, reference, bank, sandbox, lang="en")
        report = grader.grade(decode_submission("a.py", source.encode()))
        assert grader.grade(decode_submission("b.py", RIGHT.read_bytes())).score.points == 100
    assert report.verdict == verdict
    assert ("the script may also have done it itself" in str(report.fault)) == (verdict == "not-graded")


ELSEWHERE = """
import os, select, signal, socket, subprocess, sys, sysconfig
import hypothesis.strategies

sysconfig.get_config_vars()  # looked up by the name of the system
for name in ("fcntl", "pwd", "grp", "termios"):
    sys.modules[name] = None
for module, names in (
    (os, "memfd_create pidfd_open sched_getaffinity geteuid setsid"),
    (select, "poll POLLIN POLLOUT POLLRDHUP epoll"),
    (signal, "pidfd_send_signal"),
    (socket, "send_fds recv_fds"),
):
    for name in names.split():
        delattr(module, name)
sys.platform = sys.argv.pop(1)
from graders.cli import main

sys.exit(main())
"""
"""Takes away what other systems than Linux lack; what is left of Linux: the process that is started, and resource."""


@pytest.mark.parametrize("platform", ["darwin", "win32"])
@pytest.mark.parametrize("arguments", [[], ["--isolation", "process"]])
def test_a_student_grades_their_file_where_nothing_of_linux_is_there(
    tmp_path: Path, platform: str, arguments: list[str]
) -> None:
    wrong = RIGHT.read_text(encoding="utf-8").replace("target - output", "output - target")
    (tmp_path / "wrong.py").write_text(wrong, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("CI", None)
    command = [sys.executable, "-c", ELSEWHERE, platform, "wrong.py", "-o", "-", *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    report = yaml_reading.load(done.stdout.encode())
    assert (report["grading"]["isolation"], report["verdict"]) == ("process", "wrong-value")
    assert report["steps"][0]["misconception"] == "error-sign"


def test_what_a_library_does_at_the_end_is_done_though_the_command_ends_at_once(tmp_path: Path) -> None:
    program = (
        "import atexit, sys; from graders.cli import run; "
        "sys.argv = ['grade', 'missing.py']; atexit.register(print, 'the library is done'); run()"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "the library is done\n")
    assert "missing.py" in done.stderr


def test_a_thread_that_nobody_waits_for_is_not_left_running_while_python_takes_itself_apart() -> None:
    code = (
        "import os, threading, time\n"
        "from graders import cli\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "cli.main = lambda: 3\n"
        "try: cli.run()\n"
        "except SystemExit: os.write(1, b'now Python takes itself apart')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=50, check=False)
    assert (done.returncode, done.stdout) == (3, b"")
