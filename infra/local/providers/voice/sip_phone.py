"""A telephone with real sound: it hears what is spoken to it, and what it says is heard."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from infra.local.providers.voice.call import Call, Key
from infra.local.providers.voice.pace import Pace
from infra.local.providers.voice.phones import Sound as Played
from infra.local.providers.voice.recordings import CALLER, OTHERS, Recordings
from infra.local.providers.voice.rtp import QUIET, Sound
from infra.local.providers.voice.speech import spoken, tone
from infra.local.providers.voice.wave_file import loudness, mixed

LOUD = 0.01
SPOKE = 1.0  # seconds for which somebody counts as speaking
MOST_HEARD = 10  # frames of another person that wait


class Signals(Protocol):
    """The SIP side of one call."""

    def invite(self) -> None:
        """Ring; `picked_up` or `refused` of the phone is called."""

    def accept(self) -> None:
        """Say that we have answered."""

    def end(self, status: str) -> None:
        """From our side, in whatever state it is."""


class SipPhone:
    real = True

    def __init__(self, recordings: Recordings, begin: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self.pace = Pace(1.0, 1.0, 1.0)
        self.sound = Sound(self._pressed, self.tick)
        self.signals: Signals | None = None
        self.call: Call | None = None
        self._recordings, self._begin = recordings, begin
        self._voices: dict[str, deque[bytes]] = {}
        self._spoke = 0.0

    # ------------------------------------------------------------------ as a Phone

    async def speak(self, text: str, language: str) -> None:
        await self.sound.play(await asyncio.to_thread(spoken, text, language))

    async def play(self, sound: Played) -> None:
        await self.sound.play(sound.samples or tone(sound.seconds))

    async def silence(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def ring(self, call: Call) -> None:
        self.call = call
        if self.signals:
            self.signals.invite()
        else:
            call.refuse("failed")

    def answered(self) -> None:
        if self.signals:
            self.signals.accept()

    def hang_up(self, status: str) -> None:
        if self.signals:
            self.signals.end(status)
        self.sound.close()

    def speaks(self) -> bool:
        return asyncio.get_running_loop().time() - self._spoke < SPOKE

    def overhear(self, speaker: Call, words: str) -> None:
        """Somebody without sound says something in the room."""
        self._begin(self._said(speaker, words))

    async def _said(self, speaker: Call, words: str) -> None:
        samples = await asyncio.to_thread(spoken, words, "ko-KR")
        frames = [
            samples[at : at + len(QUIET)].ljust(len(QUIET), b"\0")
            for at in range(0, len(samples), len(QUIET))
        ]
        self._voices[f"words of {speaker.sid}"] = deque(frames)

    # ------------------------------------------------------------------ sound

    def _pressed(self, digit: str) -> None:
        if self.call:
            self.call.heard.add("keys", digit)
            self.call.input.put_nowait(Key(digit))

    def press(self, digit: str) -> None:
        """By SIP INFO."""
        self._pressed(digit)

    def hear(self, speaker: Call, frame: bytes) -> None:
        """A frame of somebody else in the room."""
        self._voices.setdefault(speaker.sid, deque(maxlen=MOST_HEARD)).append(frame)

    def tick(self, came: bytes, played: bytes) -> bytes:
        """What this end hears in this frame: what is played and what others say."""
        heard = mixed([played, *self._frames()]) or QUIET
        if self.call is None:
            return heard
        loud = came != QUIET and loudness(came) > LOUD
        if loud:
            self._spoke = asyncio.get_running_loop().time()
        self._recordings.sound(self.call, CALLER, came, loud)
        self._recordings.sound(self.call, OTHERS, heard, False)
        for listener in self.call.room.listeners(self.call) if self.call.room else ():
            listener.phone.hear(self.call, came)
            if not listener.phone.real:
                self._shown(self.call, listener, came, loud)
        return heard

    def _shown(self, speaker: Call, listener: Call, frame: bytes, loud: bool) -> None:
        """To a person who reads what is heard; their recording has the sound."""
        self._recordings.sound(listener, OTHERS, frame, False)
        if loud:
            listener.heard.add_once("sound", speaker.number)

    def _frames(self) -> list[bytes]:
        waiting = [(sid, frames) for sid, frames in self._voices.items() if frames]
        self._voices = dict(waiting)
        return [frames.popleft() for _, frames in waiting]
