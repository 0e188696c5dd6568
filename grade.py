"""Grade submissions: `python grade.py submission.py`. Pythons too old for the grader can read this file, and say so."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.stderr.write("grade: Python 3.11 or newer is needed; this is " + sys.version.split()[0] + "\n")
    sys.exit(2)

# Without its compiled modules a run would take a fifth longer; numpy and Python have theirs from their installation.
sys.dont_write_bytecode = False

from graders.cli import run  # noqa: E402

if __name__ == "__main__":
    run()
