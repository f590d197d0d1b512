"""What a message in and an answer out ask of each part. Assumptions are named here, once.

Requests follow the call budget (tests/integration/test_call_budget.py), write units are counted as for the
bill (infra.cost). Milliseconds are those of infra.cost: a request's CPU, which docs/measured.md bounds, and
its wait.
"""

from functools import cache

from infra.capacity.setup import memory
from infra.cost.centre import OWN_CPU, PROCESSOR, PROVIDER_WAIT, REQUEST_CPU, REQUEST_WAIT
from infra.cost.loads import load
from shared.adapters.threads import MANY

HELD_MS = 20  # for so long a transaction holds its items, and no other gets them
BUSY = 0.5  # of the time: busier than that, lost races cost more than they bring

CASE = 6  # messages in, and as many out
FILES = 1 / 10  # of a message: one picture in ten
STATES = 2  # a reply is reported as sent and as delivered
CASE_ENTRIES = 8  # opened, queued, offered, accepted, closed, wrapped up, survey asked and answered
CASE_WRITES = 30  # to open one, to offer and to accept it; closing and survey are counted
OFFERS = 10  # of a busy look: as many as the wakes of a batch
LOOK_REQUESTS = 5  # the pool, two pages of who waits, heads and agents, and what waits afterwards
SEATINGS = 3  # of a case: offered, accepted, closed
STAFF_REQUESTS = 4  # of a case: its page, accepted, closed, the work list
ENTRIES = 2 + CASE_ENTRIES / CASE
FRAMES = 2 + CASE_ENTRIES / CASE + 1  # each entry to one desk, and that the reply was delivered
SOCKET_IN = 1  # the reply
DOOR = 1 + STATES
TEXTS = 2  # each message, into the index of texts
FOUND = 4 / CASE  # opened, queued, taken, closed: what customers and open cases are found by


def look_ms() -> float:
    """A busy look: its reads one after another, its offers at the same time."""
    return ms("Assigner", LOOK_REQUESTS) + ms("Assigner", OFFERS, at_once=MANY) + HELD_MS


@cache
def writes() -> float:
    """Write units of a message in and one out, with their share of a case."""
    kinds = {"inbound message": 1.0, "agent reply": 1.0, "delivery state": STATES}
    kinds |= {"case closed": 1 / CASE, "survey": 1 / CASE}
    counted = sum(share * load(kind).together["dynamodb_writes"] for kind, share in kinds.items())
    return counted + CASE_WRITES / CASE


def ms(function: str, requests: float, provider: int = 0, at_once: int = 1) -> float:
    """How long a function works on so many requests; `at_once` of them share the waiting, not the CPU."""
    slower = PROCESSOR / memory(function)
    cpu = (OWN_CPU + (requests + provider) * REQUEST_CPU) * slower
    waits = requests * REQUEST_WAIT + provider * PROVIDER_WAIT
    return max(cpu, (cpu + waits) / at_once)
