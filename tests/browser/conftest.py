"""One centre with a week of past and one browser for all tests of the pages; each test has its own people.

    def test_…(house):
        page = house.visit("/chat", locale="ko-KR")          # a customer
        agent = house.hire()                                 # signed in; agent.get("/…") asks the API
        desk = house.desk(agent)                             # the desk, available
        house.sms(house.number(), "…")                       # a customer's SMS

A test fails when a script of a page raised, or the page's own policy blocked something.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from infra.local.centre import Centre
from infra.settings_file import read
from shared.domain.settings.document import Document
from tests.support.bare import Bare
from tests.support.browser import a_browser
from tests.support.house import House
from tests.support.in_force import put_in_force
from tests.support.lone_admin import LoneAdmin
from tests.support.lone_desk import LoneDesk
from tests.support.lone_staff import LoneStaff, LoneWall
from tests.support.shop import Shop

# Of a busy machine; what is right comes in a moment.
expect.set_options(timeout=60_000)

OFFER_SECONDS = 240


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def centre(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory, _closed_network: None
) -> Iterator[Centre]:
    with Centre(tmp_path_factory.mktemp("centre"), past=True) as running:
        # An offer that no test lets run out on purpose outlasts a slow machine.
        put_in_force(running, Document(replace(read(), offer_seconds=OFFER_SECONDS)), wait=False)
        yield running


@pytest.fixture
def house(centre: Centre, chromium: Browser) -> Iterator[House]:
    made = House(centre, chromium)
    yield made
    made.leave()
    assert made.wrong == []


@pytest.fixture
def shop(chromium: Browser) -> Iterator[Shop]:
    """A shop of somebody else's with the widget, and a Patchbay that answers as the test wants."""
    made = Shop(chromium)
    yield made
    made.leave()
    assert made.wrong == []


@pytest.fixture
def bare(chromium: Browser) -> Iterator[Bare]:
    """Pages with parts of the kit on them, and no centre."""
    made = Bare(chromium)
    yield made
    made.leave()
    assert made.wrong == []


@pytest.fixture
def lone_desk(chromium: Browser) -> Iterator[LoneDesk]:
    """The desk of an agent, and no centre: the test says which cases and lines there are."""
    made = LoneDesk(chromium)
    yield made
    made.leave()
    assert made.wrong == []


@pytest.fixture
def lone_supervisor(chromium: Browser) -> Iterator[LoneStaff]:
    """The supervisors' page, and no centre: a day in full swing, or an empty one."""
    made = LoneStaff(chromium)
    yield made
    made.leave()
    assert made.wrong == []


@pytest.fixture
def lone_wall(chromium: Browser) -> Iterator[LoneWall]:
    """The wall of such a day."""
    made = LoneWall(chromium)
    yield made
    made.leave()
    assert made.wrong == []


@pytest.fixture
def lone_admin(chromium: Browser) -> Iterator[LoneAdmin]:
    """The administrators' page on settings in memory."""
    made = LoneAdmin(chromium)
    yield made
    made.leave()
    assert made.wrong == []
