"""Who we are to AWS: the region, and AWS's refusals as sentences, once for all commands."""

import os
import re

from infra.cli.answer import CannotAnswer, WrongUse

LOGIN = "log in with: aws sso login (or aws configure), or name a login with AWS_PROFILE"
EXPIRED = f"The AWS login has expired; {LOGIN}."
UNKNOWN = f"AWS does not know these credentials; {LOGIN}."
# What boto3 raises before AWS is asked.
HERE = {
    "NoRegionError": "No AWS region is set; say one, for example: AWS_REGION=ap-northeast-2 make deploy",
    "NoCredentialsError": f"There are no AWS credentials here; {LOGIN}.",
    "CredentialRetrievalError": f"The AWS credentials cannot be fetched; {LOGIN}.",
    "PartialCredentialsError": "Half of the AWS credentials are missing: AWS_ACCESS_KEY_ID and"
    " AWS_SECRET_ACCESS_KEY belong together.",
    "SSOTokenLoadError": f"Nobody has logged in with this AWS profile yet; {LOGIN}.",
    "UnauthorizedSSOTokenError": EXPIRED,
    "TokenRetrievalError": EXPIRED,
}
# What AWS answers, by the code of its error.
THERE = {
    "ExpiredToken": EXPIRED,
    "ExpiredTokenException": EXPIRED,
    "RequestExpired": EXPIRED,
    "InvalidClientTokenId": UNKNOWN,
    "UnrecognizedClientException": UNKNOWN,
    "SignatureDoesNotMatch": f"The AWS secret key is not the one of this access key; {LOGIN}.",
    "AuthFailure": UNKNOWN,
    "OptInRequired": "This account is not fully registered with AWS, or has not switched this region"
    " on; see https://console.aws.amazon.com/billing/home#/account",
}
DENIED = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized")
ACTION = re.compile(r"not authorized to perform: ([\w:*-]+)")


def settle_region() -> None:
    """boto3 reads AWS_DEFAULT_REGION alone; people and AWS's own command say AWS_REGION, which wins there."""
    if region := os.environ.get("AWS_REGION"):
        os.environ["AWS_DEFAULT_REGION"] = region


def from_aws(error: BaseException) -> bool:
    """Whether boto3 or AWS said it, and not a mistake of ours."""
    return type(error).__module__.partition(".")[0] in ("botocore", "boto3", "s3transfer")


def refusal(error: BaseException) -> CannotAnswer:
    """What to tell the person: WrongUse where it is about their login or region."""
    name = type(error).__name__
    if name == "ProfileNotFound":
        return WrongUse(f"{error}. The profiles that exist: aws configure list-profiles")
    if name == "EndpointConnectionError":
        return CannotAnswer(f"AWS cannot be reached: {error} Is the region's name right, and the network up?")
    if told := HERE.get(name) or THERE.get(code(error)):
        return WrongUse(told)
    if code(error) in DENIED:
        return CannotAnswer(f"The AWS login may not do this: {denied(error)}.")
    return CannotAnswer(f"AWS refused: {error}")


def code(error: BaseException) -> str:
    """AWS's name for its refusal; "" for what AWS did not say."""
    response = getattr(error, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


def denied(error: BaseException) -> str:
    """The action that was not permitted, if AWS named it; else AWS's words without our own name in them."""
    response = getattr(error, "response", None) or {}
    told = str(response.get("Error", {}).get("Message") or error)
    found = ACTION.search(told)
    return found[1] if found else told.rstrip(".")
