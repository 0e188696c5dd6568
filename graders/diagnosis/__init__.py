"""What is wrong, where, and why: done only for a submission that is not right.

evidence.py        the student's values and the right ones on some telling networks
steps.py           each step, with the error carried forward
misconceptions.py  known ways to get a step wrong
counterexample.py  the simplest of small networks on which the first wrong step is wrong
diagnose.py        all of it, in order
"""
