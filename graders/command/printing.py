"""Lines on standard output."""

from collections.abc import Iterable

from graders.escaping import clean_line


def print_lines(lines: Iterable[str]) -> None:
    """Print lines that may repeat what the caller typed, or what stands in a stranger's file."""
    print("\n".join(clean_line(line, 2000) for line in lines))
