"""The counterexample as a page shows it: the picture of its case, and what was expected beside what came out."""

import math
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from graders.escaping import cut
from graders.messages import Lang
from graders.messages.pages import word
from graders.outcome import Counterexample
from graders.reports.page import numbers as values
from graders.reports.page.drawing import Layers, Picture, Wrong, draw, find_layers
from graders.reports.page.numbers import Index, Shape

# So many rows and columns of a matrix are shown.
_MAX_SHOWN = 12


class GridCell(Struct, frozen=True, kw_only=True):
    """One number of a grid."""

    text: str
    wrong: bool


class Grid(Struct, frozen=True, kw_only=True):
    """One value as a table. `text` instead of cells where it is no vector or matrix of numbers."""

    id: str
    title: str
    shape: str
    wrong_shape: bool
    rows: Sequence[Sequence[GridCell]]
    numbered_rows: bool
    numbered_columns: bool
    cut: bool
    text: str | None


class GivenNumbers(Struct, frozen=True, kw_only=True):
    """A given of the case, as Python source."""

    name: str
    value: str


class Example(Struct, frozen=True, kw_only=True):
    """Everything the counterexample's section shows. `givens`: those whose numbers cannot be read in the picture."""

    step: str
    picture: Picture | None
    description: str
    givens: Sequence[GivenNumbers]
    code: str
    grids: Sequence[Grid]
    first: str | None


def show_example(found: Counterexample, *, of_units: bool, lang: Lang) -> Example:
    """Prepare a counterexample. `of_units`: the wrong step is about units; one with points may be about weights."""
    layers = find_layers(found.case)
    wrong = _wrong(found, of_units=of_units)
    # Exercises that are no network have the table alone.
    picture = None if layers is None else draw(layers, wrong)
    shown_in_picture = layers is not None and picture is not None and picture.shows_all
    names = layers.others if layers is not None and shown_in_picture else list(found.case)
    return Example(
        step=found.result,
        picture=picture,
        description="" if layers is None else _describe(layers, lang),
        givens=[GivenNumbers(name=name, value=values.as_python(found.case[name])) for name in names],
        code="\n".join(values.as_assignment(name, value) for name, value in found.case.items()),
        grids=_grids(found, lang),
        first=_first_wrong_element(found, lang),
    )


def _wrong(found: Counterexample, *, of_units: bool) -> Wrong | None:
    shape = values.shape_of(found.expected)
    if shape is None:
        return None
    places = values.wrong_indices(found.expected, found.actual)
    if places is None:
        places = frozenset(values.indices(shape))  # of another shape: no element of it is where it should be
    return Wrong(shape=shape, places=places, of_units=of_units)


def _describe(layers: Layers, lang: Lang) -> str:
    edges = [
        word(lang, "picture.desc-edges", name=name, values=" ".join(values.as_python(matrix).split()))
        for name, matrix in layers.gaps
    ]
    return word(
        lang,
        "picture.desc",
        sizes=" → ".join(map(str, layers.sizes)),
        name=layers.inputs,
        values=", ".join(map(values.short, layers.values)),
        edges=" ".join(edges) if lang == "en" else "".join(edges),
    )


def _grids(found: Counterexample, lang: Lang) -> list[Grid]:
    places = values.wrong_indices(found.expected, found.actual)
    digits = 4 if places is None else values.digits_that_tell_apart(found.expected, found.actual, places)
    expected = _grid("expected", found.expected, frozenset(), digits, lang)
    actual = _grid("actual", found.actual, places or frozenset(), digits, lang, wanted=values.shape_of(found.expected))
    return [expected, actual]


def _grid(
    which: str, value: Any, places: frozenset[Index], digits: int, lang: Lang, wanted: Shape | None = None
) -> Grid:
    shape = values.shape_of(value)
    wrong_shape = wanted is not None and shape != wanted
    table = shape if shape is not None and len(shape) <= 2 and 0 not in shape else None
    rank = 0 if shape is None else len(shape)
    return Grid(
        id=f"value-{which}",
        title=word(lang, f"example.{which}"),
        shape=_shape_word(shape, lang, wrong=wrong_shape),
        wrong_shape=wrong_shape,
        rows=[] if table is None else _grid_rows(value, table, places, digits),
        numbered_rows=rank == 2,
        numbered_columns=rank >= 1,
        cut=max(table or (), default=1) > _MAX_SHOWN,
        text=cut(str(value), 400) if table is None else None,
    )


def _shape_word(shape: Shape | None, lang: Lang, *, wrong: bool) -> str:
    if shape is None:
        return word(lang, "example.wrong-kind")
    if wrong:
        return word(lang, "example.wrong-shape", shape=values.shape_text(shape))
    return word(lang, "example.scalar") if shape == () else word(lang, "example.shape", shape=values.shape_text(shape))


def _grid_rows(value: Any, shape: Shape, places: frozenset[Index], digits: int) -> list[list[GridCell]]:
    (rows, columns) = (1,) * (2 - len(shape)) + shape  # a vector is one row, a number one cell
    return [
        [_cell(value, (row, column)[2 - len(shape) :], places, digits) for column in range(min(columns, _MAX_SHOWN))]
        for row in range(min(rows, _MAX_SHOWN))
    ]


def _cell(value: Any, place: Index, places: frozenset[Index], digits: int) -> GridCell:
    return GridCell(text=values.short(values.element(value, place), digits), wrong=place in places)


def _first_wrong_element(found: Counterexample, lang: Lang) -> str | None:
    """Say which element differs first, where there are several."""
    places = values.wrong_indices(found.expected, found.actual)
    shape = values.shape_of(found.expected)
    if not places or shape is None or math.prod(shape) == 1 or tuple(found.differs_at or ()) not in places:
        return None
    place = tuple(found.differs_at or ())
    digits = values.digits_that_tell_apart(found.expected, found.actual, places)
    return word(
        lang,
        "example.first",
        index=list(place),
        expected=values.short(values.element(found.expected, place), digits),
        actual=values.short(values.element(found.actual, place), digits),
    )
