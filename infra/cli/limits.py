"""What this account may do, asked before a deployment; new accounts may do little."""

from collections.abc import Callable, Iterator

from infra.cli.access import denied, from_aws
from infra.cli.place import Place

ENOUGH = 100  # functions at once: below that the doors, the router and the senders wait for each other
FEW = (
    "This account may run {limit} functions at once ({free} of them not reserved); with fewer than {enough}"
    " messages wait for each other. Ask for more: aws service-quotas request-service-quota-increase"
    " --service-code lambda --quota-code L-B99A9384 --desired-value 1000"
)
NO_CLOUDFRONT = (
    "No CloudFront distribution was ever made in this account. AWS refuses the first one of some new accounts"
    " until AWS Support has verified them, and says so only when it is made."
)


def of_account(place: Place) -> list[str]:
    """Sentences about what may be too little. What may not be asked is a sentence as well."""
    return [sentence for part in (_functions, _cloudfront) for sentence in _asked(part, place)]


def _asked(part: Callable[[Place], Iterator[str]], place: Place) -> list[str]:
    try:
        return list(part(place))
    except Exception as error:
        if not from_aws(error):
            raise
        return [f"The account's limits could not be asked ({denied(error)})."]


def _functions(place: Place) -> Iterator[str]:
    limits = place.client("lambda").get_account_settings()["AccountLimit"]
    free = limits.get("UnreservedConcurrentExecutions", limits["ConcurrentExecutions"])
    if free < ENOUGH:
        yield FEW.format(limit=limits["ConcurrentExecutions"], free=free, enough=ENOUGH)


def _cloudfront(place: Place) -> Iterator[str]:
    if not place.client("cloudfront").list_distributions(MaxItems="1")["DistributionList"]["Quantity"]:
        yield NO_CLOUDFRONT
