"""The test file of an Otter autograder, in Otter's exception-based format. Otter has run the script once before."""

from otter.test_files import test_case

from benchmarks.classroom.rerun import FIXED, check, recorded_cases, submission

OK_FORMAT = False
name = "backprop"


@test_case(points=20)
def test_on_the_fixed_example() -> None:
    check(submission(), FIXED)


@test_case(points=80)
def test_on_random_networks() -> None:
    code = submission()
    for network in recorded_cases():
        check(code, network)
