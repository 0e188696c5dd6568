"""Where the numbers on the lines of a picture stand, so that they can be read and are taken for the right line's."""

import math
from collections.abc import Sequence

from msgspec import Struct

Point = tuple[float, float]

HEIGHT = 18.0
"""Of a number's patch, in units of the picture, as all lengths here."""

# Of the page's font at the size of these numbers, in units of the picture.
_WIDTH_PER_CHARACTER = 7.5
# Where on its line a number may stand, the favourite first.
_ALONG = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74)

# A number nearer than this to another line might be taken for that line's.
_CLEAR = 10.0

# Each number moves by where the others are, so that one round is not enough.
_ROUNDS = 4


class Label(Struct, frozen=True, kw_only=True):
    """A number centred at (x, y), on a patch that hides the line below: a line beside it would look like a minus."""

    x: str
    y: str
    text: str
    left: str
    top: str
    width: str


def label(spot: Point, text: str) -> Label:
    """Return a number with its patch, centred at a spot."""
    width = _width(text)
    return Label(
        x=coordinate(spot[0]),
        y=coordinate(spot[1]),
        text=text,
        left=coordinate(spot[0] - width / 2),
        top=coordinate(spot[1] - HEIGHT / 2),
        width=coordinate(width),
    )


def _width(text: str) -> float:
    return _WIDTH_PER_CHARACTER * len(text) + 6


def spread(ends: Sequence[tuple[Point, Point]], texts: Sequence[str]) -> list[Point]:
    """Return where each line's number stands: in turn, each moves to where it is least in the way of the others."""
    widths = [_width(text) for text in texts]
    # How near a spot is to the lines, which stay where they are, is worked out once.
    choices = [
        [(_nearness(spot, number, ends), spot) for spot in (_point(*line, part) for part in _ALONG)]
        for number, line in enumerate(ends)
    ]
    spots = [spot for (_, spot), *_ in choices]
    for _ in range(_ROUNDS):
        before = list(spots)
        for number, own in enumerate(choices):
            spots[number] = _least_crowded(own, number, spots, widths)
        if spots == before:  # and so they would stay
            break
    return spots


def _least_crowded(
    choices: Sequence[tuple[float, Point]], number: int, spots: Sequence[Point], widths: Sequence[float]
) -> Point:
    """Return where a number covers the other numbers and comes near their lines the least."""

    def crowding(choice: tuple[float, Point]) -> float:
        nearness, spot = choice
        others = (other for other in range(len(spots)) if other != number)
        return sum(_overlap(spot, widths[number], spots[other], widths[other]) for other in others) + nearness

    return min(choices, key=crowding)[1]


def _nearness(spot: Point, number: int, ends: Sequence[tuple[Point, Point]]) -> float:
    """Return how near a spot on one line is to all others."""
    others = (line for other, line in enumerate(ends) if other != number)
    return sum(max(0.0, _CLEAR - _distance_to_line(spot, *line)) for line in others)


def _point(start: Point, end: Point, part: float) -> Point:
    return (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))


def _distance_to_line(spot: Point, start: Point, end: Point) -> float:
    """Return how far a spot is from the straight line through two points."""
    across, down = end[0] - start[0], end[1] - start[1]
    # The area of a parallelogram over its base is its height.
    return abs(across * (spot[1] - start[1]) - down * (spot[0] - start[0])) / math.hypot(across, down)


def _overlap(spot: Point, width: float, other: Point, other_width: float) -> float:
    across = (width + other_width) / 2 - abs(spot[0] - other[0])
    down = HEIGHT - abs(spot[1] - other[1])
    return max(across, 0.0) * max(down, 0.0)


def coordinate(number: float) -> str:
    """Return a length as SVG writes it, to one decimal."""
    return f"{number:.1f}".removesuffix(".0")
