"""What is installed from a built package grades anywhere, without the checkout, and for any user."""

import os
import pwd
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders import yaml_reading
from graders.exercise.loading import exercise_names

ROOT = Path(__file__).parent.parent
GIVEN = ("exercises", "reference")

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("grader")]  # skipped where the kernel refuses the sandbox


@pytest.fixture(scope="module")
def built() -> Iterator[Path]:
    """A folder that every user can read, with the sdist and the wheel that is built from it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        subprocess.run([sys.executable, "-m", "build", "--outdir", folder, ROOT], check=True, stdout=subprocess.DEVNULL)
        yield Path(folder)


def installed(built: Path, name: str, *versions: str | Path) -> Path:
    """Install the wheel alone in a fresh environment, compiling nothing, and return its console script."""
    venv.create(built / name, with_pip=True)
    (wheel,) = built.glob("*.whl")
    pip: list[str | Path] = [built / name / "bin" / "pip", "install", "--quiet", "--only-binary", ":all:"]
    subprocess.run([*pip, wheel, *versions], check=True)
    return built / name / "bin" / "grade"


@pytest.fixture(scope="module")
def command(built: Path) -> Path:
    """The console script, with the packages of the lock file."""
    return installed(built, "environment", "-c", ROOT / "requirements.lock")


@pytest.fixture
def elsewhere(built: Path) -> Iterator[Path]:
    """A working folder beside nothing of the checkout, with right submissions, that every user can write to."""
    with tempfile.TemporaryDirectory(dir=built) as folder:
        for name in exercise_names():
            (Path(folder) / f"{name}.py").write_bytes((ROOT / "reference" / f"{name}.py").read_bytes())
        Path(folder).chmod(0o777)
        yield Path(folder)


def run(command: Path, *arguments: str, cwd: Path, user: int | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(cwd)}
    return subprocess.run(
        [command, *arguments],
        cwd=cwd,
        env=environment,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def files_below(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}


def test_the_wheel_holds_the_exercises_as_they_are_and_everything_the_package_reads(built: Path) -> None:
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        held = {name: wheel.read(name) for name in wheel.namelist()}
    content = {name.removeprefix("graders/content/"): data for name, data in held.items() if "/content/" in name}
    assert content == {name: data for folder in GIVEN for name, data in files_below(ROOT / folder).items()}
    assert files_below(ROOT / "graders").items() <= held.items()
    assert "graders/py.typed" in held
    assert {name.partition("/")[0].partition("-")[0] for name in held} == {"graders", "exercise_grader"}


def test_the_sdist_holds_what_a_contributor_needs(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as sdist:
        held = {name.partition("/")[2] for name in sdist.getnames()}
    assert held >= {
        "grade.py",
        "pyproject.toml",
        "CONTRIBUTING.md",
        "README.zh.md",
        "scripts/check",
        "requirements.lock",
    }
    assert held >= files_below(ROOT / "tests").keys() | files_below(ROOT / "docs").keys()


@pytest.mark.parametrize("isolation", ["kernel", "process"])
@pytest.mark.parametrize("exercise", exercise_names())
def test_every_exercise_is_graded_from_another_folder(
    command: Path, elsewhere: Path, exercise: str, isolation: str
) -> None:
    done = run(command, "-e", exercise, f"{exercise}.py", "--isolation", isolation, cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    report = yaml_reading.load((elsewhere / f"{exercise}.report.yaml").read_bytes())
    assert (report["score"]["percent"], report["grading"]["isolation"]) == (100.0, isolation)


def test_the_page_is_written_with_its_style(command: Path, elsewhere: Path) -> None:
    assert run(command, "backprop.py", "--format", "html", cwd=elsewhere).returncode == 0
    page = (elsewhere / "backprop.report.html").read_text(encoding="utf-8")
    assert (ROOT / "graders" / "reports" / "templates" / "style.css").read_text(encoding="utf-8").strip() in page


def test_a_class_is_graded(command: Path, elsewhere: Path) -> None:
    done = run(command, ".", "-o", "grades", "--format", "html", cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    assert (elsewhere / "grades" / "index.html").is_file()
    assert len(list((elsewhere / "grades").glob("*.report.html"))) == len(exercise_names())


def test_an_exercise_is_made_in_the_authors_folder_only(command: Path, elsewhere: Path) -> None:
    refused = run(command, "--new-exercise", "mine", "gradient_descent.py", cwd=elsewhere)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "name a folder of your own, such as ./exercises/mine" in refused.stderr
    assert run(command, "--new-exercise", "./exercises/mine", "gradient_descent.py", cwd=elsewhere).returncode == 0
    assert run(command, "-e", "./exercises/mine", "gradient_descent.py", cwd=elsewhere).returncode == 0


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="the lowest NumPy has no wheel for this Python")
def test_the_lowest_versions_allowed_are_enough(built: Path, elsewhere: Path) -> None:
    allowed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    command = installed(built, "lowest", *(requirement.replace(">=", "==") for requirement in allowed))
    done = run(command, "backprop.py", "--seed", "1", "--format", "html", cwd=elsewhere)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_gets_the_same_report(command: Path, elsewhere: Path) -> None:
    interpreter = (command.parent / "python").resolve()
    if any(not folder.stat().st_mode & 0o001 for folder in interpreter.parents):
        pytest.skip("this Python lies in a folder that other users cannot enter")
    nobody = pwd.getpwnam("nobody").pw_uid
    own, theirs = (run(command, "backprop.py", "-o", "-", cwd=elsewhere, user=user) for user in (None, nobody))
    assert theirs.returncode == 0, theirs.stderr
    assert (theirs.stdout, theirs.stderr) == (own.stdout, "")
