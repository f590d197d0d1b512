"""The published metrics: formulas over the figures, as data, so that every export carries them.

Names and definitions are those of the field; where two schools differ, both are published, each by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.domain.report.figures import KEYS, MEASURES, Figure

FORMULAS = "1"
Number = int | float | None
Term = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Metric:
    """factor x sum(top) / sum(bottom); without bottom the sum itself. A name after `-` is subtracted."""

    name: str
    unit: str
    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()
    factor: float = 1
    note: str = ""
    version: int = 1

    @property
    def formula(self) -> str:
        top = _spelled(self.top)
        scaled = top if self.factor == 1 else f"{self.factor:g} * {top}"
        return f"{scaled} / {_spelled(self.bottom)}" if self.bottom else scaled


CUSTOM = ("break_ms", "meal_ms", "training_ms", "other_custom_ms")
UNANSWERED = ("offers_declined", "offers_expired", "offers_withdrawn")
SENT = ("messages_sent", "surveys_asked")
BY_CHANNEL = "counted on the day of sending; read it by channel"
SECONDS, PERCENT, PER_HOUR = 0.001, 100, 3_600_000

METRICS = (
    Metric(
        "service_level_answered",
        "percent",
        ("contacts_handled_in_time",),
        ("contacts_handled", "contacts_abandoned"),
        PERCENT,
        "answered form; short abandons and flow-outs are not taken out",
    ),
    Metric(
        "service_level_removed",
        "percent",
        ("contacts_handled_in_time", "contacts_abandoned_in_time", "contacts_to_callback_in_time"),
        ("contacts_queued",),
        PERCENT,
        "removed form: abandoned and callback asked for count as removed; a row may pass 100 when contacts "
        "came the hour before",
    ),
    Metric("abandonment_rate", "percent", ("contacts_abandoned",), ("contacts_queued",), PERCENT),
    Metric("average_abandon_time", "seconds", ("abandon_ms",), ("contacts_abandoned",), SECONDS),
    Metric(
        "average_queue_answer_time",
        "seconds",
        ("queue_answer_ms",),
        ("contacts_handled",),
        SECONDS,
        "ASA: answered contacts only, from enqueue",
    ),
    Metric(
        "average_handle_time",
        "seconds",
        ("handle_ms",),
        ("contacts_completed",),
        SECONDS,
        "AHT: acceptance to end of after-contact work; no hold on message channels",
    ),
    Metric("average_after_contact_work", "seconds", ("wrap_ms",), ("contacts_completed",), SECONDS),
    Metric(
        "average_interaction_time", "seconds", ("handle_ms", "-wrap_ms"), ("contacts_completed",), SECONDS
    ),
    Metric(
        "callback_answer_rate",
        "percent",
        ("callbacks_reached",),
        ("callbacks_reached", "callbacks_unanswered"),
        PERCENT,
        "of the calls, not of the customers: each is called up to three times",
    ),
    Metric("agent_answer_rate", "percent", ("offers_accepted",), ("offers_made",), PERCENT),
    Metric(
        "agent_non_response",
        "count",
        UNANSWERED,
        note="offers not answered by the agent, those the customer gave up on included",
    ),
    Metric(
        "agent_non_response_withdrawn",
        "percent",
        ("offers_withdrawn",),
        UNANSWERED,
        PERCENT,
        "the share that was not the agent's own doing",
    ),
    Metric(
        "first_response_time_wall",
        "seconds",
        ("first_reply_ms",),
        ("first_replies",),
        SECONDS,
        "first human reply minus the customer's first message of the case; automatic messages do not count",
    ),
    Metric(
        "first_response_time_business",
        "seconds",
        ("first_reply_ms",),
        ("first_replies",),
        SECONDS,
        "equal to wall time: this centre has no opening hours yet",
    ),
    Metric(
        "resolution_time",
        "seconds",
        ("resolution_ms",),
        ("cases_closed",),
        SECONDS,
        "gross; a case reopened within the grace period closes again with its first opening time",
    ),
    Metric(
        "multichannel_resolution_rate",
        "percent",
        ("cases_multichannel_solved",),
        ("cases_multichannel",),
        PERCENT,
    ),
    Metric(
        "csat",
        "percent",
        ("surveys_satisfied",),
        ("surveys_answered",),
        PERCENT,
        "satisfied = top 2 of the scale",
    ),
    Metric("average_score", "percent of scale", ("survey_score_percent",), ("surveys_answered",)),
    Metric(
        "response_rate",
        "percent",
        ("surveys_answered",),
        ("surveys_asked", "-surveys_failed"),
        PERCENT,
        "delivered = sent and not known to have failed",
    ),
    Metric(
        "suppression_rate",
        "percent",
        ("surveys_suppressed",),
        ("surveys_asked", "surveys_suppressed"),
        PERCENT,
    ),
    Metric("bounce_rate", "percent", ("messages_bounced",), SENT, PERCENT, BY_CHANNEL),
    Metric("complaint_rate", "percent", ("complaints",), SENT, PERCENT, BY_CHANNEL),
    Metric("online_time", "seconds", ("available_ms", *CUSTOM), factor=SECONDS),
    Metric(
        "staffed_time", "seconds", ("available_ms",), factor=SECONDS, note="online and in no custom status"
    ),
    Metric("non_productive_time", "seconds", CUSTOM, factor=SECONDS),
    Metric(
        "utilisation_by_slots",
        "percent",
        ("slot_ms",),
        ("available_ms",),
        PERCENT,
        "of all places of the staffed time; read it over whole days",
    ),
    Metric(
        "agent_productivity",
        "per hour",
        ("contacts_completed",),
        ("available_ms",),
        PER_HOUR,
        "completed contacts per staffed hour; read it beside csat",
    ),
)


def add_up(figures: Iterable[Figure]) -> dict[str, int]:
    """The sum of every measure over some rows."""
    sums = dict.fromkeys(MEASURES, 0)
    for figure in figures:
        for name in MEASURES:
            sums[name] += getattr(figure, name)
    return sums


def derive(sums: Mapping[str, int]) -> dict[str, Number]:
    """Every published metric of some sums; None where its base is empty."""
    return {metric.name: _value(metric, sums) for metric in METRICS}


def totals(figures: Iterable[Figure]) -> dict[str, Number]:
    sums = add_up(figures)
    return {**sums, **derive(sums)}


def row(figure: Figure) -> dict[str, str | Number]:
    """One row with its keys, its measures and what is derived of them."""
    keys = {name: getattr(figure, name) for name in KEYS}
    return {**keys, **totals((figure,))}


def dictionary(service_level_seconds: int) -> list[Term]:
    """Every published name with unit, formula, version and note, as rows of a table."""
    level = f"within {service_level_seconds} s (or its queue's own goal)"
    counted = [
        dictionary_term(name, _unit(name), "sum", note.replace("within the service level time", level))
        for name, note in MEASURES.items()
    ]
    return counted + [dictionary_term(m.name, m.unit, m.formula, m.note, m.version) for m in METRICS]


def dictionary_term(name: str, unit: str, formula: str, note: str, version: int = 1) -> Term:
    return {"metric": name, "unit": unit, "formula": formula, "version": version, "note": note}


def _unit(name: str) -> str:
    return "ms" if name.endswith("_ms") else "count"


def _value(metric: Metric, sums: Mapping[str, int]) -> Number:
    top = _sum(metric.top, sums)
    if not metric.bottom:
        return _scaled(metric.factor * top)
    bottom = _sum(metric.bottom, sums)
    return _scaled(metric.factor * top / bottom) if bottom > 0 else None


def _scaled(value: float) -> int | float:
    """At most 4 digits behind the point, so that files are equal wherever they are made."""
    return value if isinstance(value, int) else round(value, 4)


def _sum(terms: Iterable[str], sums: Mapping[str, int]) -> int:
    return sum(-sums[term[1:]] if term.startswith("-") else sums[term] for term in terms)


def _spelled(terms: tuple[str, ...]) -> str:
    text = " + ".join(terms).replace("+ -", "- ")
    return f"({text})" if len(terms) > 1 else text
