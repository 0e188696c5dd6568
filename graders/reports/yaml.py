"""Reports as YAML, written by the C dumper where the wheel has it."""

import re
from functools import lru_cache
from typing import Any

import yaml

from graders.outcome import Report
from graders.reports.context import Context
from graders.reports.document import document

ENDING = ".yaml"

# The C dumper is much faster, but not every wheel has it.
_Base: type = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Base):  # type: ignore[misc]
    """Quotes what some YAML reader takes for a number, and keeps small mappings on one line."""

    def resolve(self, kind: type, value: Any, implicit: Any) -> str:
        """Return the tag that a reader would give a value; asked again and again for the same keys and words."""
        return (
            str(_RESOLVER.resolve(kind, value, implicit)) if kind is not yaml.ScalarNode else _resolved(value, implicit)
        )

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out where it stands."""
        return True


@lru_cache(10_000)
def _resolved(value: str, implicit: tuple[bool, bool]) -> str:
    return str(_RESOLVER.resolve(yaml.ScalarNode, value, implicit))


def _represent_text(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text and _is_block(text) else '"' if _LIKE_A_NUMBER.match(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_mapping(dumper: Any, mapping: dict[str, Any]) -> Any:
    small = not any(isinstance(value, _COMPOUND) for value in mapping.values())
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping, flow_style=small and len(mapping) > 1)


def _represent_list(dumper: Any, items: list[Any]) -> Any:
    small = not any(isinstance(item, _LONG) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=small)


def _is_block(text: str) -> bool:
    """Tell whether a block keeps this text as it is: no line ends in a blank, and it does not start with one."""
    return not text.startswith((" ", "\n")) and all(line == line.rstrip() for line in text.split("\n"))


_COMPOUND, _LONG = (dict, list), (dict, str)
# YAML 1.1 and 1.2 read `1e3`, `0o17`, `1:30` or `1_000` differently; quoted, all read a text.
_LIKE_A_NUMBER = re.compile(r"[-+.\d][-+.:_\deE]*$|0[xo]")

_RESOLVER: Any = yaml.resolver.Resolver()
"""PyYAML's own, which the dumper inherits; what it says depends on its arguments alone."""

_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(dict, _represent_mapping)
_Dumper.add_representer(list, _represent_list)


def dump(report: Report, context: Context) -> bytes:
    """Return the report as UTF-8 YAML; the same report gives the same bytes."""
    return dump_plain(document(report))


def dump_plain(content: Any) -> bytes:
    """Return plain content as UTF-8 YAML."""
    # Keys keep our order, which is the order of importance; Chinese stays Chinese.
    text: str = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text.encode("utf-8")
