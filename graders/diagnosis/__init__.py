"""What is wrong, where, and why: done only for a submission that is not right.

findings.py        what a diagnosis comes to; the rest is loaded for wrong submissions only
evidence.py        the student's values and the right ones on some telling networks
steps.py           each step, with the error carried forward
misconceptions.py  known ways to get a step wrong
ladder.py          small networks, the simplest first
counterexample.py  the simplest of them on which the first wrong step is wrong
repair.py          a small edit that makes that step right
diagnose.py        all of it, in order
"""
