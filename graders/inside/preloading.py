"""The modules a submission can import: a confined process opens no file, so they are loaded before.

A short list is loaded once in the server (each module there makes every fork slower); the rest of the standard modules
of numerical scripts are loaded in the child, before it locks itself in, when the submission's text names them. Anything
else is not available: importing it raises ModuleNotFoundError.
"""

import importlib
import re
import sys
from collections.abc import Collection, Iterable, Iterator

import numpy as np

from .standins import StandIn
from .surroundings import furnish

ALWAYS = (
    "__future__ _io abc builtins collections collections.abc copy ctypes enum functools io itertools json keyword "
    "linecache math numbers operator os re sys textwrap time tokenize traceback types typing unicodedata warnings "
    "heapq numpy"
).split()

ON_DEMAND = (
    "argparse array ast base64 bisect calendar cmath codecs colorsys configparser contextlib contextvars csv "
    "dataclasses datetime decimal difflib doctest errno fractions gc getpass glob hashlib html inspect locale "
    "logging marshal multiprocessing os.path pathlib pdb pickle platform pprint queue random reprlib resource select "
    "shutil signal socket sqlite3 statistics string struct subprocess tempfile threading timeit tkinter trace "
    "unittest uuid weakref zlib numpy.ctypeslib numpy.fft numpy.lib numpy.linalg numpy.ma numpy.matlib "
    "numpy.polynomial numpy.random numpy.testing numpy.typing"
).split()

_IN_PASSING = {
    "_strptime": "strptime",
    "concurrent.futures.thread": "ThreadPoolExecutor to_thread run_in_executor",
    "concurrent.futures.process": "ProcessPoolExecutor",
    "encodings.gb18030": "gb18030",
    "encodings.gbk": "gbk",
    "gettext": "ArgumentParser",
    "hashlib": "uuid3 uuid5",
    "locale": "add_argument",
    "numpy.char": "char",
    "numpy.ma": "unique union1d intersect1d setdiff1d setxor1d nanmedian",
    "numpy.strings": "strings",
    "pydoc": "info help",
    "importlib.resources": "zoneinfo",
    "subprocess": "popen",
    "urllib.parse": "savetxt loadtxt genfromtxt DataSource",
    "shutil": "parse_args",
}
"""Modules that others import when these words of theirs are used."""

# `random` stands for numpy.random, which comes last in ON_DEMAND and imports the standard module itself.
_BY_WORD = {name.rpartition(".")[2]: name for name in ON_DEMAND} | {
    word: name for name, words in _IN_PASSING.items() for word in words.split()
}
"""Words in a submission's text, and the module each needs."""

_words_of = re.compile(r"\w+").findall
_IMPORTS = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import|import[ \t]+([\w., \t]+))([^\n#]*)", re.M)

_KNOWN = sys.stdlib_module_names - {"__main__", "antigravity", "idlelib", "lib2to3", "this", "turtledemo"} | {"numpy"}
"""What may be imported because a submission says so, before it is locked in: nothing that acts when it is imported."""

_PACKAGES = frozenset("concurrent importlib json logging os unittest urllib xml".split())
"""Packages of the standard library whose modules a `from … import` may name."""


def _imported_in(text: str) -> Iterator[str]:
    """Yield the modules of the standard library and numpy that a text seems to import; it is not parsed here."""
    for module, modules, names in _IMPORTS.findall(text):
        for name in [module] if module else modules.split(","):
            dotted = name.split()[0] if name.split() else ""
            root = dotted.partition(".")[0]
            if root in _KNOWN:
                yield dotted
                yield from (f"{dotted}.{each}" for each in _words_of(names) if dotted in _PACKAGES)


def preload_always() -> None:
    """Import what every child inherits."""
    for name in ALWAYS:
        importlib.import_module(name)
    furnish()
    try:
        importlib.import_module("numpy.rec")
    except ModuleNotFoundError:  # NumPy 1 has loaded it already, under another name
        return


def preload_named(sources: Iterable[str]) -> bool:
    """Import the modules of ON_DEMAND whose last name stands in the submission's text; tell whether that took any."""
    before = len(sys.modules)
    text = "\n".join(sources)
    words = set(_words_of(text))
    for name in {_BY_WORD[word] for word in _BY_WORD.keys() & words} | set(_imported_in(text)):
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001, S112 - e.g. tkinter is not installed everywhere: then it is not available
            continue
    if "import *" in text or "%pylab" in text:
        _prepare_star_import(words)
    # Behind the imports: only what is loaded by now can be changed.
    _patch_generator()
    furnish()
    return len(sys.modules) > before


def _patch_generator() -> None:
    if "numpy.random" in sys.modules:
        # An unseeded generator asks the system for numbers, and would draw others in every run.
        new_generators = sys.modules["numpy.random.bit_generator"]
        setattr(new_generators, "randbits", sys.modules["random"].getrandbits)  # noqa: B010 - it is in no type stub


def seed_generators() -> None:
    """Let a submission that draws numbers draw the same ones in every run."""
    if "random" in sys.modules:
        sys.modules["random"].seed(0)
    if "numpy.random" in sys.modules:
        np.random.seed(0)


def _prepare_star_import(words: Collection[str]) -> None:
    """Load the parts of numpy that are named; all of them, as a star import does, would take ten times as long."""
    for name in set(np.__all__) - vars(np).keys():
        if name in words:
            getattr(np, name)  # numpy loads such a part when it is asked for it
        else:
            setattr(np, name, StandIn(f"numpy.{name}"))
