"""Several mistakes: each is found once those before it are put right.

Of two mistakes one behind the other neither explains everything by itself. But the first reads right values only, and
with its right value put in, so does the next one. The script is observed anew with what was found put in, until all
results are right; what is blamed in the end reads right values, gives a wrong one, and none of it can be left out.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from graders.judging.blame import Experiment
from graders.judging.proposals import Proposals
from graders.judging.sightings import Sightings, is_plain_name
from graders.judging.trails import Trail
from graders.sandbox.observed import Put, Trial

MOST_LINKS = 3
_MOST_TRIED = 80  # each of them is a run on the few cases
_MOST_LOOKS = 24  # with something put in, everything is observed anew on all cases


class Link(NamedTuple):
    """A statement, with what it should give."""

    site: int
    trail: Trail


class Node(NamedTuple):
    """What is known once some links are put right; `gained`: how many more values are right only then."""

    links: Sequence[Link]
    proposals: Proposals
    gained: int = 0
    mended: frozenset[str] = frozenset()

    def leads_on(self) -> bool:
        """Tell whether something else is right now."""
        return self.gained > 0 or bool(self.mended)

    @property
    def is_likely(self) -> bool:
        """Tell whether the last link is known to be wrong: by its name, or by what is right now."""
        return self.leads_on() or self.is_named

    @property
    def is_named(self) -> bool:
        """Tell whether the last link has the name of what it should give."""
        last = self.links[-1]
        return self.proposals.sightings.sites[last.site].name == last.trail.name

    def puts(self, cases: Sequence[int]) -> list[Put]:
        """Return what puts the links right on some cases."""
        return [put for link in self.links for put in self.proposals.puts(*link, cases)]


class ChainSearch:
    """Looks for the statements that together explain all wrong results of one submission."""

    def __init__(self, experiment: Experiment, propose: Callable[[Sightings], Proposals]) -> None:
        self._experiment = experiment
        self._propose = propose
        self._looks = 0
        self.beginning: Node | None = None
        """The first links that do not explain all, where with them more is right than themselves."""

    def find(self, proposals: Proposals) -> Sequence[Link]:
        """Return the fewest links that mend everything; no one does alone, which was asked before."""
        nodes = [Node((), proposals)]
        for _ in range(1, MOST_LINKS):
            after: list[Node] = []
            for looked in self._one_more(nodes):
                # Whatever stands for what the last link reads, its own right value mends all that comes after it.
                links = self._ending(looked) if looked.is_likely else ()
                if links:
                    return links
                after.append(looked)
            # With more mistakes there is more to try than can be afforded; only what leads somewhere goes on.
            nodes = sorted(filter(Node.leads_on, after), key=lambda node: (-len(node.mended), -node.gained))
            # Under another name it may be meant to be something else, for which an alteration further down makes up.
            self.beginning = self.beginning or next(filter(lambda node: node.is_named, nodes), None)
        return ()

    def _one_more(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Put one more statement right, each way, and look at everything again."""
        for node in nodes:
            for link in self._ranked(node):
                looked = self._looked_at(node, link)
                if looked is not None:
                    yield looked

    def _ranked(self, node: Node) -> list[Link]:
        """Return what may be put right next: first what mends some results."""
        # What mends everything may hide another mistake before it: that one comes first.
        found = [(len(mended), link) for link, mended in self._tried(node) if not mended >= self._experiment.failing]
        found.sort(key=lambda pair: -pair[0])
        return [link for _, link in found]

    def _looked_at(self, node: Node, link: Link) -> Node | None:
        if self._looks == _MOST_LOOKS:
            return None
        self._looks += 1
        links = (*node.links, link)
        before = node.proposals
        cases = range(len(self._experiment.right))
        runs = self._experiment.ask([Trial(node._replace(links=links).puts(cases), watched=None)], cases)
        if not runs or len(runs[0]) < len(cases):
            return None
        after = self._propose(Sightings(before.sightings.sites, runs[0]))
        return Node(links, after, _gained(before, after, link), self._experiment.surely_mended(runs[0], cases))

    def _ending(self, node: Node) -> Sequence[Link]:
        """Return the links with one more that mends all that is left, on every case."""
        for link, mended in self._tried(node):
            if mended >= self._experiment.failing:
                links = (*node.links, link)
                cases = range(len(self._experiment.right))
                runs = self._experiment.ask([Trial(node._replace(links=links).puts(cases))], cases)
                if runs and self._experiment.surely_mended(runs[0], cases) == self._experiment.wrong:
                    return links
        return ()

    def _tried(self, node: Node) -> list[tuple[Link, frozenset[str]]]:
        """Return what may be put right next, each with the results that are right then."""
        # A part of an expression is only known to be meant by a name where it explains all by itself.
        ready = (pair for pair in node.proposals.ready() if not pair[1].is_known)
        pairs = [pair for pair in ready if all(pair[0] != link.site for link in node.links)]
        links = [Link(*pair) for pair in node.proposals.affordable(pairs, _MOST_TRIED)]
        cases = self._experiment.cases
        trials = [Trial([*node.puts(cases), *node.proposals.puts(*link, cases)]) for link in links]
        runs = self._experiment.ask(trials, cases) if trials else ()
        # What breaks a right result may still be a beginning: two mistakes can make up for each other there.
        mended = [self._experiment.surely_mended(of_trial, cases) for of_trial in runs]
        return list(zip(links, mended, strict=False))


def _gained(before: Proposals, after: Proposals, link: Link) -> int:
    """Return how much more is right with a link than before it, beside the link itself."""
    # What only hands it on says nothing more than it.
    told = {link.site} | {at for at, site in enumerate(before.sightings.sites) if is_plain_name(site.source)}
    right = len(after.right - before.right - told) - len(before.right - after.right)
    # The next statement may be wrong itself, and have what it begins with right now; but not what is put in here.
    own = after.followed.right.get(link.site, ())
    begun = len(after.seen() - before.seen() - {id(after.followed.trails[at]) for at in own})
    # In a loop that is wrong further down, too, only the passes of its first round can be right.
    agreed = [after.agreed(number) - before.agreed(number) for number in before.followed.agreeing if number not in told]
    return right + begun + sum(more > 0 for more in agreed) - sum(more < 0 for more in agreed)
