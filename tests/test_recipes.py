"""What CONTRIBUTING shows how to add takes as many files as it says."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VERDICT = {
    "graders/outcome.py": {
        '    WRONG_VALUE = "wrong-value"\n': '    FAR_OFF = "far-off"\n    WRONG_VALUE = "wrong-value"\n',
        "case Verdict.NOT_ALLOWED:": "case Verdict.NOT_ALLOWED | Verdict.FAR_OFF:",
    },
    "graders/messages/students.py": {
        '    "verdict.wrong-value"': '    "verdict.far-off": ("far off", "相差甚远"),\n    "verdict.wrong-value"',
    },
    "graders/judging/comparison.py": {
        "    return _NEARLY_RIGHT if": "    if difference > 1000 * largest:\n"
        "        return Comparison(Verdict.FAR_OFF)\n"
        "    return _NEARLY_RIGHT if",
    },
}
FORMATS = ("github", "gradescope", "html", "json", "junit", "markdown", "yaml")


def test_a_new_verdict_is_in_every_format_and_in_the_gradebook_once_three_modules_know_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "graders", tmp_path / "graders", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("exercises", "reference"):
        (tmp_path / name).symlink_to(ROOT / name)
    for file, changes in VERDICT.items():
        text = (tmp_path / file).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, (file, old)
            text = text.replace(old, new)
        (tmp_path / file).write_text(text, encoding="utf-8")
    source = (ROOT / "reference" / "backprop.py").read_text(encoding="utf-8")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "huge.py").write_text(f"{source}\ndelta_w_h_o = 1e9 + delta_w_h_o\n", encoding="utf-8")
    grade = "import sys; sys.path.insert(0, '.'); from graders.cli import run; run()"
    formats = [word for name in FORMATS for word in ("--format", name)]
    arguments = ["class", "-o", "out", "--cases", "2", "--lang", "en", "--jobs", "1", *formats]
    done = subprocess.run(
        [sys.executable, "-c", grade, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.*")}
    reports = [name for name in written if ".report." in name]
    assert len(reports) == len(FORMATS)
    assert [name for name in (*reports, "gradebook.csv") if not {"far-off", "far off"} & find(written[name])] == []


def find(text: str) -> set[str]:
    return {word for word in ("far-off", "far off") if word in text}
