"""A message with bold letters, lists, links and quotes: built anew from what is allowed.

Mail that comes in is cleaned by nh3, which has to keep what others wrote. What our own staff write needs nine
tags: it is read, and written again with these alone. What was not understood cannot be in it.
"""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from shared.domain.errors import Refused
from shared.domain.masking import mask
from shared.domain.text import clean

TAGS = {"b": "b", "strong": "b", "i": "i", "em": "i", "ul": "ul", "ol": "ol", "li": "li"}
TAGS |= {"a": "a", "blockquote": "blockquote", "p": "p", "div": "p"}
BLOCKS = frozenset({"ul", "ol", "li", "blockquote", "p"})
UNREAD = frozenset(
    {"script", "style", "title", "template", "iframe", "object", "noscript", "svg", "math", "head"}
)
ADDRESS = re.compile(r"(https?://|mailto:)[^\s<>\"']{1,2000}", re.IGNORECASE)
LONGEST = 40_000  # characters; one reply holds 4,000 of text
DEEPEST = 20  # tags within tags


@dataclass(frozen=True, slots=True)
class Rich:
    """`html` is "" where its text says it all, or where something in it has to be masked."""

    html: str
    text: str


def rich(html: str) -> Rich:
    """Refused `too_long` (422)."""
    if len(html) > LONGEST:
        raise Refused("too_long", status=422)
    writer = _Writer()
    writer.feed(clean(html))
    writer.close()
    text = writer.words()
    plain = not writer.formed or mask(text) != text
    return Rich("" if plain else writer.page(), text)


class _Writer(HTMLParser):
    """Writes the page and its words side by side."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.lines: list[str] = [""]
        self.open: list[str] = []
        self.counts: list[int] = []
        self.links: list[str] = []
        self.unread = 0
        self.formed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in UNREAD
        if self.unread:
            return
        if tag == "br":
            self.out.append("<br>")
            self._line(self._mark())
            return
        name = TAGS.get(tag, "")
        href = (dict(attrs).get("href") or "").strip() if name == "a" else ""
        if not name or len(self.open) >= DEEPEST or (name == "a" and not ADDRESS.fullmatch(href)):
            return
        self._begin(name, href)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        elif not self.unread and TAGS.get(tag, "") in self.open:
            self._end(TAGS[tag])

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.out.append(escape(data))
            self.lines[-1] += " ".join(data.split(" ")).replace("\n", " ")

    def page(self) -> str:
        """What was left open is closed."""
        return "".join(self.out) + "".join(f"</{name}>" for name in reversed(self.open))

    def words(self) -> str:
        lines = (line.rstrip() for line in self.lines)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def _begin(self, name: str, href: str) -> None:
        self.open.append(name)
        self.formed |= name != "p"
        if name == "a":
            self.links.append(href)
            self.out.append(f'<a href="{escape(href)}" rel="noopener noreferrer nofollow">')
            return
        self.out.append(f"<{name}>")
        if name in ("ul", "ol"):
            self.counts.append(0)
        if name in BLOCKS:
            self._line(self._mark() + (self._bullet() if name == "li" else ""))

    def _end(self, name: str) -> None:
        """With whatever was left open inside."""
        while self.open:
            last = self.open.pop()
            self.out.append(f"</{last}>")
            if last in ("ul", "ol"):
                self.counts.pop()
            if last == "a":
                self._address(self.links.pop())
            if last in BLOCKS:
                self._line(self._mark())
            if last == name:
                return

    def _address(self, href: str) -> None:
        """In a plain text the address of a link stands behind its words, unless these are it."""
        shown = href.removeprefix("mailto:")
        if not self.lines[-1].endswith(shown):
            self.lines[-1] += f" ({shown})"

    def _bullet(self) -> str:
        if not self.counts:
            return "- "
        self.counts[-1] += 1
        lists = [one for one in self.open if one in ("ul", "ol")]
        return f"{self.counts[-1]}. " if lists[-1] == "ol" else "- "

    def _mark(self) -> str:
        return "> " * self.open.count("blockquote")

    def _line(self, begin: str) -> None:
        """A new line, unless this one is still empty."""
        if self.lines[-1].strip("> ") and not self.lines[-1].endswith(("- ", ". ")):
            self.lines.append(begin)
        else:
            self.lines[-1] = self.lines[-1] if self.lines[-1].endswith(("- ", ". ")) else begin
