"""What a centre sustains, computed from the template: a setting that makes a hop narrower breaks a test."""

import pytest

from infra.capacity.hops import RAISED, first, hops
from infra.capacity.load import CASE
from infra.capacity.quotas import FURTHER, LARGE, MIDDLE, QUOTAS, SMALL
from infra.capacity.setup import MAPPING
from infra.capacity.tables import told
from infra.local.template import resources

REGIONS = (*LARGE, *MIDDLE, *FURTHER, *SMALL, "ap-northeast-2")


@pytest.mark.parametrize("region", REGIONS)
def test_a_hundred_messages_in_and_out_a_second_pass_with_defaults(region: str) -> None:
    narrowest = first(hops(region))

    assert narrowest.pairs >= 100, narrowest


def test_a_thousand_pass_where_named_quotas_are_raised() -> None:
    narrowest = first(hops("us-east-1", RAISED))

    assert narrowest.pairs >= 1000, narrowest


@pytest.mark.parametrize("region", REGIONS)
def test_what_keeps_a_region_from_a_thousand_can_be_raised(region: str) -> None:
    narrow = [hop for hop in hops(region, RAISED) if hop.held and hop.pairs < 1000]

    by_name = {quota.name: quota for quota in QUOTAS.values()}
    assert all(by_name[hop.by].raised for hop in narrow), narrow


def test_the_first_bottleneck_has_a_name_and_a_way_to_widen_it() -> None:
    narrowest = first(hops("us-east-1"))

    assert (narrowest.name, narrowest.by) == ("table", "WarmWrites")
    assert "first bottleneck table" in told("us-east-1")


def test_a_pool_makes_a_hundred_offers_a_second_and_holds_nothing_up() -> None:
    """A pool is one of many, so it is printed beside the hops that all messages pass."""
    offers = next(hop for hop in hops("us-east-1") if hop.name.startswith("assigner"))

    assert offers.pairs / CASE >= 100
    assert not offers.held
    assert offers.name in told("us-east-1")


def test_whatever_reads_a_queue_or_the_stream_is_counted_or_handles_nothing_of_a_message() -> None:
    counted = {word for hop in hops("us-east-1") for word in hop.by.split()}
    counted |= {"EventPublisherSource", "DeskNotifierSource"}  # bound by the table's shards
    rare = {"AssignerSource", "SurveyDispatcherSource"}  # not held yet; one of a case
    rare |= {"EmailNoticesSource", "EmailSenderSource"}  # mails are no part of the load that is asked about
    rare |= {"VoiceSenderSource"}  # nor are calls: a carrier places one a second

    assert set(resources(MAPPING)) - counted - rare == set()


def test_the_queue_fed_functions_together_leave_the_doors_their_share_of_an_account() -> None:
    hands = [one["Properties"].get("ScalingConfig", {}) for one in resources(MAPPING).values()]

    assert sum(each.get("MaximumConcurrency", 0) for each in hands) <= QUOTAS["concurrency"].usual / 2
