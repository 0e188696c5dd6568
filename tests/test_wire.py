"""Frames: what the sandboxed side writes is read back, and whatever else arrives is refused with one error."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.exercise.asked import Exercise
from graders.inside.jobs import read_job, read_setup
from graders.inside.protocol import CONFINED, DONE, LENGTHS, encode
from graders.sandbox.encoding import encode_job, encode_setup
from graders.sandbox.observed import MalformedReplyError
from graders.sandbox.reply import Reply
from graders.sandbox.wire import decode_reply, last_frame

FAULT = {"kind": "exception", "type": "ValueError", "message": "no", "line": 3, "cell": None}


def part(kind: str, cases: int, **more: object) -> dict[str, object]:
    head: dict[str, object] = {
        "kind": kind,
        "values": {"error": [[]] * cases, "delta_w_h_o": [[2]] * cases},
        "faults": [],
        "fault_of": [-1] * cases,
    }
    if kind == "fixed":
        head |= {
            "stdout": "",
            "givens": {},
            "not_found": [],
            "unavailable": [],
            "places": {},
            "names": [],
            "local": [],
            "readings": 1,
            "edition": None,
            "cells": [],
        }
    return head | more


def raw(cases: int) -> list[bytes]:
    return [np.arange(3.0 * cases).tobytes()]


def text_of_head(text: str) -> bytes:
    return LENGTHS.pack(len(text), 0) + text.encode()


def reply(fixed: dict[str, object], bank: dict[str, object]) -> bytes:
    return CONFINED + encode(fixed, raw(1)) + encode(bank, raw(2))


def claim(layout: list[int]) -> dict[str, object]:
    flags = {"changed": False, "by_name": True, "half": False}
    return {"name": "x", "line": 1, "cell": None, "layouts": [layout], **flags}


GOOD = reply(part("fixed", 1), part("bank", 2))


def test_a_whole_reply_is_read() -> None:
    found = decode_reply(GOOD, 3)
    assert found.confined
    assert found.bank is not None
    values = found.bank.columns["delta_w_h_o"].values()
    assert [list(value) for value in values if not isinstance(value, str)] == [[2.0, 3.0], [4.0, 5.0]]


def test_an_answer_to_a_request_comes_after_the_bank() -> None:
    more = encode(part("more", 3), raw(3)) + DONE
    whole = decode_reply(GOOD + more, 3, more=3)
    continued = decode_reply(more, 3, more=3, before=decode_reply(GOOD + DONE, 3))
    for found in (whole, continued):
        assert found.bank is not None
        assert found.more is not None
        assert len(found.more.fault_of) == 3
    for data, asked in ((GOOD + more, 0), (GOOD + more, 2), (CONFINED + more, 3), (GOOD + more + more, 3)):
        with pytest.raises(MalformedReplyError):
            decode_reply(data, 3, more=asked)


@given(st.lists(st.binary(min_size=1, max_size=30)), st.binary(max_size=20), st.data())
def test_frames_are_told_apart_however_they_arrive(heads: list[bytes], rest: bytes, data: st.DataObject) -> None:
    """Only the very end of a reply says that it is complete, not zeros within it."""
    sent = b"".join(LENGTHS.pack(len(head), 0) + head for head in heads) + DONE
    arrived, frame = bytearray(), 0
    while len(arrived) < len(sent):
        assert arrived[frame:] != DONE
        arrived += sent[len(arrived) : len(arrived) + data.draw(st.integers(1, 40))]
        frame = last_frame(arrived, frame)
    assert arrived[frame:] == DONE
    assert last_frame(arrived + rest, frame) == frame


@pytest.mark.parametrize("length", range(0, len(GOOD), 7))
def test_a_cut_reply_is_what_had_arrived(length: int) -> None:
    found = decode_reply(GOOD[:length], 3)
    assert found.bank is None


@pytest.mark.parametrize(
    "data",
    [
        reply(part("fixed", 1), part("bank", 3)),
        reply(part("fixed", 1), part("bank", 2, fault_of=[0, -1])),
        reply(part("fixed", 1), part("bank", 2, fault_of=[-2, -1])),
        reply(part("fixed", 1), part("bank", 2, values={"error": [[2], [2]]})),
        reply(part("fixed", 1), part("bank", 2, values={"error": [[-1], [2]]})),
        reply(part("fixed", 1), part("bank", 2, values={"error": [[1, 1, 1, 1, 1], [5]]})),
        reply(part("fixed", 1), part("bank", 2, values={"error": [[10**9], [2]]})),
        reply(part("fixed", 1), part("bank", 2, values={"error": [[2.5], [2]]})),
        reply(part("fixed", 1), part("bank", 2, faults=[FAULT | {"line": "3"}])),
        reply(part("fixed", 1), part("bank", 2, faults=[FAULT | {"more": 3}])),
        reply(part("fixed", 1, givens={"x": claim([0] * 71)}), part("bank", 2)),
        reply(part("fixed", 1, givens={"x": claim([4])}), part("bank", 2)),
        reply(part("fixed", 1, givens={"x": claim([-2])}), part("bank", 2)),
        reply(part("fixed", 1, givens={"x": claim([0]) | {"layouts": [[0]] * 1000}}), part("bank", 2)),
        GOOD + CONFINED,
        GOOD + DONE + CONFINED,
        DONE + GOOD,
        CONFINED + DONE + encode(part("fixed", 1), raw(1)),
        GOOD + encode(part("bank", 2), raw(2)),
        CONFINED + CONFINED,
        CONFINED + encode(part("bank", 2), raw(2)),
        encode(part("fixed", 1), raw(1)),
        CONFINED + encode({"kind": "failed", "traceback": "mine"}),
        CONFINED + encode({"kind": "other"}),
        CONFINED + encode({"kind": "syntax", "fault": FAULT}, [b"12345678"]),
        CONFINED + encode(part("fixed", 1), [b"1234"]),
        text_of_head('{"kind": "confined", "": ' + "[" * 100_000),
        text_of_head('{"": ' * 100_000),
        LENGTHS.pack(1 << 31, 0),
        LENGTHS.pack(3, 0) + b"\xff\xfe\xfd",
        b"ATTACK!!" + GOOD,
    ],
)
def test_a_forged_reply_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedReplyError):
        decode_reply(data, 3)


@given(st.binary(max_size=300), st.integers(0, len(GOOD)))
def test_any_bytes_raise_only_the_wires_own_error(noise: bytes, position: int) -> None:
    for data in (noise, GOOD[:position] + noise, GOOD[:position] + noise + GOOD[position:]):
        try:
            found = decode_reply(data, 3)
        except MalformedReplyError:
            continue
        assert isinstance(found, Reply)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["kind", "values", "faults", "fault_of", "stdout", "givens"]), inner)
        ),
        max_leaves=8,
    )
)
def test_any_head_raises_only_the_wires_own_error(head: object) -> None:
    text = json.dumps(head).encode()
    try:
        decode_reply(CONFINED + LENGTHS.pack(len(text), 0) + text, 3)
    except MalformedReplyError:
        return
    assert isinstance(head, dict)


def test_setup_and_job_arrive_as_they_were_sent(exercise: Exercise) -> None:
    cases = [exercise.fixed, {name: np.array(value) * 2 for name, value in exercise.fixed.items()}]
    setup = read_setup(encode_setup(exercise, ["error", "delta_w_h_o", "delta_w_i_h"], cases))
    assert setup.results == ["delta_w_h_o", "delta_w_i_h"]
    assert setup.recorded["error"] == ["error"]
    for sent, received in zip(cases, setup.inputs, strict=True):
        for name in exercise.givens:
            np.testing.assert_array_equal(sent[name], received[name])
            assert not received[name].flags.writeable
    job = read_job(encode_job(exercise, [(None, "误差 = 1")], reading=1, cases=cases[:1]))
    assert (job.cells[0].number, job.cells[0].source, job.reading) == (None, "误差 = 1", 1)
    assert job.inputs is not None
    assert len(job.inputs) == 1
