"""What a day's report holds: its tables, their columns and rows, the same every day and for every reader."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date

from shared.domain.centre import Centre
from shared.domain.report.figures import KEYS, MEASURES, PLACE, Figure
from shared.domain.report.formulas import FORMULAS, METRICS, dictionary, row, totals
from shared.domain.report.occupancy import TERMS, occupancy
from shared.domain.report.table import Table
from shared.domain.times import day_bounds

TEXT, WHOLE, REAL, TRUTH = "VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN"
Row = Mapping[str, object]
Names = Mapping[str, str]  # of agents, by id

# Every file says of which day it is, in which zone, and by which formulas: files may be put together.
ABOUT = {"day": TEXT, "zone": TEXT, "formulas": TEXT, "service_level_seconds": WHOLE}
NUMBERS = dict.fromkeys(MEASURES, WHOLE) | {metric.name: REAL for metric in METRICS}
MEASURED = (
    *("media", "score", "scale", "channels", "places"),
    *(
        "first_reply_ms",
        "waited_ms",
        "queue_ms",
        "rang_ms",
        "resolution_ms",
        "handle_ms",
        "wrap_ms",
        "lasted_ms",
    ),
)
NAMED = (
    *("queue", "agent", "offer_id", "disposition", "how", "reason", "by", "before", "after", "of", "door"),
    *("to_queue", "to_agent", "aux", "aux_before"),
)

FIGURES = Table(
    "figures",
    ABOUT | {"hour": WHOLE, "channel": TEXT, "queue": TEXT, "agent": TEXT, "agent_name": TEXT} | NUMBERS,
    ("day", *KEYS),
)
TOTALS = Table(
    "totals", ABOUT | {"level": TEXT, "of": TEXT, "agent_name": TEXT} | NUMBERS, ("day", "level", "of")
)
DICTIONARY = Table(
    "dictionary",
    ABOUT | {"metric": TEXT, "unit": TEXT, "formula": TEXT, "version": WHOLE, "note": TEXT},
    ("day", "metric"),
)
AGENTS = Table(
    "agents",
    ABOUT | {"agent": TEXT, "agent_name": TEXT} | {str(term["metric"]): REAL for term in TERMS},
    ("day", "agent"),
)
EVENTS = Table(
    "events",
    {"line": TEXT, "name": TEXT, "at": TEXT, "day": TEXT, "hour": WHOLE, "customer_id": TEXT, "seq": WHOLE}
    | {"case_id": TEXT, "interaction_id": TEXT, "channel": TEXT, "actor": TEXT}
    | dict.fromkeys(NAMED, TEXT)
    | dict.fromkeys(MEASURED, WHOLE)
    | dict.fromkeys(("solved", "reopened", "abandoned", "transferred"), TRUTH)
    | {"zone": TEXT},
    ("line",),
)
LEVELS = ("hour", "channel", "queue", "agent")


def about(day: date, centre: Centre) -> dict[str, object]:
    level = centre.service_level_seconds
    return {"day": str(day), "zone": centre.zone, "formulas": FORMULAS, "service_level_seconds": level}


def figure_rows(figures: Iterable[Figure], day: date, centre: Centre, names: Names) -> Iterator[Row]:
    rows = ({**about(day, centre), **row(figure)} for figure in figures)
    return _named(rows, names)


def total_rows(figures: Sequence[Figure], day: date, centre: Centre, names: Names) -> Iterator[Row]:
    """The whole day, then each hour, channel, queue and agent: quotients of sums, not sums of quotients."""
    yield {**about(day, centre), "level": "all", "of": "", **totals(figures)}
    for level in LEVELS:
        groups: dict[str, list[Figure]] = {}
        for figure in figures:
            groups.setdefault(str(getattr(figure, level)), []).append(figure)
        for of, group in groups.items():
            if of:
                name = names.get(of, "") if level == "agent" else ""
                yield {**about(day, centre), "level": level, "of": of, "agent_name": name, **totals(group)}


def dictionary_rows(day: date, centre: Centre) -> Iterator[Row]:
    terms = (*dictionary(centre.service_level_seconds), *TERMS)
    return ({**about(day, centre), **term} for term in terms)


def agent_rows(lines: Iterable[Row], day: date, centre: Centre, names: Names) -> Iterator[Row]:
    """From the raw lines of the day and of the next one, in which what spans midnight has ended."""
    spans = occupancy(lines, *day_bounds(day, centre.zone))
    return _named(({**about(day, centre), **row} for row in spans), names)


def _named(rows: Iterable[Row], names: Names) -> Iterator[Row]:
    """Beside an agent's id what people call them."""
    return ({**row, "agent_name": names.get(str(row["agent"]), "")} for row in rows)


def manifest(uris: Sequence[str]) -> dict[str, object]:
    """A QuickSight S3 manifest. CSV only (QuickSight reads no Parquet), at most 1,000 files: the newest.

    Source: Amazon QuickSight, supported formats for S3 manifest files.
    """
    told = {"format": "CSV", "delimiter": ",", "textqualifier": '"', "containsHeader": "true"}
    return {"fileLocations": [{"URIs": list(uris)[-1000:]}], "globalUploadSettings": told}


if {field.name for field in fields(Figure)} != {*PLACE, *KEYS, *MEASURES}:
    raise ImportError("a figure has a column that no report shows")
