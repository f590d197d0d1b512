"""How soon the desk is painted and usable, against fetching the same files once more from the same server.

A module that is found only when another one was read costs a way more: that is what the ratio tells.
"""

from dataclasses import dataclass
from statistics import median

from tests.bench.measure import tell, within
from tests.support.browser import a_browser
from tests.support.lone_desk import LoneDesk

ROUNDS = 7
PAINT, USABLE = 1000, 2000  # milliseconds, as a hint
LIMIT = 4.0  # times fetching them all at once
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
REQUESTS = "performance.getEntriesByType('resource').length + 1"
AGAIN = """async () => {
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  const started = performance.now();
  const read = async (name) => (await fetch(name, { cache: "no-store" })).text();
  await Promise.all(names.map(read));
  return performance.now() - started;
}"""


@dataclass(frozen=True, slots=True)
class Load:
    """Milliseconds since the address was asked for; `again` those of fetching everything at once."""

    painted: float
    usable: float
    again: float
    requests: int


def bench_the_desk_stands_soon() -> None:
    with a_browser() as browser:
        desk = LoneDesk(browser)
        for n in range(20):
            desk.has(f"C{n}", 20)
        loads = [load(desk) for _ in range(ROUNDS)]

    ratio = median(one.usable / one.again for one in loads)
    tell("first_load", table(loads, ratio))
    within("the desk is usable", ratio, LIMIT)


def load(desk: LoneDesk) -> Load:
    page = desk.open()
    page.locator("pb-work .work-item").first.wait_for()
    usable = page.evaluate("performance.now()")
    painted, requests = page.evaluate(PAINTED), page.evaluate(REQUESTS)
    told = Load(painted, usable, page.evaluate(AGAIN), requests)
    desk.leave()
    return told


def table(loads: list[Load], ratio: float) -> str:
    painted, usable, again = (
        median(getattr(one, name) for one in loads) for name in ("painted", "usable", "again")
    )
    return (
        f"| | ms | hint |\n| --- | --- | --- |\n| first paint | {painted:.0f} | {PAINT} |\n"
        f"| usable: the agent's cases stand there | {usable:.0f} | {USABLE} |\n"
        f"| the same {loads[0].requests} files and answers, fetched at once | {again:.0f} | |\n\n"
        f"Usable against fetching alone: {ratio:.2f}.\n"
    )
