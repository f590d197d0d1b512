"""The response headers of the static files, read from the template's CloudFront policies."""

from string import Template
from typing import Any

from infra.local.template import resources


def header_policies(sockets: str, bucket: str) -> dict[str, dict[str, str]]:
    """Headers by policy name. `sockets` and `bucket` are where pages may connect to here; on AWS these are
    the WebSocket API and the bucket's own address.
    """
    found = resources("AWS::CloudFront::ResponseHeadersPolicy")
    return {
        name: _headers(
            one["Properties"]["ResponseHeadersPolicyConfig"], {"Sockets": sockets, "Bucket": bucket}
        )
        for name, one in found.items()
    }


def _headers(config: dict[str, Any], here: dict[str, str]) -> dict[str, str]:
    """Without Strict-Transport-Security: there is no TLS on loopback, and a browser would remember it."""
    items = config.get("CustomHeadersConfig", {}).get("Items", ())
    headers = {item["Header"]: item["Value"] for item in items}
    security = config.get("SecurityHeadersConfig", {})
    if policy := security.get("ContentSecurityPolicy"):
        text, _ = policy["ContentSecurityPolicy"]["Fn::Sub"]
        headers["Content-Security-Policy"] = Template(text).substitute(here)
    if origins := config.get("CorsConfig", {}).get("AccessControlAllowOrigins"):
        headers["Access-Control-Allow-Origin"] = ", ".join(origins["Items"])
    if "ContentTypeOptions" in security:
        headers["X-Content-Type-Options"] = "nosniff"
    if frame := security.get("FrameOptions"):
        headers["X-Frame-Options"] = frame["FrameOption"]
    if referrer := security.get("ReferrerPolicy"):
        headers["Referrer-Policy"] = referrer["ReferrerPolicy"]
    return headers
