"""The parser of the command line: its words are those of the catalogue, and are loaded only if it has to speak.

The catalogue is heavier than argparse, and the sandbox's server has to be launched before anything heavy is loaded.
"""

import argparse
import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NoReturn

from graders.choices import Lang, locale_lang
from graders.errors import UsageError
from graders.reports.endings import endings

if TYPE_CHECKING:
    from graders.messages import Message

# Source: argparse.py; what it says of a command line, by the key of the same sentence in the catalogue.
_OF_ARGPARSE = (
    ("missing", r"argument (?P<option>\S+): expected one argument$"),
    ("int", r"argument (?P<option>\S+): invalid int value: (?P<value>.*)$"),
    ("float", r"argument (?P<option>\S+): invalid float value: (?P<value>.*)$"),
    ("choice", r"argument (?P<option>\S+): invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)$"),
    ("both", r"argument (?P<option>\S+): not allowed with argument (?P<other>\S+)$"),
    ("ambiguous", r"ambiguous option: (?P<option>\S+) could match (?P<choices>.*)$"),
    ("unknown", r"unrecognized arguments: (?P<arguments>.*)$"),
)

_ANY_WIDTH = 80

# What argparse calls its own two groups; Python 3.9 and older had another word for the second.
_OWN_HEADINGS = {"positional arguments": "positionals"}


def spoken_lang(arguments: Sequence[str]) -> Lang:
    """Return the language that a command line asks for, also one that cannot be parsed; else the locale's."""
    for option, value in zip_longest(arguments, arguments[1:], fillvalue=""):
        asked = value if option == "--lang" else option.removeprefix("--lang=")
        if asked in ("en", "zh") and option.startswith("--lang"):
            return "zh" if asked == "zh" else "en"
    return locale_lang()


def _message(key: str, **values: "str | int | Message") -> "Message":
    from graders.messages import message  # only where something is wrong, or help is asked for

    return message(key, **values)


class Parser(argparse.ArgumentParser):
    """Parses; an option's help, a group's title and the like are looked up by the option's name when they are shown."""

    lang: Lang = "en"
    _is_shown = False

    def error(self, message: str) -> NoReturn:
        """Leave with one line; the usage of so many options would hide it."""
        # Compiled here and not above: most command lines have no mistake.
        matches = ((key, re.match(pattern, message, re.DOTALL)) for key, pattern in _OF_ARGPARSE)
        found = next(((key, match) for key, match in matches if match), None)
        # A sentence that argparse words in another way one day is better told in English than not at all.
        said = message if found is None else _message(f"usage.argument-{found[0]}", **found[1].groupdict())
        if found is not None and found[0] == "unknown":
            said = self._with_near(found[1]["arguments"]) or said
        raise UsageError(_message("usage.see-help", problem=said))

    def _with_near(self, arguments: str) -> "Message | None":
        """Return what is said of options that there are not, if one of them is nearly another."""
        from difflib import get_close_matches  # only where something is wrong

        typed = (word.partition("=")[0] for word in arguments.split() if word.startswith("--"))
        near = [match for word in typed for match in get_close_matches(word, self._option_string_actions, 1, 0.7)]
        return _message("usage.argument-near", arguments=arguments, near=", ".join(near)) if near else None

    def refuse(self, key: str, **values: str | int) -> NoReturn:
        """Leave with what the catalogue says of options that cannot be followed."""
        raise UsageError(_message("usage.see-help", problem=_message(f"usage.{key}", **values)))

    def format_help(self) -> str:
        """Return the page, in the language that the command line asks for."""

        def text(key: str, **values: str) -> str:
            said = _message(f"help.{key}", **values).say(self.lang)
            return said.replace("%", "%%")  # argparse puts values in by itself

        self._is_shown = True
        self.description, self.epilog = text("description"), text("epilog")
        for action in self._actions:
            action.help = (
                text(action.dest, choices=", ".join(endings())) if action.dest == "format" else text(action.dest)
            )
        return super().format_help()

    def _get_formatter(self) -> argparse.HelpFormatter:
        # Also asked for at each option that is added: only a page needs the terminal's width, and a library for it.
        formatter = _HelpPage(self.prog, width=None if self._is_shown else _ANY_WIDTH)
        formatter.lang = self.lang
        return formatter


class _HelpPage(argparse.HelpFormatter):
    """Lays the page out by columns of a terminal, of which a Chinese character takes two."""

    lang: Lang = "en"

    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]
        """Add the summary of the options, under our word for it."""
        super().add_usage(usage, actions, groups, _message("help.usage").say(self.lang) if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Begin a group of options, under our word for it."""
        key = f"help.{_OWN_HEADINGS.get(heading or '', heading)}"
        super().start_section(_message(key).say(self.lang))

    def _split_lines(self, text: str, width: int) -> list[str]:
        from graders.command.printing import broken_lines  # only where the page is shown

        return list(broken_lines(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))
