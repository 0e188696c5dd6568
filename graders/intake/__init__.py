"""Where submissions come from: folders, clones, and downloads of learning platforms, as rows of a batch.

    listing    names in a folder or an archive, and where their bytes are
    <source>   whose each of them is; one file per source
    choosing   which of a student's files is the submission
    attempts   which of a student's hand-ins counts
    finding    all of it, for what the caller named
    reading    one row's bytes, when it is its turn

Nothing is unpacked, no link is followed, and no file is read before its turn. Nothing is imported here: one file alone
needs a small part of it.
"""
