"""A small exercise, and which cells of a notebook are chosen for it."""

from graders.inside.cells import ExerciseSigns, select
from graders.inside.reading import Cell

EXERCISE = ExerciseSigns(
    marker="#m#",
    solution_marker="#s#",
    givens={"x": "x", "inputs": "x", "w": "w"},
    results={"out": "out", "result": "out", "step": "step"},
)


def chosen(*sources: str, exercise: ExerciseSigns = EXERCISE) -> list[int | None]:
    """Return the numbers of the cells that are run."""
    cells = [Cell(number, source) for number, source in enumerate(sources, start=1)]
    return [item.cell.number for item in select(cells, exercise).cells]
