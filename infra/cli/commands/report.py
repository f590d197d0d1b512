"""Write a day's report tables (CSV, Parquet, QuickSight manifest) into the bucket, and say where.

Without --day yesterday and today. --out DIR copies them to this machine as well.
"""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from infra.cli.answer import Answer, CannotAnswer
from infra.cli.days import as_day
from infra.cli.functions import functions
from infra.cli.place import Place, add_place, find_place

EXPORTER = "ReportExporter"
EXPORT_SECONDS = 910  # a little longer than the function may take: asked twice, it would work twice


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--day", type=as_day, metavar="YYYY-MM-DD", help="a day of the centre")
    parser.add_argument("--out", type=Path, metavar="DIR", help="copy the files there")
    add_place(parser)


def run(given: Namespace) -> Answer:
    place = find_place(given)
    told = _export(place, {"day": str(given.day)} if given.day else {})
    bucket = place.output("FilesBucket")
    where = [f"s3://{bucket}/{key}" for key in told["files"]]
    copies = _copies(place, bucket, told["files"], given.out) if given.out else []
    document = {"days": told["days"], "bucket": bucket, "keys": told["files"], "copies": copies}
    said = [f"Reports of {' and '.join(told['days'])}, also listed at {place.address}/supervisor:"]
    return Answer(document, "\n".join([*said, *(copies or where)]))


def _export(place: Place, event: dict[str, str]) -> dict[str, Any]:
    physical = {one.name: one.physical for one in functions(place)}[EXPORTER]
    answer = place.client("lambda", EXPORT_SECONDS).invoke(
        FunctionName=physical, Payload=json.dumps(event).encode()
    )
    told: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise CannotAnswer(f"The exporter failed ({told.get('errorMessage')}); see: patchbay logs {EXPORTER}")
    return told


def _copies(place: Place, bucket: str, keys: list[str], folder: Path) -> list[str]:
    """The files under the same names below a folder."""
    s3, copies = place.client("s3"), []
    for key in keys:
        copy = folder / key.removeprefix("reports/")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        copies.append(str(copy))
    return copies
