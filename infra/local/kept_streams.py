"""Table streams over a restart. Ministack keeps where a stream's readers stood, but not the stream.

On AWS a stream holds its records for 24 hours, whatever its readers do. Without this, a reader would wait
after a restart for as many new records as there had been old ones, and what it had not read would never come.
"""

import copy
from typing import Any

from ministack.services import dynamodb

KEPT = {"stream_records": dynamodb._stream_records, "stream_trimmed": dynamodb._stream_trimmed}


def install() -> None:
    """Adds the streams to what is saved at the end and read at the start."""
    save, restore = dynamodb.get_state, dynamodb.load_persisted_state

    def save_with_streams() -> dict[str, Any]:
        return {**save(), **copy.deepcopy(KEPT)}

    def restore_with_streams(data: dict[str, Any] | None) -> None:
        restore(data)
        for name, records in KEPT.items():
            records.update((data or {}).get(name, {}))

    dynamodb.get_state = save_with_streams
    dynamodb.load_persisted_state = restore_with_streams
