"""Grade submissions: `python grade.py submission.py`."""

import sys

from graders.cli import main

if __name__ == "__main__":
    sys.exit(main())
