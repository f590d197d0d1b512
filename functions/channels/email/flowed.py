"""Text whose lines were broken to be joined again, as Thunderbird does: https://www.rfc-editor.org/rfc/rfc3676"""

SIGNATURE = "-- "


def joined(text: str, without_blank: bool = False) -> str:
    """A line that ends in a blank goes on in the next one, if that is quoted as deep. `without_blank` is
    DelSp=yes: the blank itself is no part of the text, as where words have none between them.
    """
    lines: list[str] = []
    depth, open_line = 0, False
    for line in text.split("\n"):
        level, words = _unquoted(line)
        flows = words.endswith(" ") and words != SIGNATURE
        words = words[:-1] if flows and without_blank else words
        if open_line and level == depth and words != SIGNATURE:
            lines[-1] += words
        else:
            lines.append(f"{'>' * level} {words}" if level else words)
        depth, open_line = level, flows
    return "\n".join(lines)


def _unquoted(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and what stands there, without the blank that guards its beginning."""
    words = line.lstrip(">")
    return len(line) - len(words), words.removeprefix(" ")
