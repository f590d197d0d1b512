"""What a recording is made of when nobody really spoke: words to be spoken later, sounds, silence."""

from dataclasses import dataclass

from infra.local.providers.voice.pace import spoken_seconds
from infra.local.providers.voice.phones import Sound


@dataclass(frozen=True, slots=True)
class Piece:
    text: str = ""
    language: str = ""
    sound: Sound | None = None

    @property
    def seconds(self) -> float:
        return self.sound.seconds if self.sound else spoken_seconds(self.text)
