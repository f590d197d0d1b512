"""Secrets Manager, kept for 5 minutes; the previous version still verifies after a rotation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.adapters import codec, refusals
from shared.adapters.clients import FAILURES
from shared.adapters.rehearsal import rehearsal
from shared.domain.errors import Malformed, TryAgain
from shared.ports import Clock

KEPT = timedelta(minutes=5)
FORCED_APART = timedelta(minutes=1)
CURRENT, PREVIOUS = "AWSCURRENT", "AWSPREVIOUS"
ABSENT = "ResourceNotFoundException"

Secret = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Kept:
    secret: Secret
    at: datetime


class ManagedSecrets:
    def __init__(self, client: Callable[[], Any], clock: Clock) -> None:
        self._client, self._clock = client, clock
        self._kept: dict[tuple[str, str], _Kept] = {}

    def get(self, secret_id: str) -> Secret:
        return self._version(secret_id, CURRENT)

    def candidates(self, secret_id: str) -> Iterator[Secret]:
        yield self.get(secret_id)
        previous = self._version(secret_id, PREVIOUS)
        if previous:
            yield previous
        if self._clock() - self._kept[secret_id, CURRENT].at > FORCED_APART:
            yield self._fetch(secret_id, CURRENT)

    def changed_at(self, secret_id: str) -> datetime | None:
        try:
            told = self._client().describe_secret(SecretId=secret_id)
        except FAILURES as error:
            raise TryAgain("the secret cannot be described") from error
        at: datetime | None = told.get("LastChangedDate") or told.get("CreatedDate")
        return at.astimezone(UTC) if at else None

    def rehearse(self) -> None:
        """Up to the request; a secret itself is fetched by whom it lets in, and kept from then."""
        with rehearsal(self._client()):
            _mapping(self._text("rehearsal", CURRENT) or "{}")

    def _version(self, secret_id: str, stage: str) -> Secret:
        """The kept version while it is fresh. If it cannot be renewed the old one serves on: a door
        that closes because Secrets Manager is slow would lose what a provider sends only once.
        """
        kept = self._kept.get((secret_id, stage))
        if kept and self._clock() - kept.at < KEPT:
            return kept.secret
        try:
            return self._fetch(secret_id, stage)
        except TryAgain:
            if kept is None:
                raise
            return kept.secret

    def _fetch(self, secret_id: str, stage: str) -> Secret:
        secret = _mapping(self._text(secret_id, stage))
        self._kept[secret_id, stage] = _Kept(secret, self._clock())
        return secret

    def _text(self, secret_id: str, stage: str) -> str:
        try:
            answer = self._client().get_secret_value(SecretId=secret_id, VersionStage=stage)
        except FAILURES as error:
            if stage == PREVIOUS and refusals.code_of(error) == ABSENT:
                return "{}"
            # never for good: nothing in the request comes from who asks us, so somebody of ours can mend it
            raise TryAgain("the secret cannot be read") from error
        return str(answer.get("SecretString", ""))


def _mapping(text: str) -> Secret:
    try:
        return codec.decode(text, dict[str, str])
    except Malformed as error:
        raise TryAgain("the secret is not a JSON object of texts") from error
