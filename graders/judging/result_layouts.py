"""In which layouts each result may be written: told from how the script writes the lesson's own numbers.

A right value in another layout is right. But not any layout is allowed: a transposed matrix is a mistake where the
weights it belongs to are not transposed.
"""

from collections.abc import Mapping

from graders.exercise.asked import Exercise
from graders.inside.layouts import Layout, layouts
from graders.sandbox.reply import Execution


def written_layouts(execution: Execution, exercise: Exercise) -> Mapping[str, list[Layout]]:
    """Return for each result the layouts it may have, the one to name first: those of the weights it updates.

    Of several, the weights have the last one when the script ends. A result that updates none may have the lesson's
    layout, or that of any given with as many axes: with `x` written as a row, each layer is one.
    """
    found = {}
    for step in exercise.results:
        if step.exactly:
            found[step.name] = [Layout((0,))]  # of code points; such a value has a form, and no layout
            continue
        ndim = len(exercise.fixed_shape(step))
        if step.updates is None:
            found[step.name] = _layouts_of_free(execution, exercise, ndim)
        else:
            found[step.name] = _claimed(execution, step.updates, ndim)[::-1] or [Layout(range(ndim))]
    return found


def _layouts_of_free(execution: Execution, exercise: Exercise, ndim: int) -> list[Layout]:
    """Return the layouts of a result that updates nothing: the lesson's, the givens' own, and longer ones."""
    alike = [name for name, value in exercise.fixed.items() if value.ndim == ndim]
    claimed = [layout for name in alike for layout in _claimed(execution, name, ndim)]
    # An axis of length 1 more, as a row of inputs makes it, changes no number and no meaning.
    longer = [layout for more in (1, 2) for layout in layouts(ndim, ndim + more) if _keeps_order(layout)]
    return list(dict.fromkeys([Layout(range(ndim)), *claimed, *longer]))


def _keeps_order(layout: Layout) -> bool:
    axes = [axis for axis in layout if axis >= 0]
    return axes == sorted(axes)


def _claimed(execution: Execution, given: str, ndim: int) -> list[Layout]:
    head = execution.reply.head
    claim = head.givens.get(given) if head is not None else None
    return [layout for axes in claim.layouts if (layout := Layout(axes)).fits(ndim)] if claim is not None else []
