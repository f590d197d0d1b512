"""The stacks inside the template: one block per channel, and room for many of them."""

import json
from typing import Any

import pytest

from functions import channels
from infra.cli.functions import resources
from infra.cli.place import deployed
from infra.local.emulator import REGION, Emulator
from infra.local.stacks import BLOCK, Block, in_place
from infra.local.template import ROOT, STACKS, template, whole, written
from tests.support.transformed import transformed

BLOCKS = {name: one["Properties"] for name, one in written()["Resources"].items() if one["Type"] == BLOCK}
CHILD = {"Parameters": {"Of": {}}, "Resources": {"Made": {"Type": "T", "Properties": {"Of": {"Ref": "Of"}}}}}
IN_STACKS = {one["Parameters"]["Channel"]: name for name, one in BLOCKS.items()}


def with_channels(number: int) -> dict[str, Any]:
    """The template as it will be with so many provider channels."""
    root = written()
    sms = root["Resources"]["Sms"]
    more = {}
    for n in range(number):
        given = sms["Properties"]["Parameters"] | {"Channel": f"channel_{n}"}
        more[f"Channel{n}"] = sms | {"Properties": sms["Properties"] | {"Parameters": given}}
    others = {name: one for name, one in root["Resources"].items() if name != "Sms"}
    return root | {"Resources": others | more}


@pytest.mark.parametrize("name", channels.names())
def test_a_channel_has_its_block_or_says_that_it_has_none(name: str) -> None:
    assert (name in IN_STACKS) == channels.load(name).traits.own_stack


def test_a_block_is_called_as_its_channel_and_has_its_condition_and_parameter() -> None:
    for channel, name in IN_STACKS.items():
        assert name == "".join(word.capitalize() for word in channel.split("_"))
        assert written()["Resources"][name]["Condition"] == f"{name}On"
        assert written()["Conditions"][f"{name}On"] == {"Fn::Equals": [{"Ref": f"{name}Enabled"}, "true"]}
        assert f"{name}Enabled" in written()["Parameters"]


@pytest.mark.parametrize("name", sorted(IN_STACKS))
def test_a_channel_has_a_secret_where_it_says_so(name: str) -> None:
    assert (f"{IN_STACKS[name]}Secret" in template()["Resources"]) == channels.load(name).traits.secret


def test_every_channels_queue_has_the_name_by_which_the_publisher_finds_it() -> None:
    publisher = template()["Resources"]["EventPublisher"]["Properties"]
    _, on_aws, local = publisher["Environment"]["Variables"]["OUTBOUND_QUEUE_PREFIX"]["Fn::If"]

    assert {place["Fn::Sub"].rsplit("/", 1)[1] for place in (on_aws, local)} == {
        "${AWS::StackName}-outbound-"
    }
    for name in channels.names():
        block = "".join(word.capitalize() for word in name.split("_"))
        queue = template()["Resources"][f"{block}Outbound"]["Properties"]
        assert queue["QueueName"] == {"Fn::Sub": f"${{AWS::StackName}}-outbound-{name}.fifo"}
    assert "${AWS::AccountId}:${AWS::StackName}-outbound-*" in json.dumps(publisher["Policies"])


@pytest.mark.parametrize("stack", STACKS, ids=lambda path: path.stem)
def test_a_stack_says_the_same_of_its_functions_as_the_template(stack: Any) -> None:
    for block in BLOCKS.values():
        if ROOT / block["Location"] != stack:
            continue
        told = written(stack)

        filled = Block("Its", "", block["Parameters"], told).filled(told["Globals"])

        assert filled["Function"] == written()["Globals"]["Function"]


def test_a_stack_never_names_a_thing_after_itself() -> None:
    """Its own name is an invention of CloudFormation's, and changes."""
    for stack in STACKS:
        assert "AWS::StackName" not in stack.read_text(), stack


def test_a_door_of_notices_is_a_queue_and_no_address() -> None:
    root = with_channels(1)
    root["Resources"]["Channel0"]["Properties"]["Parameters"] |= {
        "Door": "notice",
        "Topic": {"Ref": "Alarms"},
    }

    theirs = {name for name in whole(root)["Resources"] if name.startswith("Channel0")}

    assert {"Channel0Notices", "Channel0NoticesDead", "Channel0NoticesSource"} < theirs
    assert not {"Channel0Route", "Channel0StatesRoute", "Channel0Integration", "Channel0Permission"} & theirs


def test_what_one_stack_gives_out_another_may_take() -> None:
    child = CHILD | {"Outputs": {"It": {"Value": {"Ref": "Made"}}}}
    blocks = {
        "One": {"Type": BLOCK, "Properties": {"Location": "", "Parameters": {"Of": "x"}}},
        "Two": {
            "Type": BLOCK,
            "Properties": {"Location": "", "Parameters": {"Of": {"Fn::GetAtt": ["One", "Outputs.It"]}}},
        },
    }

    placed = in_place({"Conditions": {}, "Outputs": {}, "Resources": blocks}, lambda _: child)

    assert placed["Resources"]["TwoMade"]["Properties"] == {"Of": {"Ref": "OneMade"}}


def test_what_a_block_forgets_to_say_is_named() -> None:
    blocks = {"One": {"Type": BLOCK, "Properties": {"Location": ""}}}

    with pytest.raises(ValueError, match="the block One does not say its Of"):
        in_place({"Conditions": {}, "Outputs": {}, "Resources": blocks}, lambda _: CHILD)


def test_twelve_channels_leave_room_in_the_template() -> None:
    """CloudFormation takes 500 resources a stack."""
    made = transformed(with_channels(12))["Resources"]

    others = len(BLOCKS) - 1
    assert sum(one["Type"] == "AWS::CloudFormation::Stack" for one in made.values()) == 12 + others
    assert len(made) <= 350


@pytest.mark.parametrize("stack", STACKS, ids=lambda path: path.stem)
def test_a_stack_is_small(stack: Any) -> None:
    assert len(transformed(written(stack))["Resources"]) < 100


@pytest.mark.embedded
def test_a_deployed_centre_and_the_stacks_in_it_are_looked_at_as_one(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket="stacks", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket="stacks", Key="child.json", Body=json.dumps(a_stack("Outbound")))
    root = a_stack("Inbound")
    root["Resources"]["Sms"] = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": f"{emulator.endpoint}/stacks/child.json"},
    }
    made = {"StackName": "centre-with-stacks", "TemplateBody": json.dumps(root)}
    emulator.client("cloudformation").create_stack(**made)
    emulator.client("cloudformation").get_waiter("stack_create_complete").wait(StackName=made["StackName"])
    access = {"ENDPOINT_URL": emulator.endpoint, "ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test"}
    for name, value in (access | {"DEFAULT_REGION": REGION}).items():
        monkeypatch.setenv(f"AWS_{name}", value)

    place = deployed(made["StackName"])

    queues = dict(resources(place, "AWS::SQS::Queue"))
    assert set(queues) == {"Inbound", "SmsOutbound"}
    assert place.outputs == {f"{name}QueueUrl": url for name, url in queues.items()}


def a_stack(queue: str) -> dict[str, Any]:
    return {
        "Resources": {queue: {"Type": "AWS::SQS::Queue"}},
        "Outputs": {f"{queue}QueueUrl": {"Value": {"Ref": queue}}},
    }
