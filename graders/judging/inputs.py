"""Whether what a statement of a script worked with was right when it first went wrong.

In a loop everything is wrong once one thing is. So not whole sites are asked about but the moment: at the first wrong
pass of a statement, the value last given to each name it reads must be right, as must be what the functions it calls
have returned, and what those were given that call the function around it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Set

from graders.inside.sites import MAX_EXCERPT, PARAMETER, Site
from graders.judging.comparison import Value
from graders.judging.following import GIVING, Followed
from graders.judging.sightings import Sightings, is_plain_name
from graders.judging.trails import target_of

_VARIABLE = re.compile(r"\w+")
_MOST_HANDED_ON = 3  # of dictionaries and objects that are handed on
_MOST_CALLERS = 3  # a function of a function of a function: beyond that nobody can follow

_Question = Callable[[int, int, int], bool]
"""Asks of a site on one of its passes on a case."""


class Reading:
    """The statements of one submission. `right`: the sites that are right throughout.

    `kept`: functions that are right for what they are given.
    """

    def __init__(
        self, sightings: Sightings, followed: Followed, right: frozenset[int], kept: frozenset[str] = frozenset()
    ) -> None:
        self._kept = kept
        self._sightings = sightings
        self._followed = followed
        self._right = right
        self._giving = [number for number, site in enumerate(sightings.sites) if site.kind in (*GIVING, PARAMETER)]
        self._words = [frozenset((*_VARIABLE.findall(site.source), *site.loads)) for site in sightings.sites]
        self._read: dict[int, frozenset[int]] = {}
        self._authors_functions = frozenset(
            trail.function.rpartition(".")[2] for trail in followed.trails if trail.is_returned
        )

    def are_right(self, number: int) -> bool:
        """Tell whether all that a statement reads is known to be right where it is first wrong, on every case."""
        return not self._may_be_unfinished(number) and self._holds(number, self._is_right, all)

    def _may_be_unfinished(self, number: int) -> bool:
        """Tell whether a statement may hand on what the script has not changed because it stopped before."""
        is_handed_on = is_plain_name(self._sightings.sites[number].source)
        return is_handed_on and any(map(self._sightings.is_stopped, self._cases()))

    def are_right_mostly(self, number: int) -> bool:
        """Tell the same of most cases, where a statement is called and passed as in the reference.

        That is enough for it to be wrong, and not for all that is wrong to come from it: elsewhere something else may
        have gone wrong before. On a few cases what is coarse, such as a truth, is right by chance.
        """
        return self._holds(number, self._is_right, _are_most if number in self._followed.beside else all)

    def may_be_right(self, number: int) -> bool:
        """Tell whether none of it is known to be wrong."""
        return self._holds(number, self._may_be_right, all)

    def _holds(self, number: int, holds: "_Question", among: Callable[[Iterable[bool]], bool]) -> bool:
        # Cut off, the rest of it may read anything.
        if len(self._sightings.sites[number].source) >= MAX_EXCERPT:
            return False
        moments = self._moments(number)
        return bool(moments) and among(self._hold_at(number, case, at, holds, _MOST_HANDED_ON) for case, at in moments)

    def _moments(self, number: int) -> list[tuple[int, int]]:
        """Return when a statement was first wrong on each case; nowhere known to be, it may still be the wrong one."""
        first = [(case, times[0]) for case in self._cases() if (times := self._sightings.times(number, case))]
        wrong = [(case, at) for case, _ in first if (at := self._first_wrong(number, case)) is not None]
        # What a lambda is given is not seen: it may be wrong once something else is.
        is_unseen = self._sightings.sites[number].called == "<lambda>"
        return [] if is_unseen and not set(wrong) <= set(first) else wrong or first

    def _hold_at(self, number: int, case: int, at: int, holds: "_Question", depth: int) -> bool:
        """Ask of all that a statement reads at a moment; what is no number is what was put into it."""
        for site, on_pass in self._last_given(number, case, at):
            value = self._sightings.passes(site, case)[on_pass]
            if isinstance(value, str) and depth:
                # A list of arrays says nothing itself; what is computed to be put into it may be wrong.
                if not self._are_put_in_rightly(site) or not self._hold_at(
                    site, case, self._sightings.times(site, case)[on_pass], holds, depth - 1
                ):
                    return False
            elif not holds(site, on_pass, case) and not self._is_excused(number, site, on_pass, case):
                return False
        return True

    def _are_put_in_rightly(self, number: int) -> bool:
        """Tell whether all numbers are right that a statement puts into a list or dictionary, but for plain names."""
        sites = self._sightings.sites
        where = sites[number].cell, sites[number].line, sites[number].name
        elements = [
            at
            for at, each in enumerate(sites)
            if each.kind == "element" and (each.cell, each.line, each.name) == where and not each.source.isidentifier()
        ]
        return all(self._followed.right.get(at, True) for at in elements)

    def _is_excused(self, number: int, site: int, on_pass: int, case: int) -> bool:
        """Tell whether a value that is not known to be right says nothing against what a statement reads."""
        value = self._sightings.passes(site, case)[on_pass]
        return self._is_room_for(number, site, value) or self._is_misled(site, on_pass, case)

    def _is_misled(self, number: int, on_pass: int, case: int) -> bool:
        """Tell whether a function gives right values, but for what it was given here: it is not to blame then."""
        site = self._sightings.sites[number]
        if site.kind != "return" or site.function in self._kept:
            return site.kind == "return"
        # Only one of the reference's name can be told to: another one may give a right value by chance.
        is_authors = site.called in self._authors_functions
        if not is_authors or not any(self._followed.agreeing.get(number, ())):
            return False
        moment = self._sightings.times(number, case)[on_pass]
        sites = self._sightings.sites
        given = (at for at, each in enumerate(sites) if each.kind == PARAMETER and each.function == site.function)
        return any(self._was_wrong(at, moment, case) for at in given)

    def _was_wrong(self, number: int, moment: int, case: int) -> bool:
        """Tell whether what a parameter was given last before a moment is numbers that are not known to be right."""
        on_pass = bisect_left(self._sightings.times(number, case), moment) - 1
        if on_pass < 0 or isinstance(self._sightings.passes(number, case)[on_pass], str):
            return False
        return not self._is_right(number, on_pass, case)

    def _is_room_for(self, number: int, site: int, value: Value) -> bool:
        """Tell whether a variable holds zeros only, or nothing, before a statement fills it or adds to it."""
        own, other = self._sightings.sites[number], self._sightings.sites[site]
        is_same = other.name == own.name and own.kind in ("augmented", "container") and other.kind == "assign"
        return is_same and not isinstance(value, str) and not value.any()

    def _cases(self) -> range:
        return range(min((len(found) for found in self._followed.agreeing.values()), default=0))

    def _first_wrong(self, number: int, case: int) -> int | None:
        """Return when a statement was wrong for the first time on a case, if it was."""
        times = self._sightings.times(number, case)
        if number in self._followed.begun:  # it may be half of what is meant, from its first pass on
            return next(iter(times), None)
        return next((at for on_pass, at in enumerate(times) if not self._is_right(number, on_pass, case)), None)

    def is_behind_stop(self, line: tuple[int | None, int]) -> bool:
        """Tell whether a line is first wrong in a function that stops the script, or later: it may mend by chance."""
        found = [is_behind for case in self._cases() for is_behind in self._are_behind_stop(line, case)]
        return bool(found) and all(found)

    def _are_behind_stop(self, line: tuple[int | None, int], case: int) -> Iterator[bool]:
        sites, stopped = self._sightings.sites, self._stop_on(case)
        if stopped is None or not stopped.function or line == (stopped.cell, stopped.line):
            return
        begun = min(self._times_in(stopped.function, case), default=0)
        for number in self._giving:
            wrong = self._first_wrong(number, case)
            if (sites[number].cell, sites[number].line) == line and wrong is not None:
                yield wrong >= begun

    def _times_in(self, function: str, case: int) -> Iterator[int]:
        for number, site in enumerate(self._sightings.sites):
            yield from self._sightings.times(number, case) if site.function == function else ()

    def _stop_on(self, case: int) -> Site | None:
        crash = self._sightings.crash(case)
        if crash is None or crash.site is None:
            return None
        return self._sightings.sites[self._sightings.statement_of(crash.site)]

    def are_taken_up_rightly(self, number: int, cases: Iterable[int]) -> bool:
        """Tell whether what a statement gives is read by right statements only, so that it must be right, too."""
        readers = [
            other
            for other in self._giving
            if other != number and number in self._reads(other) and self._has_read(other, number, cases)
        ]
        return bool(readers) and self._right.issuperset(readers)

    def reads_one_of(self, number: int, others: Set[int]) -> bool:
        """Tell whether a statement may read what one of others gives."""
        return not self._reads(number).isdisjoint(others)

    def is_only_begun(self, number: int) -> bool:
        """Tell whether a variable goes on from what it is given here before anything else reads it: `a = b; a -= c`."""
        site = self._sightings.sites[number]
        after = self._passed_after(number) if site.kind in ("assign", "augmented") else ()
        for other in after:
            each = self._sightings.sites[other]
            is_read = number in self._reads(other)
            if (each.name, each.function) == (site.name, site.function):
                # In the next round of a loop it begins anew, which is no going on.
                return is_read or (other != number and each.kind in ("augmented", "container"))
            if is_read:
                return False
        return False

    def _passed_after(self, number: int) -> list[int]:
        """Return what is passed after a statement's first pass on the first case that has one, in this order."""
        passes = ((case, times[0]) for case in self._sightings.cases if (times := self._sightings.times(number, case)))
        case, moment = next(passes, (0, 0))
        after: dict[int, int] = {}
        # A parameter is seen before the call that reads for it.
        for other in (at for at in self._giving if self._sightings.sites[at].kind != PARAMETER):
            times = self._sightings.times(other, case)
            at = bisect_right(times, moment)
            if at < len(times):
                after[other] = times[at]
        return sorted(after, key=after.__getitem__)

    def _has_read(self, reader: int, number: int, cases: Iterable[int]) -> bool:
        return any(
            number == other
            for case in cases
            for at in self._sightings.times(reader, case)
            for other, _ in self._last_given(reader, case, at)
        )

    def _is_right(self, number: int, on_pass: int, case: int) -> bool:
        if number in self._right:
            return True
        agreeing = self._followed.agreeing.get(number)
        if agreeing is None or on_pass >= agreeing[case]:
            return False
        # A loop that ends too early has not come to what is read behind it; one that something stopped has not ended.
        is_last = on_pass == len(self._sightings.times(number, case)) - 1
        return not (is_last and case in self._followed.short[number]) or self._sightings.is_stopped(case)

    def _may_be_right(self, number: int, on_pass: int, case: int) -> bool:
        return number not in self._followed.beside or self._is_right(number, on_pass, case)

    def _last_given(self, number: int, case: int, at: int) -> Iterator[tuple[int, int]]:
        """Yield for each name that a statement reads the place where it was last given a value before a moment."""
        last: dict[object, tuple[int, int, int]] = {}
        for other in self._reads(number):
            on_pass = bisect_left(self._sightings.times(other, case), at) - 1
            if on_pass >= 0:
                site = self._sightings.sites[other]
                # What is returned has no name; each value of a tuple is one of its own.
                key = (site.function, target_of(other, self._sightings.sites)) if site.kind == "return" else site.name
                moment = self._sightings.times(other, case)[on_pass]
                last[key] = max(last.get(key, (-1, other, on_pass)), (moment, other, on_pass))
        for _, other, on_pass in last.values():
            yield other, on_pass

    def _reads(self, number: int) -> frozenset[int]:
        """Return the statements that give what a statement reads."""
        if number not in self._read:
            self._read[number] = frozenset(self._given_to(number, _MOST_CALLERS)) - {number}
        return self._read[number]

    def _given_to(self, number: int, depth: int) -> Iterator[int]:
        site, words = self._sightings.sites[number], self._words[number]
        yield from (other for other in self._giving if _may_be_read(self._sightings.sites[other], site, words))
        yield from self._returned_by_any(site)
        if site.kind == PARAMETER and depth:
            name = site.called
            # What is no number, such as an object, is as right as what stands where the function is called.
            for caller in self._giving:
                if _may_call(self._sightings.sites[caller], name, self._words[caller]):
                    yield from (
                        other
                        for other in self._given_to(caller, depth - 1)
                        if self._sightings.sites[other].function != site.function
                    )

    def _returned_by_any(self, site: Site) -> Iterator[int]:
        """Yield what other functions return, if a statement calls what its own is given: that may be any of them."""
        sites = self._sightings.sites
        given = (each for each in sites if each.kind == PARAMETER and _is_around(each, site))
        if any(f"{each.name}(" in site.source for each in given):
            returns = (at for at in self._giving if sites[at].kind == "return")
            yield from (at for at in returns if not _is_around(sites[at], site))


def _are_most(answers: Iterable[bool]) -> bool:
    found = list(answers)
    return 2 * sum(found) > len(found)


def _may_call(site: Site, function: str, words: Set[str]) -> bool:
    is_elsewhere = site.called != function
    return is_elsewhere and (function in words or (function == "__call__" and "(" in site.source))


def _may_be_read(found: Site, site: Site, words: Set[str]) -> bool:
    """Tell whether an expression of these words may read what a statement gives, or is returned to it."""
    if found.kind == "return":
        return _may_call(site, found.called, words)
    # The text is not parsed here: an attribute is known by its point, in whichever method it was set.
    is_attribute = f".{found.name}" in site.source
    return found.name in words and (not found.function or _is_around(found, site) or is_attribute)


def _is_around(found: Site, site: Site) -> bool:
    """Tell whether a place is in the same function as another one, or in one around that."""
    return found.function == site.function or site.function.startswith(f"{found.function}.")
