"""Which places that look like a given have any influence: a copy of the weights that nothing uses says nothing.

A result may have the layout in which the weights were written. Where they stand in several layouts, each counts only if
the results depend on that place: the script is run once more with other numbers there.
"""

from collections.abc import Mapping, Sequence

from .givens import Givens
from .likeness import Replacement
from .recording import Encoded
from .script import Script

_MOST_TRIED = 12
"""Places tried; a script with more of them is no ordinary one."""


def mark_idle(script: Script, givens: Givens, accepted: Mapping[str, Sequence[str]]) -> None:
    """Mark the plans of places that no result depends on, if there are layouts to choose from."""
    rivals = givens.rivals()[:_MOST_TRIED]
    if not rivals:
        return
    script.is_lenient = True  # an assert about a number says nothing about who uses it
    usual = _results(script, accepted)
    for number in rivals:
        plan = givens.plans[number]
        assert plan is not None
        givens.plans[number] = _disturbed(plan)
        changed = _results(script, accepted) != usual
        givens.plans[number] = plan if changed else plan._replace(idle=True)
    script.is_lenient = False


def _disturbed(plan: Replacement) -> Replacement:
    # Added, not multiplied: a zero among the weights has to change, too.
    return plan._replace(build=lambda array: plan.build(array + 1))


def _results(script: Script, accepted: Mapping[str, Sequence[str]]) -> list[Encoded]:
    namespace, _ = script.execute()
    return [script.recorder.result(name, words, namespace) for name, words in accepted.items()]
