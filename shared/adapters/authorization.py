"""Credentials as a header says them: https://www.rfc-editor.org/rfc/rfc7617 and rfc6750."""

from base64 import b64encode

from shared.domain.channel.carriage import Basic, Bearer


def authorization(auth: Basic | Bearer) -> str:
    if isinstance(auth, Bearer):
        return f"Bearer {auth.token}"
    return "Basic " + b64encode(f"{auth.name}:{auth.password}".encode()).decode()
