"""What a service of AWS means by a refusal: what no try can change is Malformed, everything else TryAgain.

Refused for good is only what follows from the request itself. What somebody may mend (a permission, a
setting, a secret that is not there) and what passes (too many requests) is asked again.
"""

from collections.abc import Mapping
from typing import Any

from shared.domain.errors import Malformed, TryAgain

TOO_LARGE = 413
FOR_GOOD = frozenset(
    {
        # docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
        "ValidationException",
        "ValidationError",
        "ItemCollectionSizeLimitExceededException",
        # docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
        "InvalidMessageContents",
        "InvalidParameterValue",
        "BatchRequestTooLong",
        "AWS.SimpleQueueService.BatchRequestTooLong",
        # docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html (S3: the first)
        "InvalidArgument",
        "MalformedDetail",
        "RedactionFailure",
        # docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
        "EntityTooLarge",
        "InvalidRequest",
        "InvalidURI",
        "KeyTooLongError",
        "MetadataTooLarge",
        "MaxMessageLengthExceeded",
    }
)
# The sender's fault as well, says SQS, and yet nothing that is wrong with the message.
MENDED = ("accessdenied", "kms", "requestthrottled", "throttl", "overlimit")


def meaning(error: Exception, sentence: str) -> TryAgain | Malformed:
    """Our error for a service's, with the service's own word for it: a missing permission is not slowness."""
    code = code_of(error)
    return of(
        code in FOR_GOOD or status_of(error) == TOO_LARGE, f"{sentence} ({code or type(error).__name__})"
    )


def of(for_good: bool, sentence: str) -> TryAgain | Malformed:
    return (Malformed if for_good else TryAgain)(sentence)


def blames_us(failure: Mapping[str, Any]) -> bool:
    """Whether one message of a batch was refused for good; `failure` is an entry of its Failed[]."""
    code = str(failure.get("Code", ""))
    passes = code.rpartition(".")[2].lower().startswith(MENDED) or code.lower().startswith(MENDED)
    return code in FOR_GOOD or (bool(failure.get("SenderFault")) and not passes)


def code_of(error: Exception) -> str:
    return str(_response(error).get("Error", {}).get("Code", ""))


def status_of(error: Exception) -> int:
    return int(_response(error).get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def _response(error: Exception) -> Mapping[str, Any]:
    """What the service answered. Where a connection broke botocore says None, elsewhere nothing at all."""
    return getattr(error, "response", None) or {}
