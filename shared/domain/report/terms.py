"""What each published figure means and how it is computed, in the reader's language.

The formulas themselves are report/formulas.py's: here they are only spelled with the words of people.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.report.figures import MEASURES
from shared.domain.report.formulas import METRICS, Metric
from shared.domain.words.measures_ko import MEASURES_KO, NOTES_KO


@dataclass(frozen=True, slots=True)
class Term:
    """`formula` is "" for what is counted as it stands; `note` says what people get wrong."""

    metric: str
    unit: str
    formula: str
    note: str


def terms(language: str, service_level_seconds: int) -> tuple[Term, ...]:
    """Every measure and every metric, by its published name."""
    level = f"{service_level_seconds}초" if language == "ko" else f"{service_level_seconds} s"
    counted = (_measure(name, language, level) for name in MEASURES)
    return (*counted, *(_metric(one, language) for one in METRICS))


def _measure(name: str, language: str, level: str) -> Term:
    unit = "ms" if name.endswith("_ms") else "count"
    if language == "ko":
        return Term(
            name, unit, "", MEASURES_KO[name][1].replace("서비스 레벨 시간", f"서비스 레벨 시간({level})")
        )
    note = MEASURES[name].replace("the service level time", f"the service level time ({level})")
    return Term(name, unit, "", note)


def _metric(metric: Metric, language: str) -> Term:
    note = NOTES_KO.get(metric.name, "") if language == "ko" else metric.note
    return Term(metric.name, metric.unit, spelled(metric, language), note)


def spelled(metric: Metric, language: str) -> str:
    """The formula in words: times are summed in milliseconds, and shown in the metric's own unit."""
    top = _sum(metric.top, language)
    scaled = f"100 × {top}" if metric.unit == "percent" and metric.factor != 1 else top
    return f"{scaled} ÷ {_sum(metric.bottom, language)}" if metric.bottom else scaled


def _sum(names: Iterable[str], language: str) -> str:
    spelled = [_signed(name, language) for name in names]
    text = " + ".join(spelled).replace("+ −", "− ")
    return f"({text})" if len(spelled) > 1 else text


def _signed(name: str, language: str) -> str:
    word = called(name.removeprefix("-"), language)
    return f"−{word}" if name.startswith("-") else word


def called(measure: str, language: str) -> str:
    """A measure as people call it in a formula."""
    if language == "ko":
        return MEASURES_KO[measure][0]
    words = measure.removesuffix("_ms").replace("_", " ")
    return f"{words} time" if measure.endswith("_ms") else words
