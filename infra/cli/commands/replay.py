"""Live through a recorded day again with other settings: replay --day 2026-01-05 --config other.yaml

The same contacts come, the same agents are there, each is handled as long as it was; the matching is the real
one. Side by side: the day as it was, replayed with the settings in force, and replayed with the file's.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from infra.cli.answer import Answer, CannotAnswer
from infra.cli.days import as_day
from infra.cli.place import add_place, find_place
from infra.cli.replay_text import told
from infra.settings_file import WrongSettings, read_settings
from infra.simulation.facts import lines_of
from infra.simulation.recorded import RecordedDay, recorded_day
from infra.simulation.replay import Replayer
from shared.domain.roster import Roster, roster
from shared.domain.times import day_bounds

AT_ONCE = 100


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--day", type=as_day, required=True, metavar="YYYY-MM-DD", help="a day of the centre")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="the other settings")
    parser.add_argument("--seed", type=int, default=1, help="of what is drawn: patience, ringing, declines")
    add_place(parser)


def run(given: Namespace) -> Answer:
    from functions import channels
    from shared.edge.wiring import ports
    from shared.use_cases.report.read_raw import ReadRaw

    find_place(given)
    other, own = _settings(given.config), ports().settings.roster()
    bounds = day_bounds(given.day, own.centre.zone)
    day = recorded_day(lines_of(ReadRaw(ports().files)(given.day)), *bounds)
    if not day.contacts:
        raise CannotAnswer(f"No contact was queued on {given.day}: there is nothing to replay.")
    goal = own.centre.service_level_seconds
    replayed = Replayer(day, channels.traits(), _logins(day), goal, given.seed)(own, other)
    about = {"day": str(given.day), "seed": given.seed, "goal_s": goal}
    return Answer({**about, **asdict(replayed)}, told(replayed, str(given.day), given.seed, goal))


def _settings(path: Path) -> Roster:
    """Raises CannotAnswer."""
    from functions import channels

    try:
        document = read_settings(channels.traits(), path).document
    except WrongSettings as error:
        raise CannotAnswer(str(error)) from error
    return roster(document.centre, document.members)


def _logins(day: RecordedDay) -> Mapping[str, str]:
    from shared.domain.change import Ref
    from shared.domain.routing.staff import Agent
    from shared.edge.wiring import ports

    ids = sorted({id for id, _, _ in day.here})
    pages = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
    found = (agent for page in pages for agent in ports().store.get_all(*(Ref(Agent, id) for id in page)))
    return {agent.id: agent.login for agent in found if agent}
