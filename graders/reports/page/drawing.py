"""A network as a picture: which of its values are inputs and weights, and where circles, lines and numbers go.

Nothing here knows an exercise: a matrix of shape (inputs, hidden) is the lines between two layers, matrices in a row
make more layers, the vector that fits the first is the inputs, and one that fits the last is the lines to a single
output unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise, product
from typing import Any

from msgspec import Struct

from graders.reports.page.numbers import Index, shape_of, short
from graders.reports.page.placing import HEIGHT, Label, Point, coordinate, label, spread

MAX_UNITS = 8
"""A layer of more units is not drawn."""

# With more lines than this between two layers, their numbers stand in the table only.
_MAX_LABELS = 9

# Lengths in units of the picture: room for a number on each line, and for a name above it.
_COLUMN, _ROW, _RADIUS = 160, 62, 22
_MARGIN_X, _TOP, _BOTTOM = 40, 38, 30


class Layers(Struct, frozen=True, kw_only=True):
    """The roles of a network's values. `gaps`: name and matrix of the weights behind each layer but the last."""

    inputs: str
    values: Sequence[float]
    gaps: Sequence[tuple[str, Sequence[Sequence[float]]]]
    to_one_output: bool
    others: Sequence[str]

    @property
    def sizes(self) -> list[int]:
        """Units per layer, from the inputs to the output."""
        return [len(self.values), *(len(matrix[0]) for _, matrix in self.gaps)]


class Wrong(Struct, frozen=True, kw_only=True):
    """The wrong elements of a value that belongs to units, or to lines if there are some of its shape."""

    shape: tuple[int, ...]
    places: frozenset[Index]
    of_units: bool


class Unit(Struct, frozen=True, kw_only=True):
    """A circle with a text in it."""

    x: str
    y: str
    text: str
    kind: str
    wrong: bool


class Edge(Struct, frozen=True, kw_only=True):
    """A line between two units; `weight` is absent where it would not be readable."""

    x1: str
    y1: str
    x2: str
    y2: str
    width: str
    negative: bool
    wrong: bool
    weight: Label | None


class Heading(Struct, frozen=True, kw_only=True):
    """A layer's kind (`inputs`, `hidden`, `output`) or the name of a given, centred at x."""

    x: str
    y: str
    text: str
    wrong: bool = False


class Picture(Struct, frozen=True, kw_only=True):
    """What the template draws. `shows_all`: every number of inputs and weights can be read in it."""

    width: int
    height: int
    radius: int
    label_height: float
    units: Sequence[Unit]
    lines: Sequence[Edge]
    layers: Sequence[Heading]
    names: Sequence[Heading]
    shows_all: bool
    has_wrong: bool


def find_layers(network: Mapping[str, Any]) -> Layers | None:
    """Return the roles of a network's values by their shapes, or None where they do not make such a picture."""
    by_rank = _by_rank(network)
    if by_rank is None:
        return None
    numbers, vectors, matrices = by_rank
    gaps = [(name, network[name]) for name in matrices]
    if not gaps or not _follow_each_other([matrix for _, matrix in gaps]):
        return None
    # Which of two vectors is the inputs, its length says; where both fit, the one that is named first.
    found = _with_vectors(network, gaps, vectors, numbers) or _with_vectors(network, gaps, vectors[::-1], numbers)
    return found if found is not None and max(found.sizes) <= MAX_UNITS else None


def _by_rank(network: Mapping[str, Any]) -> tuple[list[str], list[str], list[str]] | None:
    """Return the names of the numbers, vectors and matrices, or None if there is anything else."""
    by_rank: tuple[list[str], list[str], list[str]] = ([], [], [])
    for name, value in network.items():
        shape = shape_of(value)
        if shape is None or len(shape) > 2 or 0 in shape:
            return None
        by_rank[len(shape)].append(name)
    return by_rank


def _with_vectors(
    network: Mapping[str, Any],
    gaps: Sequence[tuple[str, Sequence[Sequence[float]]]],
    vectors: Sequence[str],
    others: Sequence[str],
) -> Layers | None:
    if len(vectors) not in (1, 2) or len(network[vectors[0]]) != len(gaps[0][1]):
        return None
    if len(vectors) == 2:
        if len(network[vectors[1]]) != len(gaps[-1][1][0]):
            return None
        gaps = [*gaps, (vectors[1], [[weight] for weight in network[vectors[1]]])]
    return Layers(
        inputs=vectors[0],
        values=network[vectors[0]],
        gaps=gaps,
        to_one_output=len(vectors) == 2,
        others=others,
    )


def _follow_each_other(matrices: Sequence[Sequence[Sequence[float]]]) -> bool:
    return all(len(left[0]) == len(right) for left, right in pairwise(matrices))


def draw(layers: Layers, wrong: Wrong | None = None) -> Picture:
    """Lay a network out from left to right."""
    sizes = layers.sizes
    width = 2 * _MARGIN_X + _COLUMN * (len(sizes) - 1)
    height = _TOP + _ROW * max(sizes) + _BOTTOM
    centres = [[_centre(column, row, size, max(sizes)) for row in range(size)] for column, size in enumerate(sizes)]
    wrong_layer, wrong_gap = _wrong_layer(layers, wrong), _wrong_gap(layers, wrong)
    units = list(_units(layers, centres, wrong_layer, wrong))
    lines = [line for gap in range(len(layers.gaps)) for line in _edges(layers, gap, centres, wrong, gap == wrong_gap)]
    return Picture(
        width=width,
        height=height,
        radius=_RADIUS,
        label_height=HEIGHT,
        units=units,
        lines=lines,
        layers=[
            Heading(x=coordinate(_MARGIN_X + _COLUMN * column), y="16", text=_layer_kind(column, len(sizes)))
            for column in range(len(sizes))
        ],
        names=list(_drawn_names(layers, height, wrong_gap)),
        shows_all=all(line.weight is not None for line in lines),
        has_wrong=any(unit.wrong for unit in units) or any(line.wrong for line in lines),
    )


def _centre(column: int, row: int, size: int, most: int) -> Point:
    return (_MARGIN_X + _COLUMN * column, _TOP + _ROW * (row + (most - size) / 2 + 0.5))


def _layer_kind(column: int, columns: int) -> str:
    return "inputs" if column == 0 else "output" if column == columns - 1 else "hidden"


def _drawn_names(layers: Layers, height: int, wrong_gap: int | None) -> Iterator[Heading]:
    """Yield the names of the givens: the inputs' above them, the weights' below their lines."""
    yield Heading(x=coordinate(_MARGIN_X), y="31", text=layers.inputs)
    for gap, (name, _) in enumerate(layers.gaps):
        yield Heading(
            x=coordinate(_MARGIN_X + _COLUMN * (gap + 0.5)),
            y=coordinate(height - 10),
            text=name,
            wrong=gap == wrong_gap,
        )


def _units(
    layers: Layers, centres: Sequence[Sequence[Point]], wrong_layer: int | None, wrong: Wrong | None
) -> Iterator[Unit]:
    for column, layer in enumerate(centres):
        kind = _layer_kind(column, len(centres))
        for row, (x, y) in enumerate(layer):
            is_wrong = wrong is not None and column == wrong_layer and (wrong.shape == () or (row,) in wrong.places)
            yield Unit(x=coordinate(x), y=coordinate(y), text=_unit_text(layers, kind, row), kind=kind, wrong=is_wrong)


def _unit_text(layers: Layers, kind: str, row: int) -> str:
    if kind == "inputs":
        return short(layers.values[row], 3)
    # A hidden unit's value depends on what is wrong: it has a name here, and no number.
    return f"h{row + 1}" if kind == "hidden" else "ŷ" if layers.to_one_output else f"ŷ{row + 1}"


def _wrong_layer(layers: Layers, wrong: Wrong | None) -> int | None:
    """Return the computed layer whose units have the wrong value's shape; where several have, none."""
    if wrong is None or not (wrong.of_units or _gaps_of_shape(layers, wrong.shape) == []):
        return None
    if wrong.shape == ():
        return len(layers.sizes) - 1 if layers.sizes[-1] == 1 else None
    last = len(layers.sizes) - (1 if layers.to_one_output else 0)
    # Two layers of one size look the same: rather none is marked than the wrong one.
    fitting = [column for column in range(1, last) if wrong.shape == (layers.sizes[column],)]
    return fitting[0] if len(fitting) == 1 else None


def _wrong_gap(layers: Layers, wrong: Wrong | None) -> int | None:
    """Return the lines whose weights have the wrong value's shape; where several have, none."""
    if wrong is None or wrong.of_units:
        return None
    fitting = _gaps_of_shape(layers, wrong.shape)
    return fitting[0] if len(fitting) == 1 else None


def _gaps_of_shape(layers: Layers, shape: tuple[int, ...]) -> list[int]:
    return [gap for gap in range(len(layers.gaps)) if shape == _gap_shape(layers, gap)]


def _gap_shape(layers: Layers, gap: int) -> tuple[int, ...]:
    matrix = layers.gaps[gap][1]
    is_vector = layers.to_one_output and gap == len(layers.gaps) - 1
    return (len(matrix),) if is_vector else (len(matrix), len(matrix[0]))


def _wrong_weights(layers: Layers, gap: int, wrong: Wrong) -> list[bool]:
    """Say of each line of a gap, row by row, whether its weight is wrong."""
    matrix, rank = layers.gaps[gap][1], len(_gap_shape(layers, gap))
    # The lines to a single output are a vector in the exercise, whose index has one number.
    return [(row, column)[:rank] in wrong.places for row in range(len(matrix)) for column in range(len(matrix[0]))]


def _labels(
    ends: Sequence[tuple[Point, Point]], weights: Sequence[float], marked: Sequence[bool]
) -> Sequence[Label | None]:
    # The mark stands in the text as well as in the colour, for those who do not see colours.
    texts = [("✗ " if mark else "") + short(weight, 3) for weight, mark in zip(weights, marked, strict=True)]
    return [label(spot, text) for spot, text in zip(spread(ends, texts), texts, strict=True)]


def _edges(
    layers: Layers, gap: int, centres: Sequence[Sequence[Point]], wrong: Wrong | None, is_wrong: bool
) -> Iterator[Edge]:
    weights = list(chain.from_iterable(layers.gaps[gap][1]))
    marked = _wrong_weights(layers, gap, wrong) if is_wrong and wrong is not None else [False] * len(weights)
    ends = list(product(centres[gap], centres[gap + 1]))
    labels = _labels(ends, weights, marked) if len(weights) <= _MAX_LABELS else [None] * len(weights)
    for (start, end), weight, mark, named in zip(ends, weights, marked, labels, strict=True):
        yield Edge(
            x1=coordinate(start[0]),
            y1=coordinate(start[1]),
            x2=coordinate(end[0]),
            y2=coordinate(end[1]),
            width=coordinate(1 + min(abs(weight), 2)),  # thicker for a larger weight, but no line hides its neighbours
            negative=weight < 0,
            wrong=mark,
            weight=named,
        )
