"""The whole contact centre on this machine: embedded AWS, the deployed template, staff, provider, front door.

`make run` holds one of these; journey tests hold one per session, in a folder of their own:

    with Centre(tmp_path) as centre:
        centre.client("dynamodb").scan(TableName=centre.outputs["TableName"])
        requests to centre.address, sockets to centre.address with ws instead of http
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import boto3
from aiohttp import ClientSession, web

from infra.local.demo.past import configure, connect, remember
from infra.local.demo.seed import Login, account, staff
from infra.local.deploy import STACK, deploy
from infra.local.emulator import REGION, Emulator, remembered_port
from infra.local.front.door import FrontDoor, Neighbour, listen
from infra.local.front.map import application
from infra.local.front.static import Static
from infra.local.health import missing
from infra.local.providers import MailServer, Site, StandIn, block, carried, fed, load

Say = Callable[[str], None]
AT_ONCE = 3.0  # seconds: a centre that is not complete has nothing to keep
PATIENCE = 60.0  # for requests in flight and the last snapshot


class Centre:
    """`state` is kept between starts; `port` 0 takes a free one; with `past` a week has gone by already.
    Raises PortTaken when made, NotStarted and NotDeployed when started."""

    def __init__(self, state: Path, port: int = 0, say: Say = lambda line: None, past: bool = False) -> None:
        self._say, self._past = say, past
        self.state = state
        self.emulator = Emulator(state)
        self._door = FrontDoor(listen(port))
        self.outputs: dict[str, str] = {}
        self.logins: list[Login] = []
        self.providers: dict[str, StandIn] = {}
        self.provider_urls: dict[str, str] = {}

    region = REGION
    stack = STACK

    @property
    def address(self) -> str:
        """The front door, without a slash at its end."""
        return self._door.address

    @property
    def mail(self) -> MailServer | None:
        """Where mails to the centre are taken; None where its channel is off."""
        for one in fed():
            if one.name in self.providers:
                return MailServer(f"127.0.0.1:{self.emulator.mail_port}", load(one).ADDRESS)
        return None

    @property
    def endpoint(self) -> str:
        return self.emulator.endpoint

    def session(self) -> boto3.Session:
        return self.emulator.session()

    def client(self, service: str) -> Any:
        return self.emulator.client(service)

    def missing(self) -> list[str]:
        """What does not run (yet), in sentences; nothing when everything does."""
        return missing(self.emulator)

    def start(self) -> None:
        try:
            self._start()
        except BaseException:
            self.stop(AT_ONCE)
            raise

    def stop(self, patience: float = PATIENCE) -> None:
        """`patience` is what the embedded AWS gets to end by itself."""
        try:
            self._door.stop()
        finally:
            self.emulator.stop(patience)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self) -> None:
        self._say("Starting the embedded AWS …")
        self.emulator.start()
        ports = {one.name: remembered_port(self.emulator.state, one.name) for one in (*carried(), *fed())}
        self.provider_urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
        self._say("Deploying template.yaml …")
        self.outputs = deploy(self.emulator, self._parameters())
        self._say("Filling in credentials and staff …")
        self.providers = self._stand_ins()
        self.logins = staff(self.emulator, self.outputs)
        configure(self.emulator, self.outputs)
        if self._past:
            self._say("Remembering last week …")
            remember(self.emulator, self.outputs, self.stack)
        connect(self.emulator, self.outputs)
        self._say("Opening the front door …")
        self._open(ports)
        self.emulator.keep()

    def _parameters(self) -> dict[str, str]:
        port = self.address.rsplit(":", 1)[1]
        # Sites beside our own that may embed the widget, to try it on another page of this machine.
        others = os.environ.get("PATCHBAY_ORIGINS", "")
        origins = [self.address, f"http://localhost:{port}", *others.split(",")]
        return {
            "Target": "local",
            "LocalEndpoint": self.endpoint,
            "PublicUrl": self.address,
            "AllowedOrigins": ",".join(origin.strip() for origin in origins if origin.strip()),
            **{f"{block(one.name)}ApiUrl": self.provider_urls[one.name] for one in carried()},
            **{name: value for one in fed() for name, value in load(one).PARAMETERS.items()},
        }

    def _stand_ins(self) -> dict[str, StandIn]:
        """One for each channel that is on, at the account its secret holds, or on the embedded AWS."""
        accounts = {one: account(self.emulator, self.outputs, one) for one in carried()}
        told = {one.name: load(one).stand_in(held, self.address) for one, held in accounts.items() if held}
        site = Site(self.address, self.outputs, self.client, self.emulator.mail_port)
        return told | {one.name: made for one in fed() if (made := load(one).at(site))}

    def _open(self, ports: Mapping[str, int]) -> None:
        neighbours: dict[int, Neighbour] = {ports[name]: one for name, one in self.providers.items()}
        providers = {name: self.provider_urls[name] for name in self.providers}
        static, gateway = Static(self.address, self.endpoint), f"{self.endpoint}/_aws/execute-api"

        def make(http: ClientSession) -> web.Application:
            return application(http, gateway, self.outputs, providers, static, self.logins, self.missing)

        self._door.start(make, neighbours)
