"""How fast time goes on a line without real sound: a person reads faster than a prompt is spoken, and a test
waits for nothing.
"""

import asyncio
from dataclasses import dataclass

LETTERS_A_SECOND = 12


@dataclass
class Pace:
    """`sounds` is for what is played, `waits` for a phone that rings, `answers` for the time that a person
    has for keys and words, who has to read first; 1.0 is real time.
    """

    sounds: float = 0.1
    waits: float = 1.0
    answers: float = 3.0

    async def sound(self, seconds: float) -> None:
        await asyncio.sleep(seconds * self.sounds)

    def wait(self, seconds: float) -> float:
        return seconds * self.waits

    def answer(self, seconds: float) -> float:
        return seconds * self.answers


def spoken_seconds(text: str) -> float:
    """About how long it takes to speak this. A Hangul syllable takes as long as two Latin letters."""
    letters = sum(2 if ord(letter) > 0x1100 else 1 for letter in text)
    return max(0.5, letters / LETTERS_A_SECOND)
