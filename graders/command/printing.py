"""Lines on standard output, and where a line is broken that is longer than a terminal is wide."""

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from graders.escaping import clean_line

# What a line may be broken between: words, and in Chinese, which has no blanks, characters. A mark stays with its text.
_HAN = "\u3400-\u9fff"
_OPENS, _CLOSES = "（《【“", "，。；：！？、…）》】”"
_UNBROKEN = rf"\s+|[{_OPENS}]*(?:[{_HAN}]|[^\s{_HAN}{_OPENS}{_CLOSES}]+)[{_CLOSES}]*|\S"


def print_lines(lines: Iterable[str]) -> None:
    """Print lines that may repeat what the caller typed, or what stands in a stranger's file."""
    print("\n".join(clean_line(line, 2000) for line in lines))


def broken_lines(text: str, width: int) -> Iterator[str]:
    """Yield a text as lines of at most so many columns, of which a Chinese character takes two."""
    line = ""
    for piece in re.findall(_UNBROKEN, text):
        if line.strip() and not piece.isspace() and cell_len(line + piece) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()
