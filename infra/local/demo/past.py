"""What the table of a centre begins with: the settings, and for the demo a week of past."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from functions.channels import traits
from infra.local.demo.demo import seed_demo
from infra.local.emulator import Emulator
from infra.settings_file import WrongSettings, read_settings
from shared.adapters.census import TableCensus
from shared.adapters.centre import StoredSettings
from shared.adapters.clock import system_clock
from shared.adapters.files import S3Files
from shared.adapters.store import TableStore
from shared.adapters.text_finder import S3Finder
from shared.adapters.witness import METRIC
from shared.domain.channel.commands import Raw
from shared.domain.errors import Refused
from shared.edge.observability import EmfMeter
from shared.edge.wiring import Ports, new_key
from shared.ports import Store
from shared.use_cases.configure import Author, Configure
from shared.use_cases.desk.rebuild_texts import RebuildTexts, all_entries
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.settings.versions import Versions

ANSWERS = "agent"
START = Author("system")
PHONES = "+8210555002"  # with two more digits
AT_ONCE = 500  # PutMetricData takes 1,000 values


def remember(emulator: Emulator, outputs: dict[str, str], stack: str) -> int:
    """The week before today, with the agents of the user pool; the answer is the number of items written."""
    store = TableStore(outputs["TableName"], lambda: emulator.client("dynamodb"))
    files = S3Files(lambda: emulator.client("s3"), lambda: outputs["FilesBucket"])
    doors = partial(_accepted, emulator.client("cloudwatch"), f"Patchbay/{stack}")
    written = seed_demo(store, files, doors, system_clock, _agents(emulator, outputs["UserPoolId"]))
    if written:
        _index(emulator, outputs, store)
    return written


def connect(emulator: Emulator, outputs: dict[str, str]) -> None:
    """Every agent of the user pool has a telephone, which rings on the page /phone."""
    store = TableStore(outputs["TableName"], lambda: emulator.client("dynamodb"))
    ports = Ports(store=store, settings=StoredSettings(lambda: store, system_clock))
    add = AddStaff(store, partial(ports.now, traits()))
    for n, user in enumerate(_users(emulator, outputs["UserPoolId"]), 1):
        add(user["sub"], user["name"], login=user["email"], phone=f"{PHONES}{n:02}")


def _index(emulator: Emulator, outputs: dict[str, str], store: Store) -> None:
    """What was written in that week is found by its words."""
    finder = S3Finder(lambda: emulator.client("s3"), lambda: outputs["FilesBucket"])
    census = TableCensus(outputs["TableName"], lambda: emulator.client("dynamodb"))
    settings = StoredSettings(lambda: store, system_clock)
    RebuildTexts(store, finder, settings, system_clock, new_key)(all_entries(census, system_clock()))


def configure(emulator: Emulator, outputs: dict[str, str]) -> int:
    return put_into_force(TableStore(outputs["TableName"], lambda: emulator.client("dynamodb")))


def put_into_force(store: Store) -> int:
    """The settings and the flows, as `patchbay configure` does it; what somebody has put into force since, by
    a file or on the page, stays. Returns the version that holds. Raises WrongSettings.
    """
    try:
        told = read_settings(traits())
        newest = Versions(store).history(1)
        if newest and newest[0].by not in ("", START.actor):
            return newest[0].n
        return Configure(store, system_clock, traits())(told.document, author=START)
    except Refused as refused:
        raise WrongSettings(str(refused)) from refused


def _accepted(cloudwatch: Any, namespace: str, raws: Sequence[Raw]) -> None:
    """The doors' own count, at the moments of that week: the ledger's first witness."""
    for start in range(0, len(raws), AT_ONCE):
        cloudwatch.put_metric_data(
            Namespace=namespace, MetricData=[_datum(raw) for raw in raws[start : start + AT_ONCE]]
        )


def _datum(raw: Raw) -> dict[str, Any]:
    dimensions = [{"Name": "channel", "Value": raw.channel}, {"Name": "service", "Value": EmfMeter.SERVICE}]
    return {"MetricName": METRIC, "Dimensions": dimensions, "Timestamp": raw.accepted_at, "Value": 1.0}


def _agents(emulator: Emulator, pool: str) -> dict[str, str]:
    """Names by the login's sub, which is the agent's id."""
    return {user["sub"]: user["name"] for user in _users(emulator, pool)}


def _users(emulator: Emulator, pool: str) -> list[dict[str, str]]:
    told = emulator.client("cognito-idp").list_users_in_group(UserPoolId=pool, GroupName=ANSWERS)["Users"]
    known = [{each["Name"]: each["Value"] for each in user["Attributes"]} for user in told]
    return sorted(known, key=lambda user: user["email"])
