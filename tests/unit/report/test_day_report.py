"""A day's files: what stands in them, and that the same day gives the same bytes."""

import csv
import gzip
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import pytest

from functions.report_exporter import app
from infra.twins.world import World
from shared.adapters.tables_out import DuckTables
from shared.domain.report.day_report import EVENTS, FIGURES, manifest
from shared.domain.report.figures import MEASURES
from shared.domain.report.formulas import METRICS, derive
from shared.domain.report.occupancy import TERMS
from shared.domain.report.table import Table
from shared.edge import wiring
from shared.use_cases.report.count_facts import CountFacts
from shared.use_cases.routing.add_staff import AddStaff
from tests.support.facts import LEAST, NOON, a_fact

DAY = date(2026, 3, 2)
FOLDER = "reports/day=2026-03-02/"


@pytest.fixture
def world() -> World:
    world = World()
    wiring.use(world.ports())
    return world


def count(world: World, *facts: Any) -> None:
    CountFacts(world.store, world.files, world.settings)(facts)


def export(world: World, day: str = "2026-03-02") -> dict[str, Any]:
    return app.handler({"day": day}, None)


def read(world: World, name: str) -> list[dict[str, str]]:
    key = FOLDER + name if "/" not in name else name
    return list(csv.DictReader(io.StringIO(world.files.bodies[key].decode())))


def test_a_day_becomes_csv_parquet_and_manifests(world: World) -> None:
    count(world, a_fact("MessageReceived"))

    answer = export(world)

    names = [
        f"{table}.{form}"
        for table in ("figures", "totals", "dictionary", "agents", "events")
        for form in ("csv", "excel.csv", "parquet")
    ]
    manifests = ["figures.manifest.json", "events.manifest.json"]
    assert answer["files"] == [FOLDER + name for name in names + manifests] + [
        "reports/figures.manifest.json"
    ]
    assert set(answer["files"]) <= set(world.files.bodies)


def test_rows_carry_day_zone_formulas_and_derived_metrics(world: World) -> None:
    count(world, a_fact("InteractionQueued"), a_fact("Assigned", seq=2))

    export(world)

    rows = read(world, "figures.csv")
    assert [(row["zone"], row["formulas"], row["hour"], row["agent"]) for row in rows] == [
        ("Asia/Seoul", "1", "12", ""),
        ("Asia/Seoul", "1", "12", "one"),
    ]
    assert rows[1]["average_queue_answer_time"] == "5.0"
    assert rows[0]["average_queue_answer_time"] == ""


def test_totals_are_quotients_of_sums(world: World) -> None:
    count(
        world,
        a_fact("InteractionQueued"),
        a_fact("Assigned", seq=2),
        a_fact("Assigned", seq=3, queue_ms=95_000),
    )

    export(world)

    (everything,) = [row for row in read(world, "totals.csv") if row["level"] == "all"]
    assert everything["average_queue_answer_time"] == "50.0"
    assert everything["service_level_answered"] == "50.0"
    assert everything["service_level_removed"] == "100.0"
    assert {row["level"] for row in read(world, "totals.csv")} == {"all", "hour", "channel", "queue", "agent"}


def test_agents_stand_in_every_table_by_name_and_by_id_where_nobody_knows_the_name(world: World) -> None:
    AddStaff(world.store, world.now)("one", "김상담")
    count(
        world,
        a_fact("Assigned"),
        a_fact("Assigned", seq=2, agent="gone"),
        a_fact("PresenceChanged", seq=3),
        a_fact("PresenceChanged", seq=4, agent="gone"),
    )

    export(world)

    for table in ("figures.csv", "agents.csv"):
        named = {row["agent"]: row["agent_name"] for row in read(world, table)}
        assert named == {"one": "김상담", "gone": ""}, table
    totals = {row["of"]: row["agent_name"] for row in read(world, "totals.csv")}
    assert {of for of, name in totals.items() if name} == {"one"}
    assert (totals["one"], totals["gone"]) == ("김상담", "")


def test_events_stand_once_however_often_their_batch_came(world: World) -> None:
    first, second = a_fact("MessageReceived"), a_fact("CaseClosed", seq=2)
    count(world, first)
    count(world, first, second)
    count(world, second, first)

    export(world)

    events = read(world, "events.csv")
    assert [row["line"] for row in events] == ["c1.1.MessageReceived", "c1.2.CaseClosed"]
    assert (events[1]["handle_ms"], events[1]["solved"], events[1]["zone"]) == ("60000", "true", "Asia/Seoul")


def test_the_same_day_gives_the_same_bytes_whatever_the_order(world: World) -> None:
    facts = [a_fact(name, seq=i) for i, name in enumerate(LEAST)]
    count(world, *facts)
    export(world)
    before = dict(world.files.bodies)

    for fact in reversed(facts):
        count(world, fact)
    export(world)

    reports = {key: body for key, body in world.files.bodies.items() if key.startswith("reports/")}
    assert reports == {key: body for key, body in before.items() if key.startswith("reports/")}


def test_the_csv_has_a_header_and_no_mark_before_it(world: World) -> None:
    count(world, a_fact("MessageReceived"))

    export(world)

    assert world.files.bodies[FOLDER + "figures.csv"].startswith(
        b"day,zone,formulas,service_level_seconds,hour,"
    )


def test_occupancy_is_made_of_the_clock_and_not_of_the_contacts(world: World) -> None:
    minute = 60_000
    count(
        world,
        a_fact("PresenceChanged", seq=1, lasted_ms=60 * minute),
        a_fact("CaseClosed", seq=2, at=NOON - timedelta(minutes=10), handle_ms=20 * minute),
        a_fact("CaseClosed", seq=3, at=NOON - timedelta(minutes=20), handle_ms=20 * minute),
        a_fact("CaseClosed", seq=4, at=NOON - timedelta(minutes=50), handle_ms=20 * minute),
        a_fact("OfferEnded", seq=5, at=NOON, rang_ms=5 * minute),
        a_fact("PresenceChanged", seq=6, at=NOON + timedelta(hours=1), before="break", lasted_ms=60 * minute),
    )

    export(world)

    (row,) = read(world, "agents.csv")
    assert (row["agent"], row["agent_available_time"]) == ("one", "3600.0")
    assert (row["agent_on_contact_time"], row["agent_idle_time"]) == ("2400.0", "900.0")
    assert float(row["occupancy"]) == pytest.approx(100 * 40 / 55, abs=1e-4)


def test_time_that_spans_midnight_is_cut_at_it_and_counted_on_both_days(world: World) -> None:
    past_midnight = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    count(world, a_fact("PresenceChanged", at=past_midnight, lasted_ms=3 * 3_600_000))

    export(world, "2026-03-02")
    export(world, "2026-03-03")

    (before,), (after,) = read(world, "agents.csv"), read(world, "reports/day=2026-03-03/agents.csv")
    assert (before["agent_available_time"], after["agent_available_time"]) == ("7200.0", "3600.0")


def test_a_day_without_figures_has_empty_tables_with_all_columns(world: World) -> None:
    export(world)

    assert read(world, "figures.csv") == []
    header = world.files.bodies[FOLDER + "events.csv"].decode().strip().split(",")
    assert header == list(EVENTS.columns)


def test_the_parquet_file_says_the_same_as_the_csv(world: World, tmp_path: Any) -> None:
    count(world, a_fact("MessageReceived"), a_fact("MessageReceived", seq=2))
    export(world)
    path = tmp_path / "figures.parquet"
    path.write_bytes(world.files.bodies[FOLDER + "figures.parquet"])

    rows = duckdb.execute("SELECT messages_received, hour, zone FROM read_parquet(?)", [str(path)]).fetchall()
    packed = duckdb.execute("SELECT DISTINCT compression FROM parquet_metadata(?)", [str(path)]).fetchall()

    assert rows == [(2, 12, "Asia/Seoul")]
    assert packed == [("ZSTD",)]


def test_the_manifest_lists_the_csv_files_of_all_days(world: World) -> None:
    count(world, a_fact("MessageReceived"))
    export(world, "2026-03-01")
    export(world, "2026-03-02")

    told = json.loads(world.files.bodies["reports/figures.manifest.json"])

    days = ("2026-03-01", "2026-03-02")
    assert told["fileLocations"] == [{"URIs": [f"s3://memory/reports/day={day}/figures.csv" for day in days]}]
    assert told["globalUploadSettings"]["containsHeader"] == "true"


def test_a_manifest_holds_at_most_1000_files_the_newest() -> None:
    told: Any = manifest([f"s3://b/{n:04}" for n in range(1200)])

    assert len(told["fileLocations"][0]["URIs"]) == 1000
    assert told["fileLocations"][0]["URIs"][-1] == "s3://b/1199"


def test_without_a_day_yesterday_and_today_of_the_centre_are_written(world: World) -> None:
    world.clock.now = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)

    assert app.handler({}, None)["days"] == ["2026-03-01", "2026-03-02"]


def test_the_dictionary_explains_every_number(world: World) -> None:
    export(world)

    terms = {row["metric"]: row for row in read(world, "dictionary.csv")}
    assert set(terms) == {*MEASURES, *(m.name for m in METRICS), *(str(term["metric"]) for term in TERMS)}
    assert terms["service_level_removed"]["formula"] == (
        "100 * (contacts_handled_in_time + contacts_abandoned_in_time + contacts_to_callback_in_time)"
        " / contacts_queued"
    )
    assert "within 30 s" in terms["contacts_handled_in_time"]["note"]
    assert all(row["unit"] and row["version"] == "1" for row in terms.values())


def test_an_odd_value_in_a_line_is_empty_and_harms_no_other() -> None:
    table = Table("t", {"line": "VARCHAR", "n": "BIGINT"}, ("line",))

    files = DuckTables().written(
        table, [b'{"line":"a","n":"seven"}\n', gzip.compress(b'{"line":"b","n":7}\n')]
    )

    assert files["t.csv"] == b"line,n\na,\nb,7\n"


@pytest.mark.parametrize("said", ["=1+1", "+82", "-1", "@SUM", " =1", "\uff1d1", "'=1", "가", "a=b"])
def test_excel_gets_a_bom_and_no_formula_whoever_wrote_it(said: str) -> None:
    table = Table("t", {"line": "VARCHAR", "n": "BIGINT"}, ("line",))

    files = DuckTables().written(table, [json.dumps({"line": said, "n": -7}).encode() + b"\n"])

    shown = said if said in ("'=1", "가", "a=b") else f"'{said}"
    (row,) = csv.DictReader(io.StringIO(files["t.excel.csv"].decode("utf-8-sig")))
    assert files["t.excel.csv"].startswith(b"\xef\xbb\xbf")
    assert row == {"line": shown, "n": "-7"}
    assert next(csv.DictReader(io.StringIO(files["t.csv"].decode())))["line"] == said


@pytest.mark.parametrize(
    ("metric", "sums", "value"),
    [
        (
            "service_level_answered",
            {"contacts_handled_in_time": 8, "contacts_handled": 9, "contacts_abandoned": 1},
            80,
        ),
        ("abandonment_rate", {"contacts_abandoned": 1, "contacts_queued": 8}, 12.5),
        ("average_abandon_time", {"abandon_ms": 90_000, "contacts_abandoned": 2}, 45),
        ("average_handle_time", {"handle_ms": 600_000, "contacts_completed": 4}, 150),
        (
            "average_interaction_time",
            {"handle_ms": 600_000, "wrap_ms": 200_000, "contacts_completed": 4},
            100,
        ),
        ("agent_answer_rate", {"offers_accepted": 3, "offers_made": 4}, 75),
        ("agent_non_response", {"offers_expired": 1, "offers_declined": 1, "offers_withdrawn": 2}, 4),
        ("agent_non_response_withdrawn", {"offers_expired": 1, "offers_withdrawn": 1}, 50),
        ("first_response_time_wall", {"first_reply_ms": 30_000, "first_replies": 2}, 15),
        ("resolution_time", {"resolution_ms": 1, "cases_closed": 3}, 0.0003),
        ("csat", {"surveys_satisfied": 2, "surveys_answered": 3}, 66.6667),
        ("response_rate", {"surveys_answered": 1, "surveys_asked": 3, "surveys_failed": 1}, 50),
        ("suppression_rate", {"surveys_suppressed": 1, "surveys_asked": 3}, 25),
        ("multichannel_resolution_rate", {"cases_multichannel_solved": 1, "cases_multichannel": 2}, 50),
        ("online_time", {"available_ms": 1000, "meal_ms": 500}, 1.5),
        ("utilisation_by_slots", {"slot_ms": 1, "available_ms": 4}, 25),
        ("agent_productivity", {"contacts_completed": 3, "available_ms": 1_800_000}, 6),
        ("csat", {}, None),
        ("online_time", {}, 0),
    ],
)
def test_a_metric_is_its_published_formula(metric: str, sums: dict[str, int], value: float | None) -> None:
    assert derive(dict.fromkeys(MEASURES, 0) | sums)[metric] == value


def test_the_columns_are_the_same_every_day() -> None:
    assert list(FIGURES.columns)[:9] == [
        "day",
        "zone",
        "formulas",
        "service_level_seconds",
        "hour",
        "channel",
        "queue",
        "agent",
        "agent_name",
    ]
    assert NOON.date() == DAY
