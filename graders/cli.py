"""Arguments, terminal, exit status. Nothing heavy is imported before the sandbox's server has been launched."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graders.errors import GraderError, SandboxError, UsageError
from graders.sandbox.launch import Launched, launch
from graders.version import VERSION

if TYPE_CHECKING:
    from graders.grading import Grader
    from graders.messages import Lang
    from graders.outcome import Report

OK, BELOW_PASS_MARK, UNUSABLE, GRADER_FAILED = 0, 1, 2, 3
"""Exit statuses; docs/report.md lists them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _grade(options)
    except SandboxError as error:
        print(f"grade: {error}", file=sys.stderr)
        return GRADER_FAILED
    except GraderError as error:
        print(f"grade: {error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("grade: interrupted", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="grade",
        description="Grade submissions: run each unmodified script in a sandbox, on the lesson's numbers and on random "
        "networks, and write a report.",
        epilog="Exit status: 0 at or above the pass mark (several: all graded), 1 below it, 2 unusable command or "
        "input, 3 the grader or its sandbox failed.",
    )
    parser.add_argument(
        "submissions", nargs="+", metavar="SUBMISSION", help="a .py or .ipynb file, or a folder of them"
    )
    parser.add_argument("-e", "--exercise", default="backprop", metavar="NAME", help="default: backprop")
    parser.add_argument(
        "-o", "--output", metavar="PATH", help="report file, or folder for several; - for standard output"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="which random networks (default: 0)")
    parser.add_argument("--networks", type=int, metavar="N", help="how many random networks (default: the exercise's)")
    parser.add_argument("--bank", type=Path, metavar="FILE", help="grade on the networks recorded in this file")
    parser.add_argument("--isolation", choices=("kernel", "process"), help="default: kernel")
    parser.add_argument("--pass-mark", type=float, default=100.0, metavar="PERCENT", help="default: 100")
    parser.add_argument(
        "--feedback",
        choices=("score", "steps", "hints", "counterexample", "repair"),
        default="counterexample",
        help="how much the report tells, each with those before it (default: counterexample)",
    )
    parser.add_argument("--lang", choices=("en", "zh"), help="language of the messages (default: the locale's)")
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    return parser


def _grade(options: argparse.Namespace) -> int:
    gc.disable()  # nothing that imports make is garbage
    launched = launch() if options.isolation != "process" else None
    try:
        return _grade_with(options, launched)
    finally:
        if launched is not None and launched.process.poll() is None:
            launched.process.kill()
            launched.process.wait()


def _grade_with(options: argparse.Namespace, launched: Launched | None) -> int:
    from graders.outcome import Feedback
    from graders.session import open_grader

    if options.output != "-":
        _load_terminal_meanwhile()
    paths = _paths(options.submissions)
    lang = options.lang or _locale_lang()
    single = len(paths) == 1
    output = _output(options.output, paths)
    with open_grader(
        options.exercise,
        seed=options.seed,
        networks=options.networks,
        bank_path=options.bank,
        isolation=options.isolation,
        fallback=single and "CI" not in os.environ,
        lang=lang,
        feedback=Feedback(options.feedback),
        launched=launched,
    ) as (grader, walls):
        gc.enable()
        reports = [_grade_one(grader, path, output, single) for path in paths]
        quiet = options.output == "-"
        if not quiet:
            _show(reports, walls, lang, options.isolation is None)
        if output is not None and not single:
            from graders.networks import write_bank

            write_bank(output / "networks.json", grader.bank)
    return _status(reports, options.pass_mark)


def _load_terminal_meanwhile() -> None:
    """Import what draws the table while the sandbox works; the lock of the import makes a later one wait."""
    from importlib import import_module
    from threading import Thread

    Thread(target=import_module, args=("graders.terminal",), daemon=True).start()


def _grade_one(grader: "Grader", path: Path, output: Path | None, single: bool) -> "Report":
    from graders.reports import yaml
    from graders.reports.document import write_atomically
    from graders.submission import read_submission

    report = grader.grade(read_submission(path))
    if output is None:
        sys.stdout.buffer.write(yaml.dump(report))
    else:
        target = output if single else output / f"{path.stem}.report.yaml"
        write_atomically(target, yaml.dump(report))
    return report


def _show(reports: "Sequence[Report]", walls: str, lang: "Lang", chosen_freely: bool) -> None:
    from graders import terminal

    for report in reports:
        terminal.show(report, walls, lang, notice=chosen_freely)


def _status(reports: "Sequence[Report]", pass_mark: float) -> int:
    from graders.outcome import Verdict

    if any(report.verdict is Verdict.NOT_GRADED for report in reports):
        return GRADER_FAILED
    if len(reports) > 1 or reports[0].score.percent >= pass_mark:
        return OK
    return BELOW_PASS_MARK


def _paths(named: Sequence[str]) -> list[Path]:
    """Return the files to grade. Raises UsageError for what is not there."""
    paths: list[Path] = []
    for name in named:
        path = Path(name)
        if path.is_dir():
            found = sorted(item for item in path.rglob("*") if item.suffix in (".py", ".ipynb") and item.is_file())
            if not found:
                raise UsageError(f"{name}: no submission in this folder; expected .py or .ipynb files")
            paths += found
        elif path.exists():
            paths.append(path)
        else:
            raise UsageError(f"{name}: no such file; name a .py or .ipynb file or a folder")
    return paths


def _output(named: str | None, paths: Sequence[Path]) -> Path | None:
    """Return the report file, or the folder for several; None for standard output."""
    if named == "-":
        return None
    if len(paths) == 1:
        if named is not None and Path(named).is_dir():
            return Path(named) / f"{paths[0].stem}.report.yaml"
        return Path(named or f"{paths[0].stem}.report.yaml")
    folder = Path(named or "reports")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made: {error.strerror}; name another folder with -o") from error
    return folder


def _locale_lang() -> "Lang":
    words = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((word for word in words if word), "").startswith("zh") else "en"
