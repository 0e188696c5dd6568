"""Submitty's versions: a folder for each, and a file that says which of them the student wants to be graded."""

from collections.abc import Sequence

import msgspec

from graders.intake.listing import Member
from graders.intake.stored import read_or_none
from graders.messages import Message, message
from graders.submission import Unreadable

_SETTINGS = "user_assignment_settings.json"
_MAX_SETTINGS_BYTES = 1 << 20


class _Settings(msgspec.Struct):
    active_version: int


def active_members(members: Sequence[Member]) -> tuple[list[Member], tuple[Message, ...]]:
    """Return a student's files, of several versions those of the active one, and what there is to say of that.

    Raises Unreadable where the student has withdrawn all versions.
    """
    settings = _settings_among(members)
    active = None if settings is None else _active(settings)
    if settings is None or active is None:
        return list(members), ()
    if active == 0:
        raise Unreadable("unreadable.withdrawn")
    root = settings.path.removesuffix(_SETTINGS)
    counting = [member for member in members if member.path.startswith(f"{root}{active}/")]
    if not counting:
        return list(members), ()
    versions = {member.path.removeprefix(root).partition("/")[0] for member in members}
    has_others = any(map(str.isdecimal, versions - {str(active)}))
    return counting, (message("active-version", version=active),) if has_others else ()


def _settings_among(members: Sequence[Member]) -> Member | None:
    # The outermost is the platform's: a student may have handed in a file of that name.
    found = [member for member in members if member.name == _SETTINGS and member.stored is not None]
    return min(found, key=lambda member: len(member.parts), default=None)


def _active(settings: Member) -> int | None:
    content = read_or_none(settings.stored, _MAX_SETTINGS_BYTES) or b""
    try:
        return msgspec.json.decode(content, type=_Settings).active_version
    except (ValueError, RecursionError):  # damaged: then the last version counts, as where there is none
        return None
