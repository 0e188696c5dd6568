"""The test of a Gradescope autograder: its `run_tests.py`, with the JSON runner of gradescope-utils.

Gradescope runs this in a container of its own, which is not counted here.
"""

import sys
import unittest

from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

from benchmarks.classroom.rerun import FIXED, check, recorded_cases, submission


class BackpropTest(unittest.TestCase):
    """The grader's two groups of checks, with its points."""

    @weight(20)
    def test_on_the_fixed_example(self) -> None:
        """The lesson's example"""
        check(submission(), FIXED)

    @weight(80)
    def test_on_random_networks(self) -> None:
        """Random networks"""
        code = submission()
        for network in recorded_cases():
            check(code, network)


if __name__ == "__main__":
    JSONTestRunner(stream=sys.stdout).run(unittest.defaultTestLoader.loadTestsFromTestCase(BackpropTest))
