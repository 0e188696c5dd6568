"""Better proposals: what is asked for besides, where mistakes would pass or a template would have points."""

from collections.abc import Iterator, Sequence
from typing import Any

from graders.authoring.dimensions import ShapePlan, guess_plan
from graders.authoring.forms import is_numeric
from graders.authoring.lines import use_of
from graders.authoring.parts import Outcome
from graders.authoring.skeleton import Proposal, steps_of
from graders.authoring.solution import Solution, ordered_names, run_on_own_inputs
from graders.authoring.study import Study, settled_lengths
from graders.authoring.trial import evaluate


def strengthened(proposal: Proposal) -> Proposal | None:
    """Return the proposal with one more result, since mistakes would pass without; None if there is none left."""
    solution = proposal.solution
    if solution.submission == "definitions":
        return None
    known = {outcome.name for outcome in proposal.outcomes}
    lesson = run_on_own_inputs(solution)
    # One at a time: each further result is one more line in every student's table of points.
    names = [name for name in _kept_by_all(solution) if name not in known and is_numeric(lesson.get(name))]
    if not names:
        return None
    name = names[0]
    outcomes = [*proposal.outcomes, Outcome(name, "", exactly=False)]
    better = proposal._replace(
        outcomes=outcomes,
        use=use_of(solution, outcomes, proposal.ranges),
        lesson={**proposal.lesson, name: lesson[name]},
    )
    return better._replace(plan=_with_result(better, outcomes[-1]))


def _kept_by_all(solution: Solution) -> list[str]:
    """Return the steps that every right script has, those first that are there before the first TODO.

    What a loop sets anew in each pass is the student's own: they may call it otherwise, or do without the loop.
    """
    first = min((mark.line for mark in solution.marks), default=0)
    early = {name for node in solution.tree.body if (node.end_lineno or 0) < first for name in ordered_names(node)}
    at_top = [step.name for step in steps_of(solution) if (step.loops, step.scope) == (0, "")]
    return [*(name for name in solution.steps if name in early), *at_top]


def without_free(proposal: Proposal, free: Sequence[str]) -> Proposal | None:
    """Return the proposal with results that the template has right only together with one that it has not.

    So a list that was handed in, and must be as it was, counts for whoever has done something with it. None if that
    cannot be said.
    """
    earned = [each for each in proposal.outcomes if each.name not in free]
    # Joined once and still free: then the template has what earned the points, too, and nothing can be said.
    if not earned or proposal.joined or proposal.solution.submission == "script":
        return None
    kept = list(_with_joints(proposal, earned, free))
    use = use_of(proposal.solution, kept, proposal.ranges)
    # What is computed of results by a name of the example is known by the result's own name here.
    known = {**proposal.lesson, **run_on_own_inputs(proposal.solution)}
    lesson = {each.name: evaluate(each.expression or each.name, known) for each in kept}
    shapes = {name: shape for name, shape in proposal.plan.results.items() if name not in free}
    plan = proposal.plan.replaced(results=shapes)
    return proposal._replace(outcomes=kept, use=use, lesson=lesson, plan=plan, joined=True)


def _with_joints(proposal: Proposal, earned: Sequence[Outcome], free: Sequence[str]) -> Iterator[Outcome]:
    """Yield the earned results, and the free ones each together with one of them where that can be said."""
    yield from earned
    for outcome in proposal.outcomes:
        if outcome.name not in free:
            continue
        if (joint := _joint(outcome, earned, proposal.lesson[outcome.name])) is not None:
            yield joint


def _joint(outcome: Outcome, earned: Sequence[Outcome], value: Any) -> Outcome | None:
    """Return a result together with another one; a text that has only numbers beside it is left out."""
    own = outcome.expression or outcome.name
    exact, numbers = _first_of(earned, exactly=True), _first_of(earned, exactly=False)
    if outcome.exactly and exact is not None:
        # A list of both is right only where both are: no points for a text that nobody had to compute.
        return Outcome(outcome.name, f"[{exact}, {own}]", exactly=True)
    if numbers is not None and (not outcome.exactly or isinstance(value, bool)):
        return Outcome(outcome.name, f"np.append({numbers}, {own})", exactly=False)
    return None


def _first_of(outcomes: Sequence[Outcome], *, exactly: bool) -> str | None:
    return next((each.name for each in outcomes if each.exactly == exactly), None)


def _with_result(proposal: Proposal, outcome: Outcome) -> ShapePlan:
    """Return the plan with the shape of another result."""
    study = Study(proposal.solution, [outcome.name])
    shapes = guess_plan(study.lesson, study.compute).results
    runs = [proposal.lesson, *study.draws(proposal.plan, proposal.ranges)]
    own = settled_lengths({outcome.name: shapes.get(outcome.name, [])}, [outcome], runs)
    return proposal.plan.replaced(results={**proposal.plan.results, **own})
