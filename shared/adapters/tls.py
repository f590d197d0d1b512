"""One TLS context for every connection of a process.

botocore and urllib3 read the bundle of authorities anew for each connection: 22 ms of CPU, which at the
share of a processor that 256 MB of Lambda buy is the tenth of a second a cold door does not have.
"""

import ssl
from functools import cache
from typing import Any

from botocore.httpsession import create_urllib3_context, get_cert_path


@cache
def context(bundle: str | bool) -> ssl.SSLContext:
    """Verifies certificate and host name against a bundle of authorities: True for botocore's own."""
    made: ssl.SSLContext = create_urllib3_context()
    made.load_verify_locations(get_cert_path(bundle))  # type: ignore[arg-type]  # a path as well: the stub errs
    return made


def share(client: Any) -> Any:
    """Let a botocore client use the context of its bundle (AWS_CA_BUNDLE is heeded by botocore before).

    Reaches into botocore, which is pinned: tests/integration/test_tls.py watches.
    """
    client._endpoint.http_session._setup_ssl_cert = _prepare
    return client


def _prepare(pool: Any, url: str, bundle: str | bool | None) -> None:
    """In the place of botocore's own, before each request: verify, but with authorities read once."""
    if url.lower().startswith("https") and bundle:
        pool.cert_reqs, pool.ca_certs = "CERT_REQUIRED", None
        pool.conn_kw["ssl_context"] = context(bundle)
    else:
        pool.cert_reqs, pool.ca_certs = "CERT_NONE", None
