"""A handout holds what students need, and nothing of the reference; it never overwrites a file."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from graders.cli import main
from graders.errors import ExerciseError, UsageError
from graders.exercise.handout import ACTION, handout, own_action, write_handout
from graders.exercise.loading import exercise_names, load_exercise, read_exercise
from graders.messages import Lang
from graders.version import VERSION
from tests.support.answers import answers

ROOT = Path(__file__).parent.parent
WORKFLOW = ".github/workflows/grade.yml"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", exercise_names())
def test_nothing_of_the_reference_is_handed_out(tmp_path: Path, name: str, lang: Lang) -> None:
    exercise = load_exercise(name)
    found = answers(exercise)
    assert len(found) == len(exercise.steps) if exercise.is_straight else found
    paths = write_handout(name, tmp_path / "out", lang)
    written = sorted(path for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert written == sorted(paths)
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert not [answer for answer in found if answer in "".join(text.split())], path
        assert exercise.solution_marker not in text


@pytest.mark.parametrize("name", exercise_names())
def test_template_and_notebook_are_those_of_the_exercise(name: str) -> None:
    exercise = load_exercise(name)
    files = handout(exercise, "en", "me/grader@v1")
    data = [f"{module}.py" for module in exercise.modules]
    assert sorted(files) == sorted([WORKFLOW, "README.md", f"{name}.ipynb", f"{name}.py", *data])
    for file in (f"{name}.py", f"{name}.ipynb", *data):
        assert files[file] == (exercise.folder / file).read_text(encoding="utf-8")
    assert json.loads(files[f"{name}.ipynb"])["cells"][1]["source"][0].strip() == exercise.marker


def test_the_readme_is_in_one_language() -> None:
    exercise = load_exercise("backprop")
    english, chinese = (handout(exercise, lang, "me/grader@v1")["README.md"] for lang in ("en", "zh"))
    assert english.startswith("# Backpropagation, one update of a two-layer network\n\nA network of two layers: ")
    assert "网络" not in english
    assert chinese.startswith("# 反向传播：两层网络的一次权重更新\n\n一个两层网络：")
    assert "A case" not in chinese
    for text in (english, chinese):
        assert "`grade backprop.py`" in text
        assert "grade.py" not in text
        assert "https://github.com/me/grader)" in text  # where the command comes from
        assert "page/" not in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_readme_names_the_page_beside_it_and_no_repository_that_nobody_named(lang: Lang) -> None:
    text = handout(load_exercise("backprop"), lang, ACTION, "page")["README.md"]
    assert "`page/`" in text
    assert "github.com" not in text


def test_the_workflow_grades_with_the_action_named_and_may_only_read() -> None:
    workflow = yaml.safe_load(handout(load_exercise("backprop"), "en", "me/grader@v1")[WORKFLOW])
    assert workflow["permissions"] == {"contents": "read"}
    step = workflow["jobs"]["grade"]["steps"][-1]
    chosen = "${{ steps.form.outputs.file }}"
    assert step == {"uses": "me/grader@v1", "with": {"submission": chosen, "exercise": "backprop"}}


@pytest.mark.parametrize(
    ("changed", "chosen"),
    [
        ("backprop.py", "backprop.py"),
        ("backprop.ipynb", "backprop.ipynb"),
        ("both", "backprop.py"),
        ("none", "backprop.ipynb"),
        ("script removed", "backprop.ipynb"),
    ],
)
def test_the_workflow_grades_the_form_that_was_filled_in(tmp_path: Path, changed: str, chosen: str) -> None:
    write_handout("backprop", tmp_path, "en")
    for path in (tmp_path / "backprop.py", tmp_path / "backprop.ipynb"):
        if changed in (path.name, "both"):
            path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    if changed == "script removed":
        (tmp_path / "backprop.py").unlink()
    (step,) = [
        step for step in yaml.safe_load((tmp_path / WORKFLOW).read_text())["jobs"]["grade"]["steps"] if "run" in step
    ]
    output = tmp_path / "output"
    environment = {"PATH": os.environ["PATH"], "GITHUB_OUTPUT": str(output)}
    subprocess.run(["bash", "-e", "-c", step["run"]], cwd=tmp_path, env=environment, check=True)
    assert output.read_text() == f"file={chosen}\n"


@pytest.mark.parametrize(
    ("url", "action"),
    [
        ("https://github.com/me/grader.git", f"me/grader@v{VERSION}"),
        ("git@github.com:me/my.grader", f"me/my.grader@v{VERSION}"),
        ("ssh://git@github.com/me/grader/", f"me/grader@v{VERSION}"),
        ("https://gitlab.com/me/grader.git", None),
        ("https://github.com/me", None),
    ],
)
def test_the_action_is_that_of_the_repository_the_grader_was_cloned_from(
    tmp_path: Path, url: str, action: str | None
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text(
        f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {url}\n\tfetch = +refs/heads/*\n[branch "main"]\n'
    )
    assert own_action(tmp_path) == action
    assert own_action(tmp_path / "elsewhere") is None


@pytest.mark.parametrize("action", ["me/grader", "grader@v1", "me/grader@v1\n        run: x", "", "me/{x}@v1"])
def test_what_is_no_action_is_refused(tmp_path: Path, action: str) -> None:
    with pytest.raises(UsageError, match="expected OWNER/REPOSITORY@VERSION"):
        write_handout("backprop", tmp_path, "en", action)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["backprop.py", "README.md", WORKFLOW])
def test_no_file_is_overwritten_and_then_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine", encoding="utf-8")
    assert main(["--handout", "backprop", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"grade: {mine}: already there; name another folder\n"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_the_command_names_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["--handout", "backprop", "--with-page", "--action", "me/grader@v1", "--lang", "zh", str(out)]) == 0
    names = ["backprop.py", "backprop.ipynb", "README.md", WORKFLOW]
    listed = capsys.readouterr().out.splitlines()
    assert listed[:4] == [str(out / name) for name in names]
    assert sorted(listed[4:-1]) == sorted(str(path) for path in (out / "page").iterdir())
    assert listed[-1].startswith("注意：网页必须包含参考答案")
    assert "me/grader@v1" in (out / WORKFLOW).read_text(encoding="utf-8")


def test_the_page_which_holds_the_solution_is_handed_out_only_if_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--handout", "backprop", "--action", "me/grader@v1", "--lang", "en", str(tmp_path / "out")]) == 0
    assert not (tmp_path / "out" / "page").exists()
    assert capsys.readouterr().out.splitlines()[-1].endswith("it has to hold the solution; --with-page adds it.")


def test_what_would_leave_students_at_a_loss_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "exercises" / "descent"
    shutil.copytree(ROOT / "exercises" / "gradient_descent", own)
    (tmp_path / "reference").mkdir()
    shutil.copy(ROOT / "reference" / "gradient_descent.py", tmp_path / "reference" / "descent.py")
    arguments = ["--action", "me/grader@v1", "--lang", "en"]
    assert main(["--handout", str(own), *arguments, str(tmp_path / "one")]) == 0
    assert "students' graders do not know descent: " in capsys.readouterr().out.splitlines()[-1]
    readme = own / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8").replace("## English\n", "## English\n\nFILL IN\n"), "utf-8")
    assert main(["--handout", str(own), *arguments, str(tmp_path / "two")]) == 0
    assert f"{tmp_path / 'two' / 'README.md'} still says FILL IN; " in capsys.readouterr().out.splitlines()[-1]


def test_the_callers_mistakes_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    for arguments, message in (
        (["backprop"], "--handout: found 0 folders, expected one to write to"),
        (
            ["backpop", str(tmp_path)],
            "unknown exercise 'backpop'; there are: affine_layers, backprop, backprop_records, ",
        ),
        (["backprop", str(tmp_path / "file")], "cannot be written: "),
    ):
        assert main(["--handout", *arguments]) == 2
        error = capsys.readouterr().err
        assert message in error
        assert error.count("\n") == 1


def test_an_exercise_without_a_readme_in_the_language_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "backprop"
    folder.mkdir()
    (folder / "exercise.yaml").write_bytes((ROOT / "exercises/backprop/exercise.yaml").read_bytes())
    exercise = read_exercise(folder, ROOT / "reference" / "backprop.py")
    with pytest.raises(ExerciseError, match="cannot be read; a handout needs it"):
        handout(exercise, "zh", "me/grader@v1")
    (folder / "README.md").write_text("## English\n\nText.\n", encoding="utf-8")
    with pytest.raises(ExerciseError, match="the heading '## 中文' is missing"):
        handout(exercise, "zh", "me/grader@v1")
