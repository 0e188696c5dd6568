"""What a site is, and how much a diagnosing reply holds at most (also used by the trusted side)."""

from typing import NamedTuple

PARAMETER = "parameter"

KINDS = ("assign", "augmented", "element", "container", "return", "argument", "entry", "part", PARAMETER)
"""What a site is: the value of `a = …`; `a` after `a += …`; the value of `a[i] = …`; `a` after that; what is returned
or yielded; an argument; an entry of a dictionary, tuple or list; a part of the expression of another site; what a
parameter of a function is when it is called, which is only looked at."""

MAX_SITES = 400
MAX_PASSES = 8  # a site in a loop has shown what it does by then
MAX_VALUE = 256
"""Elements of a value at a site; of a larger one its shape is kept."""

MAX_RUN_NUMBERS = 20_000
"""Values, and numbers in them, kept of one run."""

MAX_NUMBERS = 200_000
"""And of all runs together."""

MAX_EXCERPT = 200
"""Characters quoted of a site's source."""

MAX_WORD = 60
MAX_LOADS = 12
MAX_OPERANDS = 12


class Site(NamedTuple):
    """What does not change from run to run; a site's number is its place in the list of all.

    Columns count UTF-8 bytes, as those of `ast` do. `name`: what the value is bound to. `function`: where it stands,
    such as `Network.backward`; nothing at the top. `parent`: the site whose expression this is a part of, or -1.
    `loads`: the variables its expression reads.
    """

    kind: str
    name: str | None
    cell: int | None
    line: int
    end_line: int
    column: int
    end_column: int
    source: str
    function: str
    parent: int
    loads: tuple[str, ...]

    @property
    def is_typed(self) -> bool:
        """True if numbers are written out there, and nothing is computed."""
        return not self.loads and self.kind != "augmented" and "(" not in self.source.replace("array(", "")

    @property
    def called(self) -> str:
        """The last part of the function it stands in: `backward`."""
        return self.function.rpartition(".")[2]
