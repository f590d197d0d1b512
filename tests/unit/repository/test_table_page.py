"""infra/table.md is the page people read; shared/adapters/table.py is what is so. They say the same."""

import re

import pytest

from shared.adapters.table import LAYOUT, Key
from tests.support.tree import ROOT

ROW = re.compile(r"\| (\w+) \| `([^`]+)` \| `([^`]+)` \|")
PAGE = {kind: (pk, sk) for kind, pk, sk in ROW.findall((ROOT / "infra/table.md").read_text())}


def test_every_kind_of_item_is_on_the_page_and_no_other() -> None:
    assert set(PAGE) == {kind.__name__ for kind in LAYOUT}


@pytest.mark.parametrize("kind", LAYOUT, ids=lambda kind: kind.__name__)
def test_the_keys_are_the_same_whatever_the_places_are_called(kind: type) -> None:
    pk, sk = PAGE[kind.__name__]

    assert (blank(pk, r"<\w+>"), blank(sk, r"<\w+>")) == keys(LAYOUT[kind])


def keys(layout: Key) -> tuple[str, str]:
    return blank(layout.pk, r"\{[^}]*\}"), blank(layout.sk, r"\{[^}]*\}")


def blank(key: str, place: str) -> str:
    return re.sub(place, "<>", key)


def test_every_item_that_can_expire_says_so_in_the_attribute_of_the_template() -> None:
    from dataclasses import fields

    from infra.local.template import resources

    told = resources()["Table"]["Properties"]["TimeToLiveSpecification"]["AttributeName"]
    moments = {f.name for kind in LAYOUT for f in fields(kind) if f.name.startswith("expires")}

    assert moments == {told}
