"""The only code that shares a process with a submission.

It parses, rewrites and runs what a student wrote, after the process has locked itself in. It imports numpy and the
standard library only, nothing of the rest of `graders`, and knows no answer. Whatever it says is a claim that the
trusted side checks.

    __main__.py      starts the fork server, or runs one job in this very process
    once.py          one job in this very process (level `process`)
    serving.py       the fork server: one throw-away child per job
    warming.py       what it does before it forks, so that children find more done
    child.py         a child: its pipes and walls
    lifetime.py      the life of a process that runs a job: it locks itself in, runs, replies
    confinement.py   the walls of a child: Landlock, uid, limits, descriptors, seccomp
    limiting.py      limits of a process, on every system that has them
    protocol.py      the frames on the wire (also used by the trusted side)
    arrays.py        the numbers in them (also used by the trusted side)
    canary.py        the self-test: forbidden acts, all of which must be refused
    preloading.py    the modules a submission can import
    jobs.py          what is asked: setup, job, more inputs
    beyond.py        what is asked beyond a straight line
    kinds.py         what a given is for a script (also used by the trusted side)
    running.py       one job: select cells, rewrite, run on all inputs, reply
    attempts.py      a submission made ready to run, until its givens are found
    ambiguity.py     in which ways it can be read
    searching.py     and where else a given may stand
    using.py         the exercise's own lines, run after it
    needing.py       which names those need and assign
    values.py        what was recorded, as a reply lists it
    heads.py         what is told of the fixed example besides
    script.py        a rewritten submission, executed once for each input
    surroundings.py  what answers where the walls refuse: folder, files, clock, machine
    memory_files.py  files in memory
    serial.py        threads that run at once, programs that are not found
    awaiting.py      an event loop that waits for the time alone, and what a notebook awaits
    commands.py      what makes a command of a function, in libraries that are not there
    standins.py      libraries that are not there
    skipping.py      statements left out that need one of them
    modules.py       the student's own modules
    supplying.py     modules and files that are made of givens
    streams.py       what is printed and read
    own_checks.py    asserts that hold for the lesson's numbers only
    workers.py       pools and processes that do their work at once
    unfolding.py     what a program runs that stands in texts, or in a notebook's functions
    watching.py      how long one run takes, and its end
    tails.py         what comes after the results
    enough.py        where the results of a slow script are done
    remarks.py       a given that is changed again, a function that nobody calls
    hints.py         where a given that was not found may stand
    faults.py        what it raised, in plain words
    reading.py       from a cell's text to its tree, and the names it binds and needs
    parsing.py       Python as a syntax tree
    mending.py       what of a text only a notebook or an editor understands
    cells.py         which cells of a notebook make up the exercise
    effects.py       what a cell changes of what other cells made
    programs.py      what a rewritten submission is
    definitions.py   what a file defines (also used by the trusted side)
    allowing.py      what functions must not use, and what they must
    compiling.py     from trees to such a program
    rewriting.py     syntax tree: where givens are set and steps are assigned
    imports.py       syntax tree: imports of what is not there
    syntax.py        questions about syntax trees
    layouts.py       transposed, column, row (also used by the trusted side)
    givens.py        run time: which assignment is which given, and its value on a case
    likeness.py      values as numbers, and numbers as the student writes them
    influence.py     run time: which places that look like a given are used
    repairing.py     edits of one expression, tried where it stands
    edits.py         what these edits are
    recording.py     run time: the values of the steps and results
    exact.py         values that are compared by form
    forms.py         and how these are looked at and put in (also used by the trusted side)
    sites.py         what a place that gives a value is, and bounds (also used by the trusted side)
    expressions.py   what such a place is made of and bound to
    finding.py       syntax tree: these places are found
    wrapping.py      and wrapped, so that they can be observed
    looking.py       run time: a value as numbers, without calling anything of a student's
    observing.py     run time: what the sites are, and other values put in
    trials.py        a diagnosing request and its reply
    asking.py        what such a request asks
    diagnosing.py    the observed program, and a run of it
    alterations.py   small changes of one expression, as slips are
    altered.py       how they are spoken of (also used by the trusted side)
    forgotten.py     one more factor, term or setting
    exchanges.py     parts in each other's places
    counting.py      other numbers that a loop goes over
    nearby.py        the names that can be written at a place
    twins.py         functions that are taken for each other
    structures.py    and of statements: moved, left out, a forgotten return
    updates.py       or a new value that is forgotten
    altering.py      they are built into the program
    switches.py      each with its switch
    unhooking.py     what is altered and quoted has no hooks of ours
    passes.py        how much an altered program does
"""
