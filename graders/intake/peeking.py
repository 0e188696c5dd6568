"""A look into a file that lies among others, where its name does not tell whether it is anybody's work.

Names of submissions, as most files of a class have, are not read for this: there may be 20,000.
"""

from collections.abc import Sequence

from graders.intake.answers import Read, without_helpers
from graders.intake.content import assigns_steps, content_of
from graders.intake.entry import Wanted
from graders.intake.listing import Member
from graders.intake.stored import read_or_none
from graders.modules import MAX_MODULE_BYTES
from graders.submission import MAX_NOTEBOOK_BYTES, Submission, decode_submission

# A folder of more scripts than this is a class, and not the files of one student.
_MOST_SCRIPTS = 8


def is_work(member: Member, wanted: Wanted) -> bool:
    """Tell whether a file of any name holds a notebook, or a script that works at the exercise."""
    read = _read(member)
    if read is None or not wanted.handed.steps:
        return False
    is_notebook = read.cells[0][0] is not None
    return is_notebook or assigns_steps(read.cells, wanted.handed)


def is_untouched(member: Member, wanted: Wanted) -> bool:
    """Tell whether a file is what students get, whatever it is called."""
    if not wanted.handed.open:
        return False
    read = _read(member)
    return read is not None and not content_of(read, wanted.handed).is_touched


def are_one_s(members: Sequence[Member], wanted: Wanted) -> bool:
    """Tell whether files are one student's: the only one that sets results imports all other scripts."""
    scripts = [member for member in members if member.fits]
    if not 1 < len(scripts) <= _MOST_SCRIPTS:
        return False
    stored = {member.path: member.stored for member in members}
    found = {member.path: _read(member) for member in scripts}
    files = [
        Read(path, read, lambda path: read_or_none(stored.get(path), MAX_MODULE_BYTES))
        for path, read in found.items()
        if read
    ]
    contents = {file: content_of(file.submission, wanted.handed) for file in files}
    left = without_helpers(files, contents)
    return len(left) == 1 < len(files) and contents[left[0]].sets_results


def _read(member: Member) -> Submission | None:
    content = read_or_none(member.stored, MAX_NOTEBOOK_BYTES)
    read = None if content is None else decode_submission(member.name, content)
    return None if read is None or read.unreadable is not None else read
