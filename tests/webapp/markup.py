"""A page as tests look at it: its elements, links and words, read strictly from the markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "img", "br", "rect"})
Attributes = dict[str, str]


@dataclass
class Page(HTMLParser):
    """Elements in order, with the text directly and indirectly inside of each kind."""

    elements: list[tuple[str, Attributes]] = field(default_factory=list)
    text: str = ""
    _open: list[str] = field(default_factory=list)
    _texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._texts.setdefault(tag, []).append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1] == tag, f"</{tag}> closes <{self._open[-1]}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for tag in set(self._open):
            self._texts[tag][-1] += data

    def close(self) -> None:
        super().close()
        assert not self._open, f"left open: {self._open}"

    def texts(self, tag: str) -> list[str]:
        """The words inside each element of a kind."""
        return [" ".join(text.split()) for text in self._texts.get(tag, [])]

    def all(self, tag: str) -> list[Attributes]:
        """The attributes of each element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def links(self) -> list[str]:
        """Where the page's links lead."""
        return [attributes["href"] for attributes in self.all("a") if "href" in attributes]

    @property
    def ids(self) -> list[str]:
        """All ids, in order."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def read_page(html: str) -> Page:
    """Parses a page; fails where elements are not nested and closed."""
    page = Page()
    page.feed(html)
    page.close()
    return page
