"""HTML pages: what is on them, and text that tries to be more than text."""

from html.parser import HTMLParser

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>\x1b[31m\u202e::error::'

_VOID = {"meta", "img", "br", "hr", "input", "link", "rect", "line", "circle"}


class Page(HTMLParser):
    """What a browser would make of the bytes: elements, attributes, texts; fails on elements that do not nest."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(data.decode("utf-8"))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    @property
    def tags(self) -> list[str]:
        """Every element."""
        return [tag for tag, _ in self.elements]

    @property
    def attributes(self) -> list[tuple[str, str]]:
        """Every attribute of every element, with its value."""
        return [item for _, attributes in self.elements for item in attributes.items()]

    @property
    def text(self) -> str:
        """All texts but the style sheet's, with blanks made one."""
        return " ".join("".join(text for tag, text in self.texts if tag != "style").split())

    def all(self, tag: str, with_class: str = "") -> list[dict[str, str]]:
        """Return the attributes of each such element."""
        found = [attributes for name, attributes in self.elements if name == tag]
        return [each for each in found if not with_class or with_class in each.get("class", "").split()]
