"""House rules of the template: what may not be made at the same time is made one after another.

API Gateway answers 409 to a second change of an API while it works on the first; and it makes no stage of a
WebSocket API without a route. CloudFormation makes at once whatever does not wait for something.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from infra.cli.scaffold.template import with_channel
from infra.local.stacks import BLOCK
from infra.local.template import STACKS, TEMPLATE, parsed, written
from tests.support.template import Resource, as_list, named

PARTS = ("Integration", "Route", "Stage", "Deployment", "Authorizer", "RouteResponse", "IntegrationResponse")
GROWN = parsed(with_channel(with_channel(TEMPLATE.read_text(), "letter"), "pigeon"))
FILES = {"template.yaml": written(), "with two channels more": GROWN}
FILES |= {path.name: written(path) for path in STACKS}


def changing(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The API that a resource changes, and the resource; a channel's stack changes the API of the doors."""
    for name, one in told["Resources"].items():
        given = one.get("Properties", {})
        if one["Type"] in {f"AWS::ApiGatewayV2::{part}" for part in PARTS}:
            yield next(named(given["ApiId"])), name
        elif one["Type"] == BLOCK and (doors := given.get("Parameters", {}).get("Doors")):
            yield next(named(doors)), name


def waits_for(resource: Resource) -> set[str]:
    """Of a channel's stack SAM hands on no Metadata."""
    parts = ("Properties",) if resource["Type"] == BLOCK else ("Properties", "Metadata")
    asked = [resource.get(part, {}) for part in parts]
    return {*named(asked), *as_list(resource.get("DependsOn", []))}


def before(told: dict[str, Any], name: str) -> set[str]:
    """All that is made before a resource."""
    found: set[str] = set()
    ahead = {name}
    while ahead:
        ahead = {one for n in ahead for one in waits_for(told["Resources"][n])} & set(told["Resources"])
        ahead -= found
        found |= ahead
    return found


@pytest.mark.parametrize("file", FILES)
def test_what_changes_one_api_is_made_one_after_another(file: str) -> None:
    told = FILES[file]
    earlier = {name: before(told, name) for _, name in changing(told)}

    for (api, one), (other_api, other) in combinations(changing(told), 2):
        if api == other_api:
            assert one in earlier[other] or other in earlier[one], f"{one} and {other} meet in {api}"


def test_a_switched_off_part_leaves_no_gap() -> None:
    blocks = [name for _, name in changing(GROWN) if GROWN["Resources"][name]["Type"] == BLOCK]

    for number, name in enumerate(blocks):
        assert set(blocks[:number]) <= waits_for(GROWN["Resources"][name]), "each names all before it"


@pytest.mark.parametrize("file", FILES)
def test_no_order_names_what_might_be_absent(file: str) -> None:
    """CloudFormation refuses a DependsOn on a resource whose condition does not hold."""
    told = FILES[file]["Resources"]
    narrower = {("HttpStates", "Http"), ("HttpHandshake", "Http"), ("EmailReceived", "EmailOn")}

    for name, one in told.items():
        for earlier in as_list(one.get("DependsOn", [])):
            mine, theirs = one.get("Condition", ""), told[earlier].get("Condition", "")
            assert theirs in ("", mine) or (mine, theirs) in narrower, f"{name} waits for {earlier}"


@pytest.mark.parametrize("file", FILES)
def test_a_socket_has_its_routes_before_its_stage(file: str) -> None:
    told = FILES[file]
    sockets = {n for n, one in told["Resources"].items() if is_socket(one)}

    for stage, one in told["Resources"].items():
        if one["Type"] == "AWS::ApiGatewayV2::Stage" and (api := next(named(one["Properties"]))) in sockets:
            routes = {
                name
                for of, name in changing(told)
                if of == api and told["Resources"][name]["Type"].endswith("Route")
            }
            assert routes
            assert routes <= before(told, stage)


def is_socket(resource: Resource) -> bool:
    return bool(resource.get("Properties", {}).get("ProtocolType") == "WEBSOCKET")
