"""Rows of a gradebook: one that is right, one that is wrong, one that could not be graded."""

from graders.batch.rows import Row
from graders.outcome import Verdict


def row(key: str, percent: float, verdict: Verdict, *wrong_steps: str, name: str | None = None) -> Row:
    return Row(
        key=key,
        file=f"{key}.py",
        student=key,
        name=name,
        attempt=None,
        late=False,
        code=None,
        points=percent,
        max=100.0,
        percent=percent,
        verdict=verdict,
        wrong_steps=list(wrong_steps),
        mistakes=[f"{step}-sign" for step in wrong_steps],
    )


RIGHT = row("a", 100.0, Verdict.CORRECT)
WRONG = row("b", 20.0, Verdict.WRONG_VALUE, "error", "delta_w_i_h")
OURS = row("c", 0.0, Verdict.NOT_GRADED)
