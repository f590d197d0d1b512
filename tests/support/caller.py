"""A caller on the telephone: what the door makes of them, told to the router in any order the test wants."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from shared.domain.address.address import Address
from shared.domain.address.way import Way
from shared.domain.channel.arrival import Arrival, CallbackRequest, SurveyAnswer
from shared.domain.channel.call_place import CallPlace
from shared.domain.channel.calling import CallBegan, CallWord, Keyed, LeftWord, LegHeard, Transcribed
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.call import Call, LegState
from shared.domain.customer.flow_place import FlowPlace
from shared.domain.flow.flow import Flow
from shared.domain.flow.step import About, Begun, Stepped, Typed, step
from shared.domain.timeline.content import Part
from tests.support.rule_scene import NUMBER, RuleScene

OUR_LINE = "+15005550009"
DESK_PHONE = "+821055500201"
SOUND = Part("", "audio/wav", source="https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1")
Word = CallWord | CallbackRequest | SurveyAnswer


@dataclass
class Caller:
    """One call. `flow` is the menu that the door speaks, as the same rules have it; None for no menu. What
    the caller does is routed at once; `tell` says it later, or again.
    """

    scene: RuleScene
    flow: Flow | None = None
    sid: str = "CA1"
    number: str = NUMBER
    languages: tuple[str, ...] = ("ko", "en")
    told: list[tuple[str, Arrival]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at: Stepped | None = None

    # what the caller does

    def rings(self) -> Outcome:
        return self._does("call", CallBegan(self.sid), self._begins)

    def keys(self, text: str) -> Outcome:
        place = self._place()
        return self._does(f"keys-{place.turns}-{text}", Keyed(self.sid, place, text), self._goes_on(text))

    def leaves_word(self) -> Outcome:
        return self._does("word", LeftWord(self.sid, SOUND, 7))

    def hangs_up(self, sequence: int = 3) -> Outcome:
        said = LegHeard("", self.sid, LegState.ENDED, sequence, seconds=42)
        return self._does(f"status-{sequence}", said)

    def transcribed(self, text: str) -> Outcome:
        place = CallPlace("text", self.scene.world.clock(), self.sid)
        return self._does("text", Transcribed("RE1", text), place=place)

    def asks_for_a_call(self, phone: str = "") -> Outcome:
        return self._does("callback", CallbackRequest(phone or self.number))

    def scores(self, score: int) -> Outcome:
        return self._does(f"score-{score}", SurveyAnswer(score))

    # how it is told

    def _does(
        self, name: str, what: Word, then: Callable[[], None] = lambda: None, place: CallPlace | None = None
    ) -> Outcome:
        address = Address("phone", self.number)
        way = Way("", address, "", self.number, OUR_LINE, self.sid)
        self.told.append((f"{self.sid}:{name}", Arrival(way, what, call=place)))
        then()
        return self.tell(-1)

    def tell(self, n: int, acceptance: str = "") -> Outcome:
        """The n-th word, perhaps another copy of it."""
        event, arrival = self.told[n]
        return self.scene.route(self.scene.raw("voice", event, acceptance), arrival)

    def _begins(self) -> None:
        if self.flow:
            begun = FlowPlace(self.flow.name, 1, self.flow.steps[0].name, self.scene.world.clock())
            self.at = step(self.flow, begun, Begun(), self._about())

    def _goes_on(self, text: str) -> Callable[[], None]:
        def goes_on() -> None:
            if self.flow:
                self.at = step(self.flow, self._place(), Typed(text), self._about())

        return goes_on

    def _place(self) -> FlowPlace:
        assert self.at
        return replace(self.at.place, asked=0)

    def _about(self) -> About:
        return About(self.languages, True, "open", calls=True)

    # what is so

    def call(self) -> Call:
        return next(call for call in self.scene.all(Call) if call.legs[0].sid == self.sid)
