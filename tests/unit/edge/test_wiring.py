"""Ports: built late, once, and replaceable as a whole."""

import pytest

from infra.twins.world import World
from shared import ports as ports_module
from shared.edge import wiring
from shared.edge.wiring import Ports


def test_the_same_ports_serve_a_whole_process() -> None:
    assert wiring.ports() is wiring.ports()
    assert wiring.ports().inbox is wiring.ports().inbox


def test_no_port_demands_a_setting_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("INBOUND_QUEUE_URL", "BUS_NAME", "TABLE_NAME", "FILES_BUCKET"):
        monkeypatch.delenv(name, raising=False)

    assert wiring.ports().inbox and wiring.ports().outbox and wiring.ports().secrets


def test_given_ports_are_used_until_the_reset(world: World) -> None:
    assert wiring.ports().inbox is world.inbox

    wiring.reset()

    assert wiring.ports().inbox is not world.inbox


def test_a_port_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match="no such port: outbix"):
        Ports(outbix=None)


def test_ids_are_new_and_sortable() -> None:
    first, second = wiring.ports().ids(), wiring.ports().ids()

    assert first != second
    assert len(first) == 26


def test_the_clock_says_no_more_than_we_write() -> None:
    assert wiring.ports().clock().microsecond % 1000 == 0


def test_the_twins_are_what_the_ports_ask_for(world: World) -> None:
    inbox: ports_module.Inbox = world.inbox
    outbox: ports_module.Outbox = world.outbox
    sockets: ports_module.Sockets = world.desk_sockets
    http: ports_module.Http = world.http
    secrets: ports_module.Secrets = world.secrets
    files: ports_module.Files = world.files
    meter: ports_module.Meter = world.meter
    postpone: ports_module.Postpone = world.postpone
    settings: ports_module.Settings = world.settings
    clock: ports_module.Clock = world.clock
    ids: ports_module.Ids = world.ids

    assert all((inbox, outbox, sockets, http, secrets, files, meter, postpone, settings, clock, ids))
