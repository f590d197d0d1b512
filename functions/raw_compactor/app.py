"""An hour's raw files into one (trigger: schedule)."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from shared.adapters.threads import ready
from shared.edge.deadline import deadline
from shared.edge.early import early
from shared.edge.observability import logger
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.report.merge_raw import MergeRaw

RESERVE_MS = 60_000  # what the merging of 2,000 files takes at most


@answers_self_check
def handler(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """What time does not suffice for is left to the next hour."""
    merged = MergeRaw(ports().files, ports().settings, ports().clock)(deadline(context, RESERVE_MS))
    for key in merged.broken:
        logger().error("raw_file_broken", key=key)
    logger().info("raw_files_merged", files=merged.files, into=merged.into, finished=merged.finished)
    return asdict(merged)


early("store", "files", "settings", then=ready)
