"""Many submissions into one folder of reports.

    class_run.py    a class from its files to reports, gradebook and overview
    rows.py         what its tables tell of one hand-in
    journal.py      what is done and what is left, so that a run goes on where it stopped
    staleness.py    what makes a row of an earlier run stale
    taking_up.py    whether an earlier run's rows are taken over
    regrading.py    or set aside, and what changed

Who grades:

    graded.py       the seam to what grades: entries in, reports out
    pool.py         sandboxes of this machine, several at a time
    cluster.py      the workers of a Dask scheduler
    worker.py       what such a worker does

What an instructor gets:

    sheets.py       which tables of their own there are
    tables.py       they are read before grading, and all tables written after it
    standing.py     what counts, with deadlines and marks by hand
    gradebook.py    the table of grades
    finals.py       the final grades in it
    to_check.py     the rows that a person should look at
    alike.py        hand-ins of nearly the same code
    mistakes.py     what a mistake is called
    tally.py        the class in numbers
    overview.py     the class on a page
"""
