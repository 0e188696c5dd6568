"""Where submissions come from: folders, clones, and downloads of learning platforms, as rows of a batch.

Nothing is unpacked, no link is followed, and no file is read before its turn. Nothing is imported here: one file alone
needs a small part of it.

    finding.py      all of it, for what the caller named
    listing.py      names in a folder or an archive, and where their bytes are
    downloads.py    which platform they were downloaded from
    entry.py        the records: what is looked for, whose a file is, a row of a batch

Whose each file is:

    autolab.py      in Autolab's download
    blackboard.py   Blackboard's
    brightspace.py  Brightspace's
    canvas.py       Canvas's
    gradescope.py   Gradescope's
    moodle.py       Moodle's
    sakai.py        Sakai's
    submitty.py     Submitty's
    teams.py        Microsoft Teams'
    classroom.py    in clones of GitHub Classroom
    nbgrader.py     in nbgrader's tree
    folder.py       in any other folder
    loose.py        beside each other in it
    outputs.py      nobody's: what an earlier run has written

Which of them counts:

    names.py        what their names tell
    versions.py     and of when they were written
    peeking.py      a look into one whose name does not tell
    content.py      what the text of one tells
    choosing.py     which file of a student is the submission
    answers.py      those that set results, before what they import
    attempts.py     which of a student's hand-ins counts

One row, when it is its turn:

    reading.py      from a row to a submission
    stored.py       its bytes, bounded

Where something was not found:

    near.py         the nearest names
    another.py      which other exercise it may be meant for
"""
