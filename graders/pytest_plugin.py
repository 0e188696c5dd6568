"""`pytest --submission backprop.py`: each step and each check of the exercise is a test, its feedback the failure.

The submission is graded once, in the sandbox, when its first test runs; pytest never imports it. Without the option the
plugin does nothing, and nothing of the grader is loaded.
"""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parent.parent
"""The grader's own, whose configuration is no stranger's."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("exercise-grader", "exercise grader")
    group.addoption("--submission", type=Path, metavar="FILE", help="grade this .py or .ipynb file")
    group.addoption("--exercise", default="backprop", metavar="NAME", help="its exercise (default: backprop)")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Load no conftest.py: one beside the submission is a stranger's code, and would run outside the sandbox."""
    options = early_config.known_args_namespace
    if getattr(options, "submission", None) is None:
        return
    options.noconftest = True
    found = early_config.inipath
    if found is not None and options.inifilename is None and _is_a_strangers(found, early_config):
        raise pytest.UsageError(
            f"{found}: configures pytest, which can load code, and may have come with the submission; "
            f"use your own, or none: pytest -c {os.devnull} --submission {options.submission}"
        )


def _is_a_strangers(configuration: Path, early_config: pytest.Config) -> bool:
    """Tell whether a configuration that nobody named may have come with the submission."""
    # pytest has read it before it loads any plugin, so all that is left to do is to go no further.
    submission = (early_config.invocation_params.dir / early_config.known_args_namespace.submission).resolve()
    folder = configuration.resolve().parent
    # A pyproject.toml without a word on pytest is found, too. The attribute has another name since pytest 9.
    settings = vars(early_config).get("_inicfg") or vars(early_config).get("inicfg")
    return bool(settings) and folder != _CHECKOUT and submission.is_relative_to(folder)


def pytest_configure(config: pytest.Config) -> None:
    """Collect the submission: besides what the command line names, else alone."""
    path = _submission(config)
    if path is None:
        return
    if not path.is_file():
        raise pytest.UsageError(f"--submission {config.getoption('--submission')}: no such file")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = [str(path)]
    elif not any((config.invocation_params.dir / name.partition("::")[0]).resolve() == path for name in config.args):
        config.args.append(str(path))


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Put our collector in the place of all others, which would import the submission."""
    others = yield
    if file_path.resolve() == _submission(parent.config):
        from graders.pytest_items import SubmissionFile  # which needs the whole grader

        return [SubmissionFile.from_parent(parent, path=file_path)]
    return others


def _submission(config: pytest.Config) -> Path | None:
    path: Path | None = config.getoption("--submission")
    return None if path is None else (config.invocation_params.dir / path).resolve()
