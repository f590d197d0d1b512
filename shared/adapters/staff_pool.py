"""Logins of the staff, in a Cognito user pool.

What is asked here takes no signature, so no permission: a login proves itself by its password and code.
"""

from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.adapters.rehearsal import rehearsal
from shared.domain.desk.login import Enrolment, Tokens
from shared.domain.errors import Refused, TryAgain

FIRST_LOGIN, SECOND_FACTOR, NO_FACTOR_YET = "NEW_PASSWORD_REQUIRED", "SOFTWARE_TOKEN_MFA", "MFA_SETUP"
Refusals = Mapping[str, tuple[str, int]]
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
WRONG_CODE = ("wrong_code", 403)
CODE_REFUSALS = REFUSALS | {
    "CodeMismatchException": WRONG_CODE,
    "ExpiredCodeException": WRONG_CODE,
    "EnableSoftwareTokenMFAException": WRONG_CODE,
    "InvalidParameterException": WRONG_CODE,
    "NotAuthorizedException": ("login_over", 401),  # the session ended, or the code was used already
}


class CognitoPool:
    def __init__(self, client: Callable[[], Any], client_id: Callable[[], str]) -> None:
        self._client, self._client_id = client, client_id

    def login(self, email: str, password: str, new_password: str = "", code: str = "") -> Tokens | Enrolment:
        answer = self._begin("USER_PASSWORD_AUTH", USERNAME=email, PASSWORD=password)
        if answer.get("ChallengeName") == FIRST_LOGIN:
            answer = self._choose(email, new_password, answer["Session"])
        if answer.get("ChallengeName") == SECOND_FACTOR:
            answer = self._prove(email, code, answer["Session"])
        if answer.get("ChallengeName") == NO_FACTOR_YET:
            begun = self._ask("associate_software_token", Session=answer["Session"])
            return Enrolment(begun["SecretCode"], begun["Session"])
        return _tokens(answer)

    def enrol(self, email: str, session: str, code: str) -> Tokens:
        done = self._ask("verify_software_token", CODE_REFUSALS, Session=session, UserCode=code)
        return _tokens(self._respond(NO_FACTOR_YET, done["Session"], CODE_REFUSALS, USERNAME=email))

    def refresh(self, refresh_token: str) -> Tokens:
        try:
            return _tokens(self._begin("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=refresh_token))
        except Refused as refused:
            raise Refused("signed_out", status=401) from refused

    def revoke(self, refresh_token: str) -> None:
        self._ask("revoke_token", Token=refresh_token, ClientId=self._client_id())

    def rehearse(self) -> None:
        with rehearsal(self._client()):
            self._begin("REFRESH_TOKEN_AUTH")

    def _begin(self, flow: str, **parameters: str) -> dict[str, Any]:
        client_id = self._client_id()
        return self._ask("initiate_auth", ClientId=client_id, AuthFlow=flow, AuthParameters=parameters)

    def _choose(self, email: str, new_password: str, session: str) -> dict[str, Any]:
        """The person's own password in place of the one they were given."""
        if not new_password:
            raise Refused("new_password_required", status=403)
        return self._respond(FIRST_LOGIN, session, REFUSALS, USERNAME=email, NEW_PASSWORD=new_password)

    def _prove(self, email: str, code: str, session: str) -> dict[str, Any]:
        """The code of the person's authenticator app."""
        if not code:
            raise Refused("code_required", status=403)
        told = {"USERNAME": email, "SOFTWARE_TOKEN_MFA_CODE": code}
        return self._respond(SECOND_FACTOR, session, CODE_REFUSALS, **told)

    def _respond(self, challenge: str, session: str, refusals: Refusals, **told: str) -> dict[str, Any]:
        asked = {"ChallengeName": challenge, "Session": session, "ChallengeResponses": told}
        return self._ask("respond_to_auth_challenge", refusals, ClientId=self._client_id(), **asked)

    def _ask(self, operation: str, refusals: Refusals = REFUSALS, **parameters: object) -> dict[str, Any]:
        try:
            done: dict[str, Any] = getattr(self._client(), operation)(**parameters)
        except ClientError as error:
            raise _meaning(error, refusals) from error
        except BotoCoreError as error:
            raise TryAgain("the user pool did not answer") from error
        return done


def _meaning(error: ClientError, refusals: Refusals) -> Exception:
    """Our error for Cognito's. An unknown email and a wrong password are one error: otherwise an outsider
    could find out which emails have a login.
    """
    refusal = refusals.get(error.response.get("Error", {}).get("Code", ""))
    return Refused(refusal[0], status=refusal[1]) if refusal else TryAgain("the user pool did not answer")


def _tokens(answer: dict[str, Any]) -> Tokens:
    """Raises Refused for a challenge we do not put to people (an SMS, a custom one)."""
    result = answer.get("AuthenticationResult")
    if not result:
        raise Refused("login_failed", status=401)
    return Tokens(result["IdToken"], int(result["ExpiresIn"]), result.get("RefreshToken", ""))
