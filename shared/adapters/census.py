"""Every entry of the table, for the nightly check."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError
from pynamodb.exceptions import PynamoDBException

from shared.adapters.store import TableStore
from shared.adapters.table import Item, Moment
from shared.domain.errors import TryAgain
from shared.domain.timeline.entry import Entry

AT = Moment(attr_name="at")


class TableCensus(TableStore):
    """A scan reads all items whatever the filter says: half a read unit per 4 KB, eventually consistent."""

    def entries(self, since: datetime, until: datetime) -> Iterator[Entry]:
        self._connect()
        asked = (Item.type == Entry.__name__) & AT.between(since, until)
        entries: Any = Item.scan(filter_condition=asked)
        try:
            yield from entries
        except (PynamoDBException, BotoCoreError) as error:
            raise TryAgain("the table did not answer") from error
