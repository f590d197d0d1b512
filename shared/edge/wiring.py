"""Everything a handler reaches the world through, built late and once.

Adapters are imported where they are built: a function pays only for what it touches, a webhook never for
PynamoDB. Tests, the stepper and the simulation call `use`; nothing else switches.
"""

import os
from datetime import datetime
from functools import cached_property
from typing import Any

from shared.adapters.clock import system_clock
from shared.adapters.threads import many_at_once, ten_at_once, within
from shared.domain.ids import ulid
from shared.domain.now import Now
from shared.domain.traits import Channels
from shared.edge.services import client_of, queue_of, sockets_of
from shared.edge.settings import environment
from shared.ports import (
    Aws,
    Census,
    Clock,
    FetchFile,
    Files,
    Finder,
    Http,
    Ids,
    Inbox,
    Journal,
    Meter,
    Outbox,
    Postpone,
    Secrets,
    Settings,
    Sockets,
    StaffPool,
    Store,
    Tables,
    TypeOf,
    Witness,
)


class Ports:
    """The real ports; any of them may be given instead, by name."""

    def __init__(self, **given: Any) -> None:
        if unknown := [name for name in given if not hasattr(type(self), name)]:
            raise TypeError(f"no such port: {', '.join(unknown)}")
        self.__dict__.update(given)

    at_once = staticmethod(ten_at_once)
    many_at_once = staticmethod(many_at_once)
    within = staticmethod(within)

    @cached_property
    def clock(self) -> Clock:
        return system_clock

    @cached_property
    def ids(self) -> Ids:
        return lambda: ulid(self.clock(), os.urandom(10))

    def now(self, channels: Channels, at: datetime | None = None) -> Now:
        """This moment, or `at`, with all that a decision takes from outside."""
        told = self.settings
        return Now(at or self.clock(), self.ids, told.centre(), channels, told.roster, told.queue_states)

    @cached_property
    def store(self) -> Store:
        from shared.adapters.store import TableStore

        return TableStore(environment.table_name, client_of("dynamodb"))

    @cached_property
    def inbox(self) -> Inbox:
        from shared.adapters.queues import SqsInbox

        return SqsInbox(queue_of("inbound"), queue_of("delivery"), lambda: self.files)

    @cached_property
    def outbox(self) -> Outbox:
        from shared.adapters.bus import Bus
        from shared.adapters.queues import Queue, SqsOutbox

        def sender(channel: str) -> Queue:
            return Queue(client_of("sqs"), lambda: environment.outbound_queue_url(channel))

        queues = {name: queue_of(name) for name in ("routing", "timers", "media", "unannounced")}
        bus = Bus(client_of("events"), lambda: environment.bus_name)
        return SqsOutbox(queues, sender, bus, lambda: self.store, self.ids)

    @cached_property
    def witness(self) -> Witness:
        from shared.adapters.witness import AwsWitness

        names = [f"{one}_queue_url" for one in ("inbound", "inbound_dead", "delivery", "delivery_dead")]
        queues = lambda: [str(getattr(environment, name)) for name in names]  # noqa: E731  # read when asked
        clients = (client_of("cloudwatch"), client_of("sqs"))
        return AwsWitness(*clients, queues, lambda: environment.powertools_metrics_namespace)

    @cached_property
    def journal(self) -> Journal:
        from shared.adapters.journal import AwsJournal

        return AwsJournal(client_of("logs"), lambda: environment.powertools_metrics_namespace)

    @cached_property
    def census(self) -> Census:
        from shared.adapters.census import TableCensus

        return TableCensus(environment.table_name, client_of("dynamodb"))

    @cached_property
    def tables(self) -> Tables:
        from shared.adapters.tables_out import DuckTables

        return DuckTables()

    @cached_property
    def postpone(self) -> Postpone:
        from shared.adapters.postpone import SqsPostpone

        return SqsPostpone(client_of("sqs"))

    @cached_property
    def staff_pool(self) -> StaffPool:
        from shared.adapters.staff_pool import CognitoPool

        return CognitoPool(client_of("cognito-idp"), lambda: environment.user_pool_client_id)

    @cached_property
    def desk_sockets(self) -> Sockets:
        return sockets_of("desk_socket_url")

    @cached_property
    def chat_sockets(self) -> Sockets:
        return sockets_of("chat_socket_url")

    @cached_property
    def http(self) -> Http:
        from shared.adapters.http import PooledHttp

        return PooledHttp()

    @cached_property
    def fetch(self) -> FetchFile:
        from shared.adapters.fetch import GuardedFetch

        return GuardedFetch()

    @cached_property
    def type_of(self) -> TypeOf:
        from shared.adapters.file_type import type_of

        return type_of

    @cached_property
    def aws(self) -> Aws:
        from shared.adapters.aws_call import AwsCaller

        return AwsCaller()

    @cached_property
    def secrets(self) -> Secrets:
        from shared.adapters.secrets import ManagedSecrets

        return ManagedSecrets(client_of("secretsmanager"), self.clock)

    @cached_property
    def files(self) -> Files:
        from shared.adapters.files import S3Files

        return S3Files(client_of("s3"), lambda: environment.files_bucket)

    @cached_property
    def finder(self) -> Finder:
        from shared.adapters.text_finder import S3Finder

        return S3Finder(client_of("s3"), lambda: environment.files_bucket)

    @cached_property
    def notice_files(self) -> Files:
        from shared.adapters.files import S3Files

        return S3Files(client_of("s3"), lambda: environment.notice_bucket)

    @cached_property
    def settings(self) -> Settings:
        from shared.adapters.centre import StoredSettings

        return StoredSettings(lambda: self.store, self.clock)

    @cached_property
    def meter(self) -> Meter:
        from shared.edge.observability import EmfMeter

        return EmfMeter()


def new_key() -> str:
    """A secret of 32 bytes, in hex, that nobody has seen."""
    return os.urandom(32).hex()


_ports: Ports | None = None


def ports() -> Ports:
    """The ports of this process: those in use, else the real ones."""
    global _ports
    _ports = _ports or Ports()
    return _ports


def use(given: Ports) -> None:
    global _ports
    _ports = given


def reset() -> None:
    """Forget the ports: the next handler builds the real ones anew."""
    global _ports
    _ports = None
