"""A replayed day as the terminal shows it."""

from infra.cli.table import table
from infra.simulation.figures import DayFigures
from infra.simulation.replay import Replay

HEADS = ("", "as it was", "replayed", "other settings")
ROWS = (
    ("contacts", "queued"),
    ("answered", "answered"),
    ("abandoned", "abandoned"),
    ("ASA, s", "asa_s"),
    ("service level, removed form, %", "service_level_removed"),
    ("service level, answered form, %", "service_level_answered"),
    ("abandonment, %", "abandonment"),
    ("occupancy, %", "occupancy"),
)
ASSUMED = """\
In time is within {goal} s. Replayed is with the settings in force now: what differs from the day as it was
is what the replay does not know. Of {drawn} customers who were answered, how long they would have waited is
not known: it is drawn from those who gave up that day (seed {seed}). Ringing and declines are drawn from the
day's offers; {guessed} contacts that were never handled get the mean. What a contact needs is known where it
was offered. Who owns a case and whom it prefers is left out."""


def told(replayed: Replay, day: str, seed: int, goal: float) -> str:
    sides = (replayed.recorded, replayed.own, replayed.other)
    rows = [(title, *(_cell(side, name) for side in sides)) for title, name in ROWS]
    assumed = ASSUMED.format(
        goal=f"{goal:g}", drawn=replayed.drawn, seed=seed, guessed=replayed.handle_guessed
    )
    return f"{day}\n{table(HEADS, rows)}\n\n{assumed}"


def _cell(side: DayFigures, name: str) -> str:
    value = getattr(side, name)
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    return f"{value:.1f}" if name == "asa_s" else f"{value * 100:.1f}"
