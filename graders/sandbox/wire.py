"""Replies from bytes that nobody vouches for; what is asked becomes bytes in `encoding.py`."""

import math
from collections.abc import Mapping, Sequence, Set
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Struct, structs

from graders.inside.arrays import MAX_ELEMENTS, MAX_NDIM, Array
from graders.inside.protocol import DONE, LENGTHS
from graders.sandbox.observed import MalformedReplyError, decode_observed, read_numbers
from graders.sandbox.reply import NOTHING, Column, FaultClaim, FixedHead, GivenClaim, Part, RepairReply, Reply

# Each far above what an honest run writes; together they bound what a reply can cost us.
MAX_REPLY_BYTES = 16 << 20
MAX_HEAD_BYTES = 4 << 20
MAX_LAYOUTS = 32
MAX_READINGS = 16


Text = Annotated[str, msgspec.Meta(max_length=400)]
Code = Annotated[str, msgspec.Meta(max_length=20_000)]
Line = Annotated[int, msgspec.Meta(ge=0, lt=1 << 31)]
Texts = Annotated[list[Text], msgspec.Meta(max_length=200)]
"""Every text has a bound, far above what the sandboxed program writes, so that no claim fills a report."""

ShapeClaim = Annotated[list[Annotated[int, msgspec.Meta(ge=0, le=MAX_ELEMENTS)]], msgspec.Meta(max_length=MAX_NDIM)]


_End = tuple[Line | None, Line, Line, Line]


# Unknown fields are refused: what the sandboxed program does not write was written by somebody else.
class _Fault(Struct, frozen=True, forbid_unknown_fields=True):
    kind: Text
    type: Text
    message: Text
    line: Line | None
    cell: Line | None
    use_line: Line | None = None
    trail: Annotated[list[tuple[Line | None, Line]], msgspec.Meta(max_length=16)] = []


class _Given(Struct, frozen=True, forbid_unknown_fields=True):
    name: Text
    line: Line
    cell: Line | None
    layouts: list[tuple[int, ...]]
    changed: bool
    by_name: bool
    half: bool
    shape: ShapeClaim = []


class _Confined(Struct, tag="confined", tag_field="kind", frozen=True):
    pass


class _Failed(Struct, tag="failed", tag_field="kind", frozen=True):
    traceback: Code


class _Syntax(Struct, tag="syntax", tag_field="kind", frozen=True):
    fault: _Fault


class _Rules(Struct, tag="rules", tag_field="kind", frozen=True):
    broken: Annotated[list[tuple[Text, Text, Line | None, Line | None]], msgspec.Meta(max_length=100)]


class _Part(Struct, tag_field="kind", frozen=True, kw_only=True):
    values: Annotated[dict[Text, list[ShapeClaim | Text]], msgspec.Meta(max_length=4000)]
    faults: Annotated[list[_Fault], msgspec.Meta(max_length=64)]
    fault_of: list[int]


class _Fixed(_Part, tag="fixed", frozen=True, kw_only=True):
    stdout: Annotated[str, msgspec.Meta(max_length=8000)]
    givens: Annotated[dict[Text, _Given], msgspec.Meta(max_length=64)]
    not_found: Texts
    unavailable: Texts
    places: Annotated[dict[Text, tuple[Line | None, Line]], msgspec.Meta(max_length=200)]
    settled: Annotated[
        dict[Text, Annotated[list[_End], msgspec.Meta(max_length=50)]], msgspec.Meta(max_length=200)
    ] = {}
    ongoing: Annotated[
        dict[Text, Annotated[list[tuple[Line | None, Line, Line]], msgspec.Meta(max_length=50)]],
        msgspec.Meta(max_length=200),
    ] = {}
    names: Texts
    local: Texts
    readings: Annotated[int, msgspec.Meta(ge=1, le=MAX_READINGS)]
    edition: Annotated[int, msgspec.Meta(ge=0, lt=1000)] | None
    shapes: Annotated[dict[Text, ShapeClaim], msgspec.Meta(max_length=200)] = {}
    hints: Annotated[dict[Text, tuple[Line | None, Line]], msgspec.Meta(max_length=64)] = {}
    bound: Annotated[dict[Text, tuple[Line | None, Line]], msgspec.Meta(max_length=64)] = {}
    overwritten: Annotated[dict[Text, tuple[Line | None, Line]], msgspec.Meta(max_length=64)] = {}
    uncalled: Annotated[dict[Text, tuple[Line | None, Line, Texts]], msgspec.Meta(max_length=200)] = {}
    changed: Annotated[list[tuple[Line, Text]], msgspec.Meta(max_length=200)] = []
    cells: Annotated[list[Line], msgspec.Meta(max_length=1000)]
    left_out: Annotated[list[Line], msgspec.Meta(max_length=1000)] = []
    mended: dict[Literal["invisible", "notebook"], Annotated[list[Line], msgspec.Meta(max_length=20)]] = {}


class _Bank(_Part, tag="bank", frozen=True, kw_only=True):
    pass


class _More(_Part, tag="more", frozen=True, kw_only=True):
    pass


class _Repair(_Part, tag="repair", frozen=True, kw_only=True):
    before: Code
    sources: Annotated[list[Code], msgspec.Meta(max_length=4000)]


class _Observed(Struct, tag="observed", tag_field="kind", frozen=True, forbid_unknown_fields=True):
    """The lists of a diagnosing reply, which `decode_observed` checks."""

    alterations: list[Any]
    sites: list[Any]
    results: list[Any]
    shapes: list[Any]
    faults: list[Any]
    runs: list[Any]
    passes: list[Any]


_Head = _Confined | _Failed | _Syntax | _Rules | _Fixed | _Bank | _More | _Repair | _Observed
_decode_head = msgspec.json.Decoder(_Head).decode


def last_frame(data: bytearray, offset: int) -> int:
    """Return where the frame starts that is still arriving, or is empty; `offset`: where an earlier one starts."""
    while len(data) - offset > LENGTHS.size:
        length = sum(LENGTHS.unpack_from(data, offset))
        if not length or offset + LENGTHS.size + length > len(data):
            break
        offset += LENGTHS.size + length
    return offset


def has_two_frames(data: bytearray, offset: int) -> bool:
    """Tell whether more than one frame has arrived; `offset`: where the one starts that is still arriving."""
    return offset > 0 and offset > LENGTHS.size + sum(LENGTHS.unpack_from(data))


def is_done(data: bytes | bytearray, offset: int) -> bool:
    """Tell whether nothing is left at a frame's start but the frame that says the reply is complete."""
    return len(data) == offset + len(DONE) and data.endswith(DONE)


def decode_reply(data: bytes, cases: int, *, more: int = 0, before: Reply = NOTHING) -> Reply:
    """Take a reply apart; `cases` counts the fixed example too. A last, incomplete frame is left out.

    `more`: the number of cases of a request that was made; `before`: the reply to what was asked earlier.
    Raises MalformedReplyError if any byte is not as the sandboxed program writes it.
    """
    # What the child said before counts for the order of frames, too: a part cannot come twice.
    found = {name: value for name, value in before._asdict().items() if value}
    offset = 0
    while len(data) - offset >= LENGTHS.size and not is_done(data, offset):
        head_bytes, raw_bytes = LENGTHS.unpack_from(data, offset)
        start = offset + LENGTHS.size
        end = start + head_bytes + raw_bytes
        # Before anything of that size is cut out or parsed.
        if head_bytes > MAX_HEAD_BYTES or raw_bytes > MAX_REPLY_BYTES:
            raise MalformedReplyError("a frame says it is larger than any frame may be")
        if end > len(data):  # killed in the middle of writing: what came before still counts
            break
        try:
            head = _decode_head(data[start : start + head_bytes])
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise MalformedReplyError(f"a head that cannot be read: {error}") from error
        _add(found, head, data[start + head_bytes : end], cases, more)
        offset = end
    return Reply(**found)


class _Turn(NamedTuple):
    """When a frame may come: after a part, if one is named, before all of some others, and with numbers or without."""

    after: str | None
    before: Set[str]
    has_numbers: bool = True


_ALL = frozenset(Reply._fields)
_TURNS: Mapping[Any, _Turn] = {
    _Confined: _Turn(None, _ALL, has_numbers=False),
    _Failed: _Turn(None, _ALL, has_numbers=False),
    _Syntax: _Turn("confined", {"fixed"}, has_numbers=False),
    _Rules: _Turn("confined", _ALL - {"confined"}, has_numbers=False),
    _Fixed: _Turn("confined", {"fixed"}),
    _Repair: _Turn("fixed", {"bank"}),
    _Bank: _Turn("fixed", {"bank"}),
    _More: _Turn("bank", set()),
    _Observed: _Turn("bank", set()),
}


def _add(found: dict[str, Any], head: Any, raw: bytes, cases: int, more: int) -> None:
    """Accept a frame if it is the one that may come next."""
    _check_turn(found, _TURNS[type(head)], raw, more)
    match head:
        case _Confined():
            found["confined"] = True
        case _Failed():
            found["failed"] = head.traceback
        case _Syntax():
            found["syntax"] = FaultClaim(**structs.asdict(head.fault))
        case _Rules():
            found["broken"] = head.broken
        case _Fixed():
            _check_layouts(head)
            found["head"], found["fixed"] = _fixed_head(head), _part(head, raw, 1)
        case _Bank():
            found["bank"] = _part(head, raw, cases - 1)
        case _More():
            found["more"] = _part(head, raw, more)
        case _Observed():
            found["observed"] = decode_observed(structs.asdict(head), raw, more)
        case _Repair():
            found["repair"] = RepairReply(head.before, head.sources, _part(head, raw, cases))


def _check_turn(found: Mapping[str, Any], turn: _Turn, raw: bytes, more: int) -> None:
    if _is_over(found, more):
        raise MalformedReplyError("a frame after the last one")
    is_early = turn.after is not None and turn.after not in found
    if is_early or found.keys() & turn.before:
        raise MalformedReplyError("a frame out of order")
    if raw and not turn.has_numbers:
        raise MalformedReplyError("numbers behind a frame that has none")


def _is_over(found: Mapping[str, Any], more: int) -> bool:
    return bool(found.keys() & {"failed", "syntax", "repair", "more", "observed"}) or ("bank" in found and not more)


def _fixed_head(head: _Fixed) -> FixedHead:
    claims = {name: GivenClaim(**structs.asdict(claim)) for name, claim in head.givens.items()}
    fields = {name: getattr(head, name) for name in FixedHead._fields}
    return FixedHead(**{**fields, "givens": claims})


def _check_layouts(head: _Fixed) -> None:
    for claim in head.givens.values():
        axes = [axis for layout in claim.layouts for axis in layout]
        longest = max((len(layout) for layout in claim.layouts), default=0)
        # An axis of -1 is one of length 1 that the lesson's value does not have.
        if len(claim.layouts) > MAX_LAYOUTS or longest > MAX_NDIM or not all(-1 <= axis < MAX_NDIM for axis in axes):
            raise MalformedReplyError("a layout that no array has")


def _part(head: _Part, raw: bytes, cases: int) -> Part:
    if len(head.fault_of) != cases or any(not -1 <= index < len(head.faults) for index in head.fault_of):
        raise MalformedReplyError("faults that do not match the cases")
    columns = _columns(head.values, read_numbers(raw), cases)
    return Part(columns, [FaultClaim(**structs.asdict(fault)) for fault in head.faults], head.fault_of)


def _columns(values: Mapping[str, Sequence[Any]], flat: Array, cases: int) -> dict[str, Column]:
    """Give each name its share of the numbers, by the shapes it says its values have."""
    columns, offset = {}, 0
    for name, shapes in values.items():
        if len(shapes) != cases:
            raise MalformedReplyError(f"{len(shapes)} values for {cases} cases")
        sizes = [math.prod(shape) for shape in shapes if not isinstance(shape, str)]
        if max(sizes, default=0) > MAX_ELEMENTS:
            raise MalformedReplyError(f"a value of {max(sizes)} elements")
        columns[name] = Column(shapes, flat[offset : offset + sum(sizes)])
        offset += sum(sizes)
    # Neither too few nor too many: numbers left over would belong to nobody.
    if offset != len(flat):
        raise MalformedReplyError(f"{len(flat)} numbers where the shapes need {offset}")
    return columns
