"""For authors of exercises, whose own solution is trusted.

scaffold.py    write a new exercise's files
solution.py    what a finished solution says about its exercise: givens, steps, results
dimensions.py  which lengths belong together, found by running the solution with others
checking.py    what is wrong with an exercise
mutants.py     the reference with one formula changed, which a bank must catch
"""
