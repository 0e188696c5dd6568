"""The modules a submission can import: a confined process opens no file, so they are loaded before.

A short list is loaded once in the server (each module there makes every fork slower, so only what nearly all texts
name, as `np.array` does `array`); the rest of the standard modules of numerical scripts are loaded in the child, before
it locks itself in, when the submission's text names them. Anything else is not available: importing it raises
ModuleNotFoundError.
"""

import codecs
import importlib
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from encodings.aliases import aliases

import numpy as np

from .standins import StandIn
from .surroundings import furnish

ALWAYS = (
    "__future__ _io abc array builtins collections collections.abc copy ctypes enum functools io itertools json "
    "keyword linecache math numbers operator os re sys textwrap time tokenize traceback types typing unicodedata "
    "warnings heapq numpy"
).split()

ON_DEMAND = (
    "argparse ast base64 bisect calendar cmath codecs colorsys configparser contextlib contextvars csv "
    "dataclasses datetime decimal difflib doctest errno fractions gc getpass glob hashlib html inspect locale "
    "logging marshal multiprocessing os.path pathlib pdb pickle platform pprint queue random reprlib resource select "
    "shutil signal socket sqlite3 statistics string struct subprocess tempfile threading timeit trace "
    "unittest uuid weakref zlib numpy.ctypeslib numpy.fft numpy.lib numpy.linalg numpy.ma numpy.matlib "
    "numpy.polynomial numpy.random numpy.testing numpy.typing"
).split()

_IN_PASSING = {
    "_strptime": "strptime",
    "concurrent.futures.thread": "ThreadPoolExecutor to_thread run_in_executor",
    "concurrent.futures.process": "ProcessPoolExecutor",
    "email.generator": "EmailMessage MIMEText",
    "email.policy": "EmailMessage MIMEText",
    "encodings.cp437": "ZipFile npz savez savez_compressed",
    "encodings.gb18030": "gb18030",
    "encodings.gbk": "gbk",
    "encodings.idna": "urlopen urlretrieve connect gethostbyname create_connection",
    "encodings.punycode": "idna urlopen urlretrieve connect gethostbyname create_connection",
    "argparse": "unittest",
    "gettext": "argparse optparse unittest",
    "hashlib": "uuid3 uuid5",
    "locale": "argparse gettext optparse unittest",
    "numpy.char": "char",
    # numpy asks it whether numbers are masked, in whatever sorts, ranks or counts them.
    "numpy.ma": "unique unique_values unique_all unique_counts unique_inverse union1d intersect1d setdiff1d setxor1d "
    "isin in1d median nanmedian percentile nanpercentile quantile nanquantile auto fd",
    "numpy.strings": "strings",
    "pydoc": "info help",
    "importlib.resources": "zoneinfo",
    "multiprocessing.pool": "ThreadPool",
    "subprocess": "popen",
    "urllib.parse": "savetxt loadtxt genfromtxt DataSource",
    "shutil": "argparse unittest",
    "xml.dom.expatbuilder": "minidom",
    "zipfile": "npz savez savez_compressed",
}
"""Modules that others import when these words of theirs are used."""


def _by_word() -> dict[str, list[str]]:
    # `random` stands for numpy.random, which comes last in ON_DEMAND and imports the standard module itself.
    modules = {name.rpartition(".")[2]: [name] for name in ON_DEMAND}
    for name, words in _IN_PASSING.items():
        for word in words.split():
            modules.setdefault(word, []).append(name)
    return modules


_BY_WORD = _by_word()
"""Words in a submission's text, and the modules each needs."""

_words_of = re.compile(r"\w+").findall
_IMPORTS = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import|import[ \t]+([\w., \t]+))([^\n#]*)", re.M)

# Windows need a screen, which there is none: a stand-in for them does less harm than the module itself.
_ACTING = "__main__ _tkinter antigravity idlelib lib2to3 this tkinter turtle turtledemo".split()
_KNOWN = sys.stdlib_module_names - {*_ACTING} | {"numpy"}
"""What may be imported because a submission says so, before it is locked in: nothing that acts when it is imported."""

_QUOTED = re.compile(r"""["']([A-Za-z][\w./+-]{2,31})["']""")
_UNLISTED_ENCODINGS = frozenset("idna punycode utf_8_sig".split())
"""Python's encodings that its table of names leaves out."""


def _imported_in(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the modules of the standard library and numpy that a text seems to import, each with the names it takes.

    The text is not parsed here.
    """
    for module, modules, names in _IMPORTS.findall(text):
        for name in (module or modules).split(","):
            dotted = name.split()[0] if name.split() else ""
            if dotted.partition(".")[0] in _KNOWN:
                yield dotted, _words_of(names)


def _import_named(text: str) -> None:
    for dotted, names in _imported_in(text):
        _import_each(dotted)
        package = sys.modules.get(dotted)
        if dotted != "numpy" and hasattr(package, "__path__"):  # numpy's parts load when they are asked for
            # Not by `hasattr`: a package may load what it is asked for, before it was changed.
            _import_each(*(f"{dotted}.{name}" for name in names if name not in vars(package)))


def _import_each(*names: str) -> None:
    for name in names:
        if name in sys.modules:
            continue
        try:
            importlib.import_module(name)
        except Exception:  # noqa: BLE001, S112 - what this machine does not have is not available
            continue


def _load_quoted(text: str) -> None:
    """Load the encodings and time zones that are named in quotes: their tables lie in files, too."""
    for name in _QUOTED.findall(text) if "cod" in text or "ZoneInfo" in text else ():
        encoding = name.lower().replace("-", "_")
        if encoding in aliases or encoding in aliases.values() or encoding in _UNLISTED_ENCODINGS:
            codecs.lookup(name)
        elif "zoneinfo" in sys.modules:
            with suppress(Exception):  # it keeps those it has read
                sys.modules["zoneinfo"].ZoneInfo(name)


def preload_always() -> None:
    """Import what every child inherits."""
    for name in ALWAYS:
        importlib.import_module(name)
    furnish()
    try:
        importlib.import_module("numpy.rec")
    except ModuleNotFoundError:  # NumPy 1 has loaded it already, under another name
        return


def preload_own() -> None:
    """Import the modules of ours that only a wrong submission needs: a confined process opens no file."""
    for name in ("diagnosing", "repairing"):
        importlib.import_module(f".{name}", __package__)
    codecs.lookup("unicode_escape")  # `ast.unparse` needs it for an escape in an f-string
    _change_loaded()


def preload_named(sources: Iterable[str]) -> bool:
    """Import the modules of ON_DEMAND whose last name stands in the submission's text; tell whether that took any."""
    before = len(sys.modules)
    text = "\n".join(sources)
    words = set(_words_of(text))
    _import_each(*(name for word in _BY_WORD.keys() & words for name in _BY_WORD[word]))
    _import_named(text)
    _load_quoted(text)
    if "import *" in text or "%pylab" in text:
        _prepare_star_import(words)
    if len(sys.modules) == before:
        return False
    _change_loaded()
    return True


def _change_loaded() -> None:
    """Change what is loaded by now and was not changed yet."""
    _patch_generator()
    furnish()


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
