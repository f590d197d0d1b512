"""Settings that hold in every function of a running centre."""

import time

from functions.channels import traits
from infra.local.centre import Centre
from shared.adapters.centre import LOOK
from shared.adapters.clock import system_clock
from shared.adapters.store import TableStore
from shared.domain.settings.document import Document
from shared.use_cases.configure import Configure


def put_in_force(centre: Centre, told: Document, wait: bool = True) -> None:
    """Each function looks at the settings now and then; after that time all have seen these."""
    store = TableStore(centre.outputs["TableName"], lambda: centre.client("dynamodb"))
    Configure(store, system_clock, traits())(told)
    time.sleep(LOOK.total_seconds() + 1 if wait else 0)
