"""What is counted: ten of a kind together, or one after another with time between."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from infra.cost.shop import PHOTO, SAID, SIZE, Shop

Units = Counter[str]


@dataclass(frozen=True, slots=True)
class Load:
    """What one of a kind is billed, on average: when ten came together, and when each came alone."""

    together: Units
    alone: Units


Step = Callable[[Shop, int], None]
ASKING = ("SurveyDispatcher",)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is done before counting, and then step by step for each customer. `held` functions get nothing,
    `each` is how many of the kind a customer's steps make.
    """

    steps: tuple[Step, ...]
    prepare: Callable[[Shop], None] = Shop.run
    held: tuple[str, ...] = ()
    each: int = 1


def _replied(shop: Shop) -> None:
    for customer in range(SIZE):
        shop.replies(customer)
    shop.run()


def _closed(shop: Shop) -> None:
    """After an answer: where nobody answered, nobody is asked for a score."""
    _replied(shop)
    for customer in range(SIZE):
        shop.closes(customer)
    shop.run(held=ASKING)


KINDS = {
    "inbound message": Kind((lambda shop, i: shop.says(i, SAID),)),
    "picture by MMS": Kind((lambda shop, i: shop.says(i, "", [PHOTO]),)),
    "agent reply": Kind((Shop.replies,)),
    "delivery state": Kind(
        (lambda shop, i: shop.report(i, "sent"), lambda shop, i: shop.report(i, "delivered")),
        _replied,
        each=2,
    ),
    "case closed": Kind((Shop.closes,), held=ASKING),
    "survey": Kind((lambda shop, i: None, lambda shop, i: shop.says(i, "5")), _closed),
}


def measured() -> dict[str, Load]:
    """Each kind of work on a fresh shop. Deterministic: the same code counts the same."""
    return {name: load(name) for name in KINDS}


def load(name: str) -> Load:
    return Load(_together(KINDS[name]), _alone(KINDS[name]))


def _together(kind: Kind) -> Units:
    shop = _prepared(kind)
    for step in kind.steps:
        for customer in range(SIZE):
            step(shop, customer)
        shop.run(held=kind.held)
    return _per(shop.stepper.units.taken(), SIZE * kind.each)


def _alone(kind: Kind) -> Units:
    """Every invocation gets one record."""
    shop = _prepared(kind)
    for customer in range(SIZE):
        for step in kind.steps:
            step(shop, customer)
            shop.run(take=1, held=kind.held)
            shop.wait()
    return _per(shop.stepper.units.taken(), SIZE * kind.each)


def _prepared(kind: Kind) -> Shop:
    shop = Shop()
    shop.open()
    kind.prepare(shop)
    shop.wait(60)  # the offers' own timers ring
    shop.run(held=ASKING)
    shop.stepper.units.taken()
    return shop


def merged_file() -> Units:
    """What the hour's merging is billed for each raw file, its round in an empty centre apart."""
    shop = _prepared(KINDS["inbound message"])
    for customer in range(SIZE):
        shop.says(customer, SAID)
        shop.run(take=1)
        shop.wait()
    shop.stepper.units.taken()
    merged = shop.stepper.tick("RawCompactor")
    billed = shop.stepper.units.taken()
    shop.stepper.tick("RawCompactor")
    billed.subtract(shop.stepper.units.taken())
    return _per(billed, merged["files"])


def _per(units: Units, number: int) -> Units:
    return Counter({unit: amount / number for unit, amount in units.items()})
