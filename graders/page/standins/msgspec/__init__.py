"""As much of msgspec as the grader needs, in plain Python: a page in a browser has no compiled one.

What it converts was written by the grader itself or checked when the page was made, so that it is lenient where
msgspec is strict about bounds.
"""

from . import json as json
from . import structs as structs
from .records import Meta as Meta
from .records import MsgspecError as MsgspecError
from .records import Raw as Raw
from .records import Struct as Struct
from .records import ValidationError as ValidationError
from .records import convert as convert
from .records import to_builtins as to_builtins
