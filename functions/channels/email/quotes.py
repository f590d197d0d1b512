"""What somebody wrote, and what their mail program repeated below: told apart by the line, never cut.

Each line goes to one of the two sides, so both together hold everything. A line is looked at up to
LOOKED_AT characters and only by comparing, so a long one takes no longer than a short one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LOOKED_AT = 300
MOST_LINES_OF_A_MARK = 3  # programs break a long "On …, somebody wrote:" at 76 characters
MOST_LINES = 20_000  # a longer text is no letter: it is shown as it is
NEAR = 8  # lines within which the other headers of a repeated mail stand
WROTE = (
    "작성:",
    "님이 작성했습니다:",
    "님이 씀:",
    "님이 쓴 글:",
    "wrote:",
    "writes:",
    "schrieb:",
    "écrit :",
    "écrit:",
    "escribió:",
    "scritto:",
    "escreveu:",
    "schreef:",
    "写道：",
    "写道:",
    "さんは書きました:",
)
BEGINS_A_MARK = re.compile(r"On |Am |Le |El |Il |Em |Op |\d{2,4} ?[-./년年]|<|[A-Za-z가-힣]{1,30}[ ,<(]")
RULE = re.compile(r"[-_=*]{2,60}\s?([\w ():.'`’]{3,60}?)\s?[-_=*]{2,60}")
BARE_RULE = re.compile(r"[-_=*]{5,200}")
TITLE_LINES = (
    "original message|forwarded message|original appointment|ursprüngliche nachricht|message d'origine|"
    "mensaje original|원본 메일|원본메일|원본 메시지|원본메시지|원문 메일|전달된 메시지|전달된 메일"
)
TITLES = frozenset(TITLE_LINES.split("|"))
# The first header of a repeated mail, and those that make sure of it.
SENDER_NAMES = r"from|von|de|보낸\s?사람|보낸이|발신자?|差出人|发件人"
OTHER_NAMES = (
    r"sent|date|to|cc|subject|gesendet|an|betreff|datum|envoyé|à|objet|enviado|para|asunto|"
    r"받는\s?사람|받는이|참조|날짜|보낸\s?날짜|보낸\s?시간|제목|수신자?|일시|"
    r"件名|宛先|日付|送信日時|主题|收件人|发送时间"
)
SENDER = re.compile(rf"\*?({SENDER_NAMES})\s{{0,3}}[:：]\*?\s", re.IGNORECASE)
OTHERS = re.compile(rf"\*?({OTHER_NAMES})\s{{0,3}}[:：]", re.IGNORECASE)
FOOTER = re.compile(
    r"--\s?$|_{8,}|-{8,}|={8,}|\[?(?:this|diese|scanned|virus|checked|no virus|sent from my)\b|"
    r"\[?(?:본 메일|이 메일|이 메시지)|.{0,80}(?:virus|바이러스|malware|avast|avg\.com)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`said` is shown, `quoted` on a click. Where nothing else was written, what was repeated is `said`."""

    said: str
    quoted: str = ""


def fold(text: str) -> Folded:
    lines = text.split("\n")
    quoted = _quoted(lines) if len(lines) <= MOST_LINES else set()
    said = "\n".join(line for i, line in enumerate(lines) if i not in quoted).strip("\n")
    if not quoted or not said.strip():
        return Folded(text.strip("\n"))
    return Folded(said.rstrip(), "\n".join(lines[i] for i in sorted(quoted)).strip("\n"))


def _quoted(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that repeat an earlier mail, and of a footer below them."""
    seen = [line[:LOOKED_AT].strip() for line in lines]
    first = next((i for i in range(len(seen)) if _repeats_from(seen, i)), None)
    signs = [i for i, line in enumerate(seen[:first]) if line.startswith(">")]
    if not signs:
        return set() if first is None else set(range(first, len(seen)))
    begin, end = _with_mark(seen, signs[0]), signs[-1] + 1
    if any(
        _said(seen, i) for i in range(signs[0], end)
    ):  # answers stand between the quoted lines, which say what each of them answers
        return set() if first is None else set(range(first, len(seen)))
    below = range(end, len(seen) if first is None else first)
    rest = set(below) if _only_a_footer(seen, below) else set()
    return {*range(begin, end), *rest, *(() if first is None else range(first, len(seen)))}


def _said(seen: Sequence[str], i: int) -> bool:
    """Whether a line among quoted ones is the writer's own."""
    return bool(seen[i]) and not seen[i].startswith(">") and i not in _marks(seen, i)


def _repeats_from(seen: Sequence[str], i: int) -> bool:
    """Whether everything from this line on repeats a mail, without a sign before each line."""
    line = seen[i]
    if not line or line.startswith(">"):
        return False
    rule = RULE.fullmatch(line)
    if rule and rule[1].strip().lower() in TITLES:
        return True
    if _headers_from(seen, i) or (BARE_RULE.fullmatch(line) and _headers_from(seen, i + 1)):
        return True
    height = _height(seen, i)
    return height > 0 and not _next(seen, i + height).startswith(">")


def _headers_from(seen: Sequence[str], i: int) -> bool:
    """Whether the headers of a repeated mail begin with this line."""
    if i >= len(seen) or not SENDER.match(seen[i] + " "):
        return False
    return sum(bool(OTHERS.match(one)) for one in seen[i + 1 : i + NEAR]) >= 2


def _height(seen: Sequence[str], i: int) -> int:
    """How many lines a mark like "On …, somebody wrote:" takes that begins here; 0 where none does."""
    if not BEGINS_A_MARK.match(seen[i]):
        return 0
    for height in range(1, MOST_LINES_OF_A_MARK + 1):
        line = seen[i + height - 1] if i + height <= len(seen) else ""
        if not line or line.startswith(">"):
            return 0
        if line.endswith(WROTE):
            return height if _dated(" ".join(seen[i : i + height])) else 0
    return 0


def _dated(mark: str) -> bool:
    """A sentence that happens to end in "wrote:" names neither a day nor an address."""
    return any(c.isdecimal() for c in mark) or "@" in mark


def _marks(seen: Sequence[str], i: int) -> range:
    """The lines of the mark that holds line `i`, if one does."""
    for start in range(max(0, i - MOST_LINES_OF_A_MARK + 1), i + 1):
        height = _height(seen, start)
        if start + height > i:
            return range(start, start + height)
    return range(0)


def _with_mark(seen: Sequence[str], sign: int) -> int:
    """Where the quote begins whose first `>` stands at `sign`: at its mark, if it has one."""
    above = next((i for i in range(sign - 1, -1, -1) if seen[i]), None)
    mark = range(0) if above is None else _marks(seen, above)
    return mark.start if mark else sign


def _next(seen: Sequence[str], i: int) -> str:
    return next((seen[n] for n in range(i, len(seen)) if seen[n]), "")


def _only_a_footer(seen: Sequence[str], below: range) -> bool:
    """Whether what stands below a quote was put there by a program: a scanner, a telephone, a signature."""
    first = next((seen[i] for i in below if seen[i]), "")
    return not first or (bool(FOOTER.match(first)) and sum(map(bool, seen[below.start : below.stop])) <= 12)
