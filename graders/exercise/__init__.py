"""What is asked: an exercise's files, its reference, its random cases, and what students get.

Its files:

    content.py         the records of what stands in them
    file.py            read and converted to these records
    problems.py        what can be wrong in them beyond types
    given_problems.py  so too of the givens
    step_problems.py   and of the steps
    loading.py         all of an exercise, loaded
    asked.py           the exercise as it was read
    joint.py           one that is made of others

Its reference:

    reference.py       the right answers, and formulas on a student's own earlier values
    calculation.py     one of lines `name = …`
    whole.py           one that is run whole, with functions and loops
    places.py          where in it a step of a function or loop stands
    trace.py           this one with a recorder
    variants.py        this one with a known mistake in it

Its random cases:

    bank.py            those of a run, recorded or kept
    draws.py           drawn
    grid.py            the numbers they are made of
    informative.py     whether one is worth grading on
    steadiness.py      which of them hang on rounding
    noise.py           found by a reference with a little noise in it
    ladder.py          small ones, for counterexamples

What students get:

    marks.py           where the solution's TODOs stand
    template.py        template, notebook and data, made of the solution
    handout.py         written to a folder
"""
