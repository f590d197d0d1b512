"""One week in the life of the demo centre: the same for the same day, as chance is seeded."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import TypeVar
from zoneinfo import ZoneInfo

from infra.local.demo.demo_people import CUSTOMERS, FIRST_NUMBER, WRITERS, channel_of, way_of
from infra.local.demo.demo_words import GONE, MAILS, SPAM, TALKS, Talk
from infra.twins.world import World
from shared.domain.address.address import Address
from shared.domain.case.intent import answerable, asked_last
from shared.domain.change import Ref
from shared.domain.channel.arrival import Arrival, Left, Message, SurveyAnswer
from shared.domain.channel.commands import Raw
from shared.domain.customer.evidence import AddressOwner
from shared.domain.customer.head import Head
from shared.domain.now import Now
from shared.domain.routing.staff import Agent, Presence
from shared.domain.timeline.bus_facts import facts
from shared.domain.timeline.content import Content
from shared.domain.timeline.entry import Kind
from shared.use_cases.case.ask_survey import AskSurvey
from shared.use_cases.case.close_case import CloseCase
from shared.use_cases.case.reply_to_customer import ReplyToCustomer
from shared.use_cases.channel.route_message import RouteMessage
from shared.use_cases.routing.add_staff import AddStaff
from shared.use_cases.routing.answer_offer import AnswerOffer
from shared.use_cases.routing.assign_waiting import AssignWaiting
from shared.use_cases.routing.change_presence import ChangePresence
from shared.use_cases.routing.sweep_pool import SweepPool

DAYS, SUNDAY = 7, 6
OPENS, CLOSES = time(9), time(18)
TALKS_A_DAY = (5, 9)
FOR_GOOD = timedelta(hours=73)  # an hour more than a closed case can come back
OFTEN = 0.85
SCORES = (5, 5, 5, 5, 4, 4, 4, 3, 2, 1)
What = Message | SurveyAnswer | Left
T = TypeVar("T")


class Week:
    """`until` is now: the week ends with the day before. `arrived` is what came through the doors."""

    def __init__(self, world: World, until: datetime) -> None:
        self.world = world
        self._zone = ZoneInfo(world.settings.centre().zone)
        self._today = until.astimezone(self._zone).date()
        self._chance = random.Random(7)  # noqa: S311  # no secret: every demo centre has the same week
        self._needs = (world.store, world.now)
        self._numbers = count(1)
        self._heard: dict[Address, datetime] = {}
        self.arrived: list[Raw] = []
        world.clock.now = self._at(DAYS, OPENS)

    def live(self, agents: Mapping[str, str]) -> None:
        for agent_id, name in agents.items():
            AddStaff(*self._needs)(agent_id, name)
        for back in range(DAYS, 0, -1):
            if self._at(back, OPENS).astimezone(self._zone).weekday() != SUNDAY:
                self._day(back, list(agents))

    def _day(self, back: int, agents: list[str]) -> None:
        self._everybody(agents, Presence.AVAILABLE, self._at(back, OPENS))
        span = (self._at(back, CLOSES) - self._at(back, OPENS)).total_seconds() - 1800
        moments = sorted(self._chance.uniform(60, span) for _ in range(self._chance.randint(*TALKS_A_DAY)))
        for moment in moments:
            self.world.clock.to(self._at(back, OPENS) + timedelta(seconds=int(moment)))
            self._talk(self._somebody(), agents)
        self._everybody(agents, Presence.OFFLINE, self._at(back, CLOSES))

    def _somebody(self) -> Address:
        """Mostly who wrote before and whose case is closed for good, so that people have a past; now and
        then anybody, so that cases come back too. The first number always writes, and again when it may:
        by it the seed knows itself, and the phones show it.
        """
        now = self.world.clock.now
        known = [customer for customer, heard in self._heard.items() if now - heard > FOR_GOOD]
        first = FIRST_NUMBER in known or FIRST_NUMBER not in self._heard
        often = known and self._chance.random() < OFTEN
        who = FIRST_NUMBER if first else self._chance.choice(known if often else CUSTOMERS[1:])
        self._heard[who] = now
        return who

    def _talk(self, customer: Address, agents: list[str]) -> None:
        talk = self._chance.choice(MAILS) if customer in WRITERS else self._pick()
        while customer == FIRST_NUMBER and talk in (GONE, SPAM):  # a regular
            talk = self._pick()
        self._writes(customer, Message(Content(talk.lines[0], subject=talk.subject)))
        if talk is GONE and customer.kind == "visitor":
            self._wait(60, 240)
            self._writes(customer, Left())
            self._asks()
            return
        self._answered(customer, self._taken(agents), talk)

    def _pick(self) -> Talk:
        rare = self._chance.random()
        return SPAM if rare < 0.04 else GONE if rare < 0.12 else self._chance.choice(TALKS)

    def _taken(self, agents: list[str]) -> str:
        """Who took the case in the end; now and then the first who was asked declined."""
        asked, offer_id = self._asked(agents)
        if len(agents) > 1 and self._chance.random() < 0.08:
            AnswerOffer(*self._needs).decline(asked, offer_id)
            asked, offer_id = self._asked(agents)
        AnswerOffer(*self._needs).accept(asked, offer_id)
        return asked

    def _asked(self, agents: list[str]) -> tuple[str, str]:
        """The agent who is asked, and the offer: one talk at a time, so there is just one."""
        self._wait(1, 25)
        AssignWaiting(*self._needs)("main", SweepPool(*self._needs)("main"))
        self._wait(2, 15)
        places = [(id, place) for id in agents for place in self._known(Agent, id).engagements]
        return next((id, place.offer_id) for id, place in places if place.offer_id)

    def _answered(self, customer: Address, agent: str, talk: Talk) -> None:
        channel = channel_of(customer)
        for line, said in enumerate(talk.lines[1:], start=1):
            self._wait(15, 150)
            if line % 2 == 0:
                subject = f"Re: {talk.subject}" if talk.subject else ""
                self._writes(customer, Message(Content(said, subject=subject)))
            else:
                self._replies(customer, agent, channel, said)
        self._wait(20, 200)
        self._closes(customer, agent, talk.outcome)
        self._wait(5, 900)
        self._scores(customer)

    def _replies(self, customer: Address, agent: str, channel: str, said: str) -> None:
        head, key = self._head(customer), f"demo-{next(self._numbers):06}"
        case_id = head.cases[0].id
        ReplyToCustomer(*self._needs)(agent, head.customer_id, case_id, channel, customer, said, key)

    def _closes(self, customer: Address, agent: str, outcome: str) -> None:
        head, key = self._head(customer), f"demo-{next(self._numbers):06}"
        CloseCase(*self._needs)(agent, head.customer_id, head.cases[0].id, outcome, "", key)
        self._asks()

    def _asks(self) -> None:
        """For a score, or writes down why not, as after every case."""
        closed = next(e for _, e in reversed(self.world.store.stream) if e.kind is Kind.CASE_CLOSED)
        self._wait(1, 2)
        AskSurvey(*self._needs)(facts(closed)[0])

    def _scores(self, customer: Address) -> None:
        head = self._head(customer)
        waits = answerable(head.survey, self._now()) and asked_last(head)
        if waits and self._chance.random() < 0.5:
            score = self._chance.choice(SCORES)
            chat = customer.kind == "visitor"
            self._writes(customer, SurveyAnswer(score) if chat else Message(Content(str(score))))

    def _writes(self, customer: Address, what: What) -> None:
        name = f"demo-{next(self._numbers):06}"
        raw = Raw(channel_of(customer), name, name, self.world.clock(), "")
        arrival = Arrival(way_of(customer, name), what)
        self.arrived.append(raw)
        RouteMessage(*self._needs)(raw, arrival)

    def _everybody(self, agents: list[str], presence: Presence, at: datetime) -> None:
        self.world.clock.to(at)
        for agent_id in agents:
            ChangePresence(*self._needs)(agent_id, presence)
            self._wait(1, 5)

    def _head(self, customer: Address) -> Head:
        return self._known(Head, self._known(AddressOwner, customer).root)

    def _known(self, kind: type[T], *by: object) -> T:
        found = self.world.store.get(Ref(kind, *by))
        if found is None:
            raise LookupError(f"no {kind.__name__} {by}")
        return found

    def _now(self) -> Now:
        return Now(self.world.clock(), self.world.ids, self.world.settings.centre())

    def _wait(self, least: int, most: int) -> None:
        self.world.clock.advance(self._chance.randint(least, most))

    def _at(self, back: int, of_day: time) -> datetime:
        day = self._today - timedelta(days=back)
        return datetime.combine(day, of_day, self._zone).astimezone(UTC)
