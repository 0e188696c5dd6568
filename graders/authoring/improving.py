"""Better proposals: what is asked for besides, where mistakes would pass or a template would have points."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from graders.authoring.dimensions import ShapePlan, guess_plan
from graders.authoring.forms import is_numeric
from graders.authoring.lines import use_of
from graders.authoring.outcomes import Outcome
from graders.authoring.skeleton import Proposal
from graders.authoring.solution import ordered_names, run_on_own_inputs, step_names
from graders.authoring.study import Study
from graders.authoring.trial import evaluate


def strengthened(proposal: Proposal) -> Proposal | None:
    """Return the proposal with one more result, since mistakes would pass without; None if there is none left.

    A script's names that are there before the first TODO are kept by every student; others may be called otherwise.
    """
    solution = proposal.solution
    if solution.submission == "definitions":
        return None
    known = {outcome.name for outcome in proposal.outcomes}
    lesson = run_on_own_inputs(solution)
    first = min((mark.line for mark in solution.marks), default=0)
    early = {name for node in solution.tree.body if node.lineno < first for name in ordered_names(node)}
    names = [name for name in step_names(solution.marks) if name not in known and is_numeric(lesson.get(name))]
    # One at a time: each further result is one more line in every student's table of points.
    for name in sorted(names, key=lambda name: name not in early):
        outcomes = [*proposal.outcomes, Outcome(name, "", exactly=False)]
        study = Study(solution, [name])
        return proposal._replace(
            outcomes=outcomes,
            use=use_of(solution, outcomes),
            lesson={**proposal.lesson, name: lesson[name]},
            plan=_with_result(proposal.plan, name, study),
        )
    return None


def without_free(proposal: Proposal, free: Sequence[str]) -> Proposal | None:
    """Return the proposal with results that the template has right only together with one that it has not.

    So a list that was handed in, and must be as it was, counts for whoever has done something with it. None if that
    cannot be said.
    """
    earned = [each for each in proposal.outcomes if each.name not in free]
    # Joined once and still free: then the template has what earned the points, too, and nothing can be said.
    if not earned or proposal.joined or proposal.solution.submission == "script":
        return None
    kept = []
    for outcome in proposal.outcomes:
        joint = _joint(outcome, earned, proposal.lesson[outcome.name]) if outcome.name in free else outcome
        kept += [joint] if joint is not None else []
    use = use_of(proposal.solution, kept)
    lesson = dict(proposal.lesson)
    for outcome in kept:
        if outcome.name in free:
            lesson[outcome.name] = evaluate(outcome.expression, lesson)
    shapes = {name: shape for name, shape in proposal.plan.results.items() if name not in free}
    plan = dataclasses.replace(proposal.plan, results=shapes)
    return proposal._replace(outcomes=kept, use=use, lesson=lesson, plan=plan, joined=True)


def _joint(outcome: Outcome, earned: Sequence[Outcome], value: Any) -> Outcome | None:
    """Return a result together with another one; a text that has only numbers beside it is left out."""
    own = outcome.expression or outcome.name
    exact = next((each.name for each in earned if each.exactly), None)
    numbers = next((each.name for each in earned if not each.exactly), None)
    if outcome.exactly and exact is not None:
        # A list of both is right only where both are: no points for a text that nobody had to compute.
        return Outcome(outcome.name, f"[{exact}, {own}]", exactly=True)
    if numbers is not None and (not outcome.exactly or isinstance(value, bool)):
        return Outcome(outcome.name, f"np.append({numbers}, {own})", exactly=False)
    return None


def _with_result(plan: ShapePlan, name: str, study: Study) -> ShapePlan:
    """Return the plan with the shape of another result."""
    shapes = guess_plan(study.lesson, study.compute).results
    return dataclasses.replace(plan, results={**plan.results, name: shapes.get(name, [])})
