"""The verbs of TwiML that are run here, each as Twilio's page describes it."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from infra.local.providers.voice.documents import Document, Source
from infra.local.providers.voice.verbs.dialling import dial
from infra.local.providers.voice.verbs.ending import hangup, leave, redirect, reject
from infra.local.providers.voice.verbs.gathering import gather
from infra.local.providers.voice.verbs.queueing import enqueue
from infra.local.providers.voice.verbs.recording import record
from infra.local.providers.voice.verbs.speaking import pause, play, say

if TYPE_CHECKING:
    from infra.local.providers.voice.line import Line

Verb = Callable[["Line", Element, Document], Awaitable[Source | None]]

VERBS: dict[str, Verb] = {
    "Dial": dial,
    "Enqueue": enqueue,
    "Gather": gather,
    "Hangup": hangup,
    "Leave": leave,
    "Pause": pause,
    "Play": play,
    "Record": record,
    "Redirect": redirect,
    "Reject": reject,
    "Say": say,
}
# While a caller waits in a queue, and before a conference begins.
WAITING = {name: VERBS[name] for name in ("Gather", "Hangup", "Leave", "Pause", "Play", "Redirect", "Say")}
MUSIC = {name: VERBS[name] for name in ("Pause", "Play", "Redirect", "Say")}
