"""Where submissions come from: folders, clones, and downloads of learning platforms, as rows of a batch.

    listing    names in a folder or an archive, and where their bytes are
    <source>   whose each of them is; one file per source
    choosing   which of a student's files is the submission
    attempts   which of a student's hand-ins counts
    finding    all of it, for what the caller named
    reading    one row's bytes, when it is its turn

Nothing is unpacked, no link is followed, and no file is read before its turn.
"""

from graders.intake.attempts import AttemptChoice, Counting, count_best, select_attempts
from graders.intake.entry import Candidate, Entry, Wanted, wanted_by
from graders.intake.finding import SOURCES, find_entries
from graders.intake.outputs import OUTPUTS
from graders.intake.reading import read_entry

__all__ = [
    "OUTPUTS",
    "SOURCES",
    "AttemptChoice",
    "Candidate",
    "Counting",
    "Entry",
    "Wanted",
    "count_best",
    "find_entries",
    "read_entry",
    "select_attempts",
    "wanted_by",
]
