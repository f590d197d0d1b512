"""Closed cases from the bus → a question on the customer's own channel, or the reason for none."""

from typing import Any

from functions import channels
from shared.edge.batch import Delivered, consume
from shared.edge.bus import fact_of
from shared.edge.deadline import TABLE, deadline
from shared.edge.early import early
from shared.edge.self_check import answers_self_check
from shared.edge.wiring import ports
from shared.use_cases.case.ask_survey import AskSurvey


@answers_self_check
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return consume(event, ask, deadline=deadline(context, TABLE))


def ask(record: Delivered) -> None:
    world = ports()
    AskSurvey(world.store, channels.now)(fact_of(record.body))


early("store", "settings", then=channels.imported)
