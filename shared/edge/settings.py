"""The environment as a typed model, read when it is asked and not before."""

import os
from collections.abc import Mapping
from typing import overload

from shared.domain.errors import PatchbayError


class Misconfigured(PatchbayError):
    """A setting is missing; the message says which one and what it is for."""


class Variable:
    """An environment variable named like the attribute, in capitals. Without a default it is demanded."""

    def __init__(self, meaning: str, default: str | None = None) -> None:
        self.meaning, self.default = meaning, default

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name.upper()

    @overload
    def __get__(self, instance: None, owner: type) -> "Variable": ...
    @overload
    def __get__(self, instance: "Environment", owner: type) -> str: ...
    def __get__(self, instance: "Environment | None", owner: type) -> "Variable | str":
        return self if instance is None else instance.read(self.name, self.meaning, self.default)


class Environment:
    """What a function is told by the template. Every variable is a text; "" counts as missing."""

    table_name = Variable("the DynamoDB table")
    bus_name = Variable("the EventBridge bus")
    files_bucket = Variable("the bucket for report files and large bodies")
    public_url = Variable("the address under which providers reach us, which their signatures cover")
    front_word = Variable("the word CloudFront writes into what it hands on; without one nobody is asked", "")
    allowed_origins = Variable("the origins, separated by commas, whose pages may open a socket", "")
    inbound_queue_url = Variable("the SQS queue from the doors to the router")
    inbound_dead_queue_url = Variable("the dead letters of the inbound queue")
    delivery_queue_url = Variable("the SQS queue of delivery states")
    delivery_dead_queue_url = Variable("the dead letters of the delivery queue")
    routing_queue_url = Variable("the SQS queue that wakes the assigner")
    media_queue_url = Variable("the SQS queue of files that wait to be fetched")
    timers_queue_url = Variable("the SQS queue of timers")
    unannounced_queue_url = Variable("the SQS queue for stream records nobody understood")
    outbound_queue_prefix = Variable("the address of the senders' SQS queues, up to the channel's name")
    chat_socket_url = Variable("the @connections address of the chat socket")
    chat_socket_wss = Variable("the address the chat widget connects to")
    desk_socket_url = Variable("the @connections address of the desk socket")
    desk_socket_wss = Variable("the address the desk connects to")
    user_pool_id = Variable("the Cognito user pool of the staff")
    user_pool_client_id = Variable("the Cognito client of the desk")
    notice_queue_arn = Variable("the SQS queue through which AWS brings this channel's notices")
    notice_sources = Variable("the topics (ARN) and buckets (name), separated by commas, that fill it")
    file_links = Variable("whether customers can get files by a link of ours; empty means no", "")
    notice_bucket = Variable("the bucket into which AWS puts what its notices name")
    channel_own_side = Variable("our address in messages that we begin, where no secret holds it", "")
    channel_sends_with = Variable("what AWS applies to what this channel sends", "")
    channel = Variable("the channel this sender speaks on")
    powertools_metrics_namespace = Variable("the CloudWatch namespace of this stack's metrics", "Patchbay")

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = values

    def read(self, name: str, meaning: str, default: str | None = None) -> str:
        """The variable's value; raises Misconfigured with a sentence when there is none."""
        values = os.environ if self._values is None else self._values
        value = values.get(name, "") or default
        if value is None:
            raise Misconfigured(f"The environment variable {name} is not set: it names {meaning}.")
        return value

    def outbound_queue_url(self, channel: str) -> str:
        """The queue of a channel's sender, found by its name. Where the channel is off, there is none."""
        return f"{self.outbound_queue_prefix}{channel}.fifo"

    def secret_id(self, channel: str) -> str:
        """A function is about one channel, and all channels' functions are made by one template: so the
        variable has the same name in all of them."""
        return self.read("CHANNEL_SECRET_ID", f"the secret of the channel {channel}")

    def media_secret_id(self, channel: str) -> str:
        """Of whoever fetches the files of all channels."""
        return self.read(f"{channel.upper()}_SECRET_ID", f"the secret of the channel {channel}")

    def secret_of(self, channel: str) -> str:
        """The same, where it is asked whether the channel is on: "" where it is not."""
        return self.read(f"{channel.upper()}_SECRET_ID", f"the secret of the channel {channel}", "")

    def media_api_url(self, channel: str) -> str:
        return self.read(f"{channel.upper()}_API_URL", f"the provider of {channel}", "")

    def api_url(self, channel: str) -> str:
        """Where the provider of a channel is; "" means its usual address."""
        return self.read("CHANNEL_API_URL", f"the provider of {channel}", "")


environment = Environment()
