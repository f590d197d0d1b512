"""Logins of the staff, in a Cognito user pool.

InitiateAuth, RespondToAuthChallenge and RevokeToken take no signature: they need no permission.
"""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters.rehearsal import rehearsal
from shared.domain.desk.login import Tokens
from shared.domain.errors import Refused, TryAgain

FIRST_LOGIN = "NEW_PASSWORD_REQUIRED"
# docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
REFUSALS = {
    "NotAuthorizedException": ("login_failed", 401),
    "UserNotFoundException": ("login_failed", 401),
    "InvalidParameterException": ("login_failed", 401),
    "UserNotConfirmedException": ("login_failed", 401),
    "PasswordResetRequiredException": ("password_reset", 403),
    "InvalidPasswordException": ("weak_password", 422),
    "TooManyRequestsException": ("too_many", 429),
    "LimitExceededException": ("too_many", 429),
}


class CognitoPool:
    def __init__(self, client: Callable[[], Any], client_id: Callable[[], str]) -> None:
        self._client, self._client_id = client, client_id

    def login(self, email: str, password: str, new_password: str = "") -> Tokens:
        answer = self._begin("USER_PASSWORD_AUTH", USERNAME=email, PASSWORD=password)
        if answer.get("ChallengeName") == FIRST_LOGIN:
            answer = self._choose(email, new_password, answer["Session"])
        return _tokens(answer)

    def refresh(self, refresh_token: str) -> Tokens:
        try:
            return _tokens(self._begin("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=refresh_token))
        except Refused as refused:
            raise Refused("signed_out", status=401) from refused

    def revoke(self, refresh_token: str) -> None:
        self._ask("revoke_token", Token=refresh_token)

    def rehearse(self) -> None:
        with rehearsal(self._client()):
            self._begin("REFRESH_TOKEN_AUTH")

    def _begin(self, flow: str, **parameters: str) -> dict[str, Any]:
        return self._ask("initiate_auth", AuthFlow=flow, AuthParameters=parameters)

    def _choose(self, email: str, new_password: str, session: str) -> dict[str, Any]:
        """The person's own password in place of the one they were given."""
        if not new_password:
            raise Refused("new_password_required", status=403)
        responses = {"USERNAME": email, "NEW_PASSWORD": new_password}
        return self._ask(
            "respond_to_auth_challenge",
            ChallengeName=FIRST_LOGIN,
            Session=session,
            ChallengeResponses=responses,
        )

    def _ask(self, operation: str, **parameters: object) -> dict[str, Any]:
        try:
            done: dict[str, Any] = getattr(self._client(), operation)(
                ClientId=self._client_id(), **parameters
            )
        except ClientError as error:
            raise _meaning(error) from error
        except BotoCoreError as error:
            raise TryAgain("the user pool did not answer") from error
        return done


def _meaning(error: ClientError) -> Exception:
    """Our error for Cognito's. An unknown email and a wrong password are one error: otherwise an outsider
    could find out which emails have a login.
    """
    refusal = REFUSALS.get(error.response.get("Error", {}).get("Code", ""))
    return Refused(refusal[0], status=refusal[1]) if refusal else TryAgain("the user pool did not answer")


def _tokens(answer: dict[str, Any]) -> Tokens:
    """Raises Refused for a challenge we do not put to people (a second factor)."""
    result = answer.get("AuthenticationResult")
    if not result:
        raise Refused("login_failed", status=401)
    return Tokens(result["IdToken"], int(result["ExpiresIn"]), result.get("RefreshToken", ""))
