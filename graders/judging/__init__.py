"""What a run is worth, and why: the only place that compares. NumPy and the standard library suffice.

What it is worth:

    checks.py           each result on the fixed example and on the bank
    comparison.py       one value against the right one: what is close enough
    rules.py            how close that is, for each step
    answers.py          the right values of every result
    result_layouts.py   in which layouts they may be written
    sizes.py            scripts that are right for their own sizes only

Why it is not right:

    diagnosis.py        from a wrong run to steps, counterexample and repair
    findings.py         what it comes to
    explaining.py       which steps are to blame: the cheapest question first
    telling.py          a verdict for each step, and what can be said about it
    causes.py           with which other step one is told that only follows from it, and what a slip is called
    watching.py         runs in which every value is observed, or others are put in
    evidence.py         the student's values and the right ones, side by side
    scene.py            which place of the script is which step

Which place is which step:

    locating.py         by its name, by its value, by what it mends
    bindings.py         which statements give it its name
    sightings.py        what each place was, on some cases
    landmarks.py        right values that a program may come by
    proposals.py        what a statement may be meant to give
    trails.py           what the reference's statements give, pass by pass
    at_once.py          the same, put together for a script that works on all records at once
    following.py        which places give that, whatever they are called
    agreement.py        how far two statements agree
    beginnings.py       where a right value is gone on from, or should be

Which place is wrong:

    steps.py            each step: is it right, given what the student had before?
    blame.py            are the results right once a right value is put in?
    mistakes.py         asked of a straight script
    mending.py          asked of one with functions and loops
    culprits.py         what is found there
    chains.py           where there are several
    slips.py            or once an expression is altered slightly
    stops.py            or is what stopped the script the reason?
    inputs.py           or was what a statement worked with wrong already?
    suspects.py         which functions may have spoilt the results
    consequences.py     what is only wrong because of another
    same_line.py        what the very line gives that is to be mended
    parts.py            the line behind a step that is put together
    own_lines.py        which lines are the student's own

What is said of it:

    misconceptions.py   known mistakes
    authored.py         what can be wrong with how an author describes them
    differences.py      how a wrong value differs
    carrying.py         which results follow rightly from earlier values
    repair.py           a small edit that makes a step right
    counterexample.py   the simplest case on which it is wrong
    showing.py          that case, as people read it
"""
