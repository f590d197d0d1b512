"""Problems and differences of settings as lines that people read."""

from shared.domain.difference import REMOVED, Difference
from shared.domain.settings.problem import Problem
from shared.domain.words.of_fields import ENGLISH, FIELDS
from shared.domain.words.of_problems import PROBLEMS
from shared.domain.words.of_versions import HOW, PARTS


def told_problem(found: Problem, language: str = "en") -> str:
    return _in(PROBLEMS[found.code], language).format(**found.values)


def told_difference(found: Difference, language: str = "en") -> str:
    """`queue billing: priority 5 → 3`."""
    how = found.field if found.field in HOW else "field"
    if (found.part, found.field) == ("agent", REMOVED):
        how = "agent_removed"
    what = _in(HOW[how], language).format(
        field=_field(found.field, language), before=found.before, after=found.after
    )
    part = _in(PARTS[found.part], language)
    return f"{part} {found.name}: {what}" if found.name else f"{part}: {what}"


def _field(name: str, language: str) -> str:
    english = ENGLISH.get(name) or name.replace("_", " ")
    return FIELDS.get(name, english) if language == "ko" else english


def _in(words: dict[str, str], language: str) -> str:
    return words.get(language, words["en"])
