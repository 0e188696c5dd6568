"""Small changes of a seed: anywhere in its bytes, or at one place of the JSON it holds."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

_VALUES: tuple[Any, ...] = (
    *(None, True, -1, 0, 1, 2, 4097, 1 << 31, 1 << 64, 10**5000, 0.5, 1e308, float("nan"), "", "missing", "code"),
    *("\x1b[2J\u202e\x07\r\n", "=1+1", "::error::x", "<script>", "\ud800", "%s{0}", "`|[a](b)", "x" * 9000, "误差"),
    *(
        '{"kind": "confined"}',
        '{"kind": "confined", "": ' + "[" * 5000,
        '{"kind": "fixed", "values": {"": ' + "[" * 5000,
    ),
    *("#backprop.py#", "%%bash\n", "error = x\n", [], {}, [[]], [0] * 500, [-1], [1, 1, 1, 1, 1]),
)
_TOKENS = (
    *(b"\0", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"(" * 300, b"[" * 5000, b"\\u", b"def ", b"lambda: "),
    *(
        b"# coding: gb18030\n",
        b"# coding: utf-16\n",
        b"# coding: rot13\n",
        b"# coding: punycode\n",
        b"# coding: ../x\n",
    ),
)


def mutate(seed: bytes, random: Random) -> bytes:
    """Return the seed with one change; a text that is JSON most often stays JSON."""
    try:
        document = json.loads(seed)
    except (ValueError, RecursionError):
        return _with_other_bytes(seed, random)
    if random.randrange(8) == 0:
        return _with_other_bytes(seed, random)
    try:
        return json.dumps(_with_other_value(document, random)).encode()
    except (ValueError, RecursionError):
        return seed


def _with_other_bytes(seed: bytes, random: Random) -> bytes:
    start = random.randint(0, len(seed))
    end = random.randint(start, min(start + 20, len(seed)))
    elsewhere = random.randint(0, len(seed))
    new = random.choice((b"", random.choice(_TOKENS), seed[elsewhere : elsewhere + 30], random.randbytes(4)))
    return seed[:start] + new + seed[end:]


def _with_other_value(document: Any, random: Random) -> Any:
    places = list(_places(document))
    if not places:
        return random.choice(_VALUES)
    holder, key = random.choice(places)
    other_holder, other_key = random.choice(places)
    match random.randrange(4):
        case 0 if isinstance(holder, list):
            holder.insert(key, holder[key])
        case 0 | 1 if len(json.dumps(other_holder[other_key])) < 5000:
            holder[key] = json.loads(json.dumps(other_holder[other_key]))
        case 2:
            del holder[key]
        case _:
            holder[key] = random.choice(_VALUES)
    return document


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container with each of its keys."""
    keys = range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])
