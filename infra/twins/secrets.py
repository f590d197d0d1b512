"""Secrets in memory, each with its current and previous version."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from shared.domain.errors import TryAgain


class MemorySecrets:
    def __init__(self, **secrets: Mapping[str, str]) -> None:
        """`written_at` holds when each was written last, as far as a test says so."""
        self._versions: dict[str, list[Mapping[str, str]]] = {}
        self.written_at: dict[str, datetime] = {}
        for secret_id, secret in secrets.items():
            self.rotate(secret_id, secret)

    def changed_at(self, secret_id: str) -> datetime | None:
        if secret_id not in self._versions:
            raise TryAgain("the secret cannot be described")
        return self.written_at.get(secret_id)

    def rotate(self, secret_id: str, secret: Mapping[str, str]) -> None:
        self._versions[secret_id] = [secret, *self._versions.get(secret_id, [])[:1]]

    def get(self, secret_id: str) -> Mapping[str, str]:
        if secret_id not in self._versions:
            raise TryAgain("the secret cannot be read")
        return self._versions[secret_id][0]

    def candidates(self, secret_id: str) -> Iterator[Mapping[str, str]]:
        yield self.get(secret_id)
        yield from self._versions[secret_id][1:]
