"""For authors of exercises, whose own solution is trusted.

    scaffold.py     write a new exercise's files, if it can be proven
    typed.py        what its author types next
    generate.py     what is generated of an exercise, written again
    checking.py     what is wrong with an exercise

A finished solution, read:

    reading.py      its text, and what it consists of
    solution.py     what that comes to: givens, steps, what is called
    data.py         modules and files beside it
    calling.py      the example below its definitions: inputs and calls
    example.py      the example made plain
    expressions.py  what its expressions are made of
    lifting.py      what it only shows, or hands to a call, gets a name
    catching.py     what it shows to be refused
    contents.py     what it reads from a file, written out
    making.py       what its own calls make, written out
    sizing.py       counts that are only lengths, written out
    literals.py     which values are inputs
    forms.py        the form in which an input is written

What its exercise asks for, found out by running it:

    proposing.py    all of that, one after the other
    trial.py        a run on other values
    study.py        many of them
    dimensions.py   which lengths belong together
    partitions.py   in which ways they may
    resizing.py     values like the lesson's in another shape
    kinds.py        what a given is drawn from
    texts.py        the same of a text
    choosing.py     which range fits
    ordering.py     numbers that keep the lesson's order
    properties.py   what drawn values must have in common with the lesson's
    outcomes.py     the results
    parts.py        the parts of a result
    losing.py       steps that no result shows
    signs.py        results that are right with either sign
    lines.py        the lines of `use`

What is written, and proven first:

    skeleton.py     the texts of its files
    proving.py      full marks for the solution, none for the template, mistakes are caught
    mutants.py      the reference with one formula changed, which a bank must catch
    changes.py      what is changed in a formula
    telling.py      cases that tell mistakes apart
    improving.py    more results, where mistakes would pass
"""
