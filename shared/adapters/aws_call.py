"""Performs described requests to services of AWS. As with http.py, what matters is whether it left."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError
from botocore.parsers import ResponseParserError

from shared.adapters.clients import asking_once
from shared.adapters.rehearsal import rehearsal
from shared.domain.channel.carriage import AwsAnswer, AwsCall, NoAnswer, NotSent

LEFT = (HTTPClientError, IncompleteReadError, ResponseParserError)


class AwsCaller:
    """Without a connection, credentials or an endpoint nothing has left."""

    def __call__(self, call: AwsCall) -> AwsAnswer | NotSent | NoAnswer:
        try:
            answer = getattr(asking_once(call.service), call.operation)(**call.parameters)
        except ClientError as error:
            return _answer(error.response, error.response["Error"])
        except LEFT as error:
            return NoAnswer(type(error).__name__)
        except BotoCoreError as error:
            return NotSent(type(error).__name__)
        return _answer(answer, answer)

    def rehearse(self) -> None:
        """Mails are all that a service of AWS carries for us."""
        ses = asking_once("sesv2")
        with rehearsal(ses):
            ses.send_email(Content={"Raw": {"Data": b"rehearsal"}})


def _answer(response: Any, told: Any) -> AwsAnswer:
    body = {name: value for name, value in told.items() if name != "ResponseMetadata"}
    return AwsAnswer(response["ResponseMetadata"]["HTTPStatusCode"], body)
