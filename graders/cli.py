"""Command line, terminal, exit status. Nothing heavy is imported before the sandbox's server has been launched."""

import errno
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from graders.errors import GraderError, SandboxError, UsageError
from graders.escaping import clean_line
from graders.options import Options, parse
from graders.sandbox.launch import Launched, launch

if TYPE_CHECKING:
    from graders.opening import Materials, Terms
    from graders.outcome import Report

OK, BELOW_PASS_MARK, UNUSABLE, GRADER_FAILED = 0, 1, 2, 3
"""Exit statuses; docs/report.md lists them."""


def run() -> NoReturn:
    """Run the command line as a program."""
    status = main()
    gc.freeze()  # before it leaves, Python would look through everything for garbage, which takes a tenth of the run
    sys.exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    options = parse(arguments)
    try:
        status = _act(options)
        if sys.stdout is not None:  # as with >&-
            sys.stdout.flush()
        return status
    except SandboxError as error:
        _print_error(str(error))
        return GRADER_FAILED
    except GraderError as error:
        _print_error(str(error))
        return UNUSABLE
    except OSError as error:
        return _refused(error)
    except KeyboardInterrupt:
        _print_error("interrupted")
        return 130
    except Exception as error:  # noqa: BLE001 - Python's own status for it would say "below the pass mark"
        return _failed(error)


def _print_lines(lines: Iterable[str]) -> None:
    """Print lines that may repeat what the caller typed, or what stands in a stranger's file."""
    print("\n".join(clean_line(line, 2000) for line in lines))


def _print_error(message: str) -> None:
    print(f"grade: {clean_line(message, 2000)}", file=sys.stderr)


def _act(options: Options) -> int:
    if options.new_exercise or options.check_exercise:
        return _author(options)
    if options.verify is not None:
        return _verify(options)
    if options.handout is not None:
        return _write_handout(options)
    return _grade(options)


def _failed(error: Exception) -> int:
    """Say which package was never installed; all else is a defect of ours."""
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("graders"):
        install = "python3 -m venv .venv && .venv/bin/pip install -e . , then .venv/bin/python grade.py"
        _print_error(f"{error.name} is not installed for {sys.executable}; once: {install}")
        return UNUSABLE
    sys.excepthook(type(error), error, error.__traceback__)
    return GRADER_FAILED


def _refused(error: OSError) -> int:
    """Say what the system refused; what is left for an unusable standard output is dropped before Python's own end."""
    is_output = error.filename is None and error.errno in (errno.EPIPE, errno.ENOSPC)
    if is_output:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
    what = "standard output" if is_output else error.filename or "this machine"
    _print_error(f"{what}: {error.strerror}")
    return UNUSABLE if is_output else GRADER_FAILED


def _author(options: Options) -> int:
    if options.new_exercise:
        from graders.authoring.scaffold import new_exercise

        _print_lines(new_exercise(options.new_exercise, Path(options.submissions[0])))
        return OK
    from graders.authoring.checking import problems_of

    problems = list(problems_of(options.check_exercise))
    _print_lines(problems or [f"{options.check_exercise}: nothing wrong"])
    return UNUSABLE if problems else OK


def _verify(options: Options) -> int:
    from graders.messages import locale_lang
    from graders.verification import verify

    if len(options.submissions) != 1:
        raise UsageError(
            f"--verify: found {len(options.submissions)} submissions, expected the one the report is about"
        )
    found = verify(
        options.verify,
        Path(options.submissions[0]),
        exercise=options.exercise,
        bank_path=options.bank,
        isolation=options.isolation,
        fallback="CI" not in os.environ,
    )
    _print_lines(found.lines(options.lang or locale_lang()))
    return BELOW_PASS_MARK if found.differences else OK


def _write_handout(options: Options) -> int:
    from graders.handouts.writing import write_handout
    from graders.messages import locale_lang

    if len(options.submissions) != 1:
        raise UsageError(f"--handout: found {len(options.submissions)} folders, expected one to write to")
    lang = options.lang or locale_lang()
    _print_lines(map(str, write_handout(options.handout, Path(options.submissions[0]), lang, options.action)))
    return OK


def _grade(options: Options) -> int:
    gc.disable()  # nothing that imports make is garbage
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the grader's own matrices are small; threads would only wait
    launched = launch() if options.isolation != "process" and options.cluster is None else None
    try:
        return _grade_with(options, launched)
    finally:
        if launched is not None and launched.process.poll() is None:
            launched.process.kill()
            launched.process.wait()


def _grade_with(options: Options, launched: Launched | None) -> int:
    from graders.messages import locale_lang
    from graders.opening import Terms, load_materials
    from graders.outcome import Feedback

    paths = [Path(name) for name in options.submissions]
    single = len(paths) == 1 and not paths[0].is_dir() and paths[0].suffix.lower() != ".zip"
    if single and options.output != "-":
        _load_terminal_meanwhile()
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"{path}: no such file; name a .py or .ipynb file, a folder or a .zip")
    terms = Terms(
        isolation=options.isolation,
        fallback=single and "CI" not in os.environ,
        lang=options.lang or locale_lang(),
        feedback=Feedback(options.feedback),
    )
    materials = load_materials(options.exercise, seed=options.seed, networks=options.networks, bank_path=options.bank)
    if single:
        return _grade_single(options, paths[0], materials, terms, launched)
    return _grade_class(options, paths, materials, terms, launched)


def _grade_single(
    options: Options, path: Path, materials: "Materials", terms: "Terms", launched: Launched | None
) -> int:
    from graders.files import write_atomically
    from graders.opening import open_sandboxed
    from graders.reports import formats
    from graders.submission import read_submission

    names = list(dict.fromkeys(options.format or ["yaml"]))
    if len(names) > 1 and options.output is not None and not Path(options.output).is_dir():
        raise UsageError(f"-o {options.output}: {len(names)} formats need a folder that exists; name one with -o")
    submission = read_submission(path)
    with open_sandboxed(materials, terms, launched) as (grader, walls):
        _enable_gc()
        report = grader.grade(submission)
    for name in names:
        data = formats.dump(name, report, terms.lang, submission.cells, path.as_posix())
        if options.output == "-":
            sys.stdout.buffer.write(data)
        else:
            write_atomically(_report_path(options.output, path, name), data)
    if options.output != "-":
        from graders import terminal

        terminal.show(report, walls, terms.lang, notice=options.isolation is None)
    return _status(report, options.pass_mark)


def _grade_class(
    options: Options, paths: Sequence[Path], materials: "Materials", terms: "Terms", launched: Launched | None
) -> int:
    from graders.batch.class_run import Sheets, find_submissions, grade_class
    from graders.batch.jobs import default_jobs
    from graders.terminal import ClassProgress

    if options.output == "-":
        raise UsageError("-o -: several submissions need a folder; name one with -o")
    folder = Path(options.output or "reports")
    entries = find_submissions(paths, materials, intake=options.intake, attempt=options.attempt)
    _enable_gc()
    with ClassProgress(len(entries), terms.lang, quiet=options.quiet) as progress:
        result = grade_class(
            entries,
            folder,
            materials,
            terms,
            jobs=options.jobs or default_jobs(),
            cluster=options.cluster,
            launched=launched,
            formats=list(dict.fromkeys(["yaml", *(options.format or [])])),
            attempt=options.attempt,
            resume=options.resume,
            sheets=Sheets(
                gradebook=options.gradebook, gradebook_column=options.gradebook_column, roster=options.roster
            ),
            started=progress.start,
            progress=progress.add,
        )
    progress.show_end(result, folder)
    return GRADER_FAILED if result.not_graded else OK


def _enable_gc() -> None:
    """Look for garbage from now on, but not among what imports made."""
    gc.freeze()
    gc.enable()


def _report_path(output: str | None, path: Path, format_name: str) -> Path:
    """Return where a report goes: the named file (for one format), else `<stem>.report.<ending>`."""
    from graders.reports import formats

    name = f"{path.stem}.report{formats.ending(format_name)}"
    if output is None:
        return Path(name)
    return Path(output) / name if Path(output).is_dir() else Path(output)


def _load_terminal_meanwhile() -> None:
    """Import what draws the table while the sandbox works; the lock of the import makes a later one wait."""
    from importlib import import_module
    from threading import Thread

    Thread(target=import_module, args=("graders.terminal",), daemon=True).start()


def _status(report: "Report", pass_mark: float) -> int:
    from graders.outcome import Verdict

    if report.verdict is Verdict.NOT_GRADED:
        return GRADER_FAILED
    return OK if report.score.percent >= pass_mark else BELOW_PASS_MARK
