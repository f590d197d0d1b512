"""AWS clients, tuned once. botocore without boto3: the same clients for a sixth less cold start."""

from functools import cache
from threading import RLock
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters import tls

_making = RLock()  # botocore's session makes one client at a time

FAILURES = (BotoCoreError, ClientError)

AT_ONCE = 32  # requests of one process to one service: the report files are fetched so many at a time

# A door answers within seconds or says 503: a provider that waits longer believes us dead.
# No validation, own user agent, no compression, no account endpoints: a quarter of botocore's CPU.
TUNED = Config(
    connect_timeout=0.5,
    read_timeout=1,
    retries={"total_max_attempts": 2, "mode": "standard"},
    parameter_validation=False,
    user_agent="Patchbay/1",
    disable_request_compression=True,
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    account_id_endpoint_mode="disabled",
    tcp_keepalive=True,
    max_pool_connections=AT_ONCE,
)
# Behind a queue nobody waits, and a transaction or a file may take its time.
PATIENT = TUNED.merge(
    Config(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})
)
# A message to a customer must not go out twice: what was asked and not answered is not asked again.
ONCE = TUNED.merge(
    Config(connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 1, "mode": "standard"})
)
# A link to a file must be signed by version 4 and name the host of the bucket's own region. Left alone,
# botocore signs links by version 2 in ten old regions, which buckets made since June 2020 refuse, and names
# the global host, which redirects and so breaks the signature. At an endpoint whose host is a number (the
# embedded AWS) botocore takes the path form by itself.
# docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
SIGNED = PATIENT.merge(
    Config(
        signature_version="s3v4",
        s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"},
    )
)
PATIENT_SERVICES = frozenset({"dynamodb", "cognito-idp", "cloudwatch", "logs"})


@cache
def session() -> botocore.session.Session:
    """One session for all clients: loaded models, credentials and endpoints are shared."""
    return botocore.session.get_session()


def client(service: str, endpoint: str | None = None) -> Any:
    """The tuned client of a service, one per process. AWS_ENDPOINT_URL_<SERVICE> is honoured."""
    with _making:
        return _client(service, endpoint)


@cache
def _client(service: str, endpoint: str | None) -> Any:
    config = SIGNED if service == "s3" else PATIENT if service in PATIENT_SERVICES else TUNED
    return tls.share(session().create_client(service, endpoint_url=endpoint, config=config))


@cache
def asking_once(service: str) -> Any:
    """A client that never repeats a request by itself: for what carries messages to customers."""
    with _making:
        return tls.share(session().create_client(service, config=ONCE))


def reset() -> None:
    """Forget clients and session, so that the next one sees a changed environment."""
    _client.cache_clear()
    asking_once.cache_clear()
    session.cache_clear()
