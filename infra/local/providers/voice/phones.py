"""The far end of a leg: here a person at a page or a terminal, who reads what is heard. sip.py has the other
kind, which hears and speaks real sound.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from infra.local.providers.voice.pace import Pace, spoken_seconds

if TYPE_CHECKING:
    from infra.local.providers.voice.call import Call


@dataclass(frozen=True, slots=True)
class Sound:
    """16 bit samples at 8,000 Hz, mono; without them (a format that we do not read) only its length."""

    seconds: float
    samples: bytes = b""


class Phone(Protocol):
    """`real` says whether it hears and speaks real sound."""

    pace: Pace
    real: bool

    async def speak(self, text: str, language: str) -> None:
        """Returns when it has been spoken."""

    async def play(self, sound: Sound) -> None: ...

    async def silence(self, seconds: float) -> None: ...

    def ring(self, call: "Call") -> None:
        """Somebody calls this phone; it sets `picked_up`, or refuses."""

    def speaks(self) -> bool:
        """Whether its person was heard speaking in the last second."""

    def answered(self) -> None:
        """The call that it made was answered."""

    def hear(self, speaker: "Call", frame: bytes) -> None:
        """20 ms of another person's real sound, in the same room."""

    def overhear(self, speaker: "Call", words: str) -> None:
        """What another person without sound says, in the same room."""

    def hang_up(self, status: str) -> None:
        """The call is over for it, with this last status."""


class PagePhone:
    """Nothing to hear: time passes as fast as its pace says."""

    real = False

    def __init__(self, pace: Pace) -> None:
        self.pace = pace

    async def speak(self, text: str, language: str) -> None:
        await self.pace.sound(spoken_seconds(text))

    async def play(self, sound: Sound) -> None:
        await self.pace.sound(sound.seconds)

    async def silence(self, seconds: float) -> None:
        await self.pace.sound(seconds)

    def ring(self, call: "Call") -> None: ...

    def speaks(self) -> bool:
        return False

    def answered(self) -> None: ...

    def hear(self, speaker: "Call", frame: bytes) -> None: ...

    def overhear(self, speaker: "Call", words: str) -> None: ...

    def hang_up(self, status: str) -> None: ...
