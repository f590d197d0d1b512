"""Clients, queues and sockets as the environment names them, made when somebody asks and not before."""

from collections.abc import Callable
from typing import Any

from shared.edge.settings import environment
from shared.ports import Sockets


def client_of(service: str, variable: str = "") -> Callable[[], Any]:
    from shared.adapters.clients import client

    return lambda: client(service, str(getattr(environment, variable))) if variable else client(service)


def queue_of(name: str) -> Any:
    from shared.adapters.queues import Queue

    return Queue(client_of("sqs"), lambda: str(getattr(environment, f"{name}_queue_url")))


def sockets_of(variable: str) -> Sockets:
    from shared.adapters.sockets import GatewaySockets

    return GatewaySockets(client_of("apigatewaymanagementapi", variable))
