"""The HTML of a mail: what of it may be shown, and its words alone.

Shown are forms and tables of text, links, and pictures that came with the mail (`cid:`). A picture that lies
elsewhere would tell its server who reads when: its address waits in `data-held` until somebody clicks.
"""

import re
from dataclasses import dataclass
from html import unescape

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shared.domain.masking import mask
from shared.domain.text import clean

# Parsers of HTML take the square of some things: what has more of them than any letter is read without one.
LONGEST, MOST_TAGS, MOST_OPEN, MOST_ENTITIES = 400_000, 12_000, 4_000, 40_000
SHOWN_TAGS = (
    "a abbr address article b big blockquote br caption center code col colgroup dd del div dl dt em font "
    "footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main ol p pre q s samp section small span strike "
    "strong sub sup table tbody td tfoot th thead tr tt u ul"
)
ATTRIBUTES = {
    "*": {"align", "valign", "class", "dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "data-held"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing", "width"},
    "td": {"colspan", "rowspan", "width"},
    "th": {"colspan", "rowspan", "width"},
}
SCHEMES = {"http", "https", "mailto", "tel", "cid"}
DROPPED = {"script", "style", "title", "template", "iframe", "object", "noscript", "svg", "math"}
# Begin a line of their own; a row's cells stand beside each other.
BLOCK_TAGS = (
    "address article blockquote center dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre "
    "section table tr ul"
)
BLOCKS = frozenset(BLOCK_TAGS.split())
UNSEEN = frozenset({"head", "title", *DROPPED})
PICTURES = {"src": ("cid:", "http:", "https:"), "data-held": ("http:", "https:")}
TAG = re.compile(r"<[^<>]*>?")
QUOTE_CLASSES = frozenset({"gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite", "tutanota_quote"})


@dataclass(frozen=True, slots=True)
class Page:
    """`shown` is safe to put into a page, "" where there is too much of it to be sure in time; `words` is its
    text, one line for each block. What repeats an earlier mail has a `>` before each line.
    """

    shown: str = ""
    words: str = ""


def page(html: str) -> Page:
    if _too_much(html):
        return Page("", _tidy(unescape(TAG.sub(" ", html)).splitlines()))
    tree = LexborHTMLParser(_cleaned(html))  # cleaned first: it has few attributes to be slow about
    text = _text(tree)
    for picture in tree.css("img"):
        source = (picture.attributes.get("src") or "").strip()
        if source and not source.lower().startswith("cid:"):
            picture.attrs["data-held"] = source
            del picture.attrs["src"]
    return Page(
        _cleaned(tree.body.inner_html or "" if tree.body else ""), text
    )  # and last: nothing comes after


def _too_much(html: str) -> bool:
    tags, closing = html.count("<"), html.count("</")
    many = tags > MOST_TAGS or tags - 2 * closing > MOST_OPEN or html.count("&") > MOST_ENTITIES
    return many or len(html) > LONGEST


def masked(html: str) -> str:
    """Without card and resident numbers; "" where tags stand between the digits of one, which only the text
    without tags can show.
    """
    told = mask(html)
    text = _text(LexborHTMLParser(told))
    return told if mask(text) == text else ""


def _text(tree: LexborHTMLParser) -> str:
    return _tidy(_Reader().read(tree.body)) if tree.body else ""


def _cleaned(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(SHOWN_TAGS.split()),
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        attribute_filter=_filtered,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )


def _filtered(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute; None leaves it out."""
    if name == "class":
        return " ".join(sorted(QUOTE_CLASSES.intersection(value.split()[:20]))) or None
    if name in ("src", "data-held") and not value.strip().lower().startswith(PICTURES[name]):
        return None
    return value


class _Reader:
    """Walks the tree without calling itself: mails nest tables deeper than Python nests calls."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = 0

    def read(self, root: LexborNode) -> list[str]:
        stack: list[LexborNode | str] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                self._close(node)
            elif node.tag == "-text":
                self.line.append(" ".join(_blanked(node.text_content or "")))
            elif node.tag not in UNSEEN:
                self._open(node, stack)
        self._end()
        return self.lines

    def _open(self, node: LexborNode, stack: list[LexborNode | str]) -> None:
        tag = node.tag or ""
        if tag == "br":
            return self._end(kept=True)
        quote = tag == "blockquote" or not QUOTE_CLASSES.isdisjoint(_classes(node))
        if tag in BLOCKS or quote:
            self._end()
        if tag in ("td", "th") and self.line:
            self.line.append(" ")
        if tag == "img" and (alt := node.attributes.get("alt")):
            self.line.append(f"[{alt.strip()}]")
        self.quotes += quote
        stack.append("quote" if quote else "block" if tag in BLOCKS else "")
        children = [*node.iter(include_text=True)]
        stack.extend(reversed(children))
        return None

    def _close(self, what: str) -> None:
        if what:
            self._end(gap=what == "quote")
        self.quotes -= what == "quote"

    def _end(self, kept: bool = False, gap: bool = False) -> None:
        text = " ".join("".join(self.line).split())
        self.line.clear()
        if text or kept:
            self.lines.append(">" * min(self.quotes, 5) + (" " if self.quotes else "") + text)


def _blanked(text: str) -> list[str]:
    """The words of a text, with an empty one at an end that was blank."""
    inner = text.split()
    if not inner:
        return ["", ""] if text else []
    return [*([""] if text[0].isspace() else []), *inner, *([""] if text[-1].isspace() else [])]


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()[:20]


def _tidy(lines: list[str]) -> str:
    """At most one empty line between two."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line.rstrip())
    return clean("\n".join(kept)).strip("\n")
