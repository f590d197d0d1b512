"""The adapter of the user pool where a second factor is demanded of somebody who has none.

The embedded AWS lets such people in at once, so the answers are those of Cognito's documents; botocore
checks each request against the service's own description.
"""

from collections.abc import Iterator

import boto3
import pytest
from botocore.stub import Stubber

from shared.adapters.staff_pool import CognitoPool
from shared.domain.desk.login import Enrolment, Tokens
from shared.domain.errors import Refused

EMAIL, FIRST, OWN = "new@example.test", "Patchbay-First-1", "Patchbay-Own-1"
S1, S2, S3, S4 = ("s" * 20 + number for number in "1234")  # a session is 20 letters at least
GIVEN = {"AuthenticationResult": {"IdToken": "id", "ExpiresIn": 3600, "RefreshToken": "refresh"}}


@pytest.fixture
def cognito() -> Iterator[Stubber]:
    client = boto3.client(
        "cognito-idp", region_name="ap-northeast-2", aws_access_key_id="test", aws_secret_access_key="test"
    )
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def pool(cognito: Stubber) -> CognitoPool:
    return CognitoPool(lambda: cognito.client, lambda: "client")


def answered(challenge: str, session: str, **told: str) -> dict[str, object]:
    responses = {"USERNAME": EMAIL, **told}
    return {
        "ClientId": "client",
        "ChallengeName": challenge,
        "Session": session,
        "ChallengeResponses": responses,
    }


def begin(cognito: Stubber, challenge: str, session: str, password: str = FIRST) -> None:
    asked = {"USERNAME": EMAIL, "PASSWORD": password}
    expected = {"ClientId": "client", "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": asked}
    cognito.add_response("initiate_auth", {"ChallengeName": challenge, "Session": session}, expected)


def test_a_first_login_ends_with_a_code_of_the_new_app(cognito: Stubber) -> None:
    begin(cognito, "NEW_PASSWORD_REQUIRED", S1)
    setup = {"ChallengeName": "MFA_SETUP", "Session": S2}
    cognito.add_response(
        "respond_to_auth_challenge", setup, answered("NEW_PASSWORD_REQUIRED", S1, NEW_PASSWORD=OWN)
    )
    secret = "ABCDEFGHIJKLMNOP"
    cognito.add_response("associate_software_token", {"SecretCode": secret, "Session": S3}, {"Session": S2})
    verified = {"Session": S3, "UserCode": "123456"}
    cognito.add_response("verify_software_token", {"Status": "SUCCESS", "Session": S4}, verified)
    cognito.add_response("respond_to_auth_challenge", GIVEN, answered("MFA_SETUP", S4))

    begun = pool(cognito).login(EMAIL, FIRST, OWN)
    tokens = pool(cognito).enrol(EMAIL, S3, "123456")

    assert begun == Enrolment(secret, S3)
    assert tokens == Tokens("id", 3600, "refresh")


def test_who_has_an_app_answers_with_its_code(cognito: Stubber) -> None:
    begin(cognito, "SOFTWARE_TOKEN_MFA", S1, OWN)
    told = answered("SOFTWARE_TOKEN_MFA", S1, SOFTWARE_TOKEN_MFA_CODE="123456")
    cognito.add_response("respond_to_auth_challenge", GIVEN, told)

    assert pool(cognito).login(EMAIL, OWN, code="123456") == Tokens("id", 3600, "refresh")


def test_without_a_code_it_is_asked_for(cognito: Stubber) -> None:
    begin(cognito, "SOFTWARE_TOKEN_MFA", S1, OWN)

    with pytest.raises(Refused) as refused:
        pool(cognito).login(EMAIL, OWN)

    assert (refused.value.code, refused.value.status) == ("code_required", 403)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("CodeMismatchException", "wrong_code"),
        ("ExpiredCodeException", "wrong_code"),
        ("EnableSoftwareTokenMFAException", "wrong_code"),
        ("NotAuthorizedException", "login_over"),
    ],
)
def test_what_cognito_says_of_a_code_is_not_said_of_the_password(
    cognito: Stubber, error: str, code: str
) -> None:
    cognito.add_client_error("verify_software_token", error)

    with pytest.raises(Refused) as refused:
        pool(cognito).enrol(EMAIL, S1, "123456")

    assert refused.value.code == code


@pytest.mark.parametrize("challenge", ["SMS_MFA", "CUSTOM_CHALLENGE", "SELECT_MFA_TYPE"])
def test_a_challenge_we_do_not_put_to_people_lets_nobody_in(cognito: Stubber, challenge: str) -> None:
    begin(cognito, challenge, S1)

    with pytest.raises(Refused) as refused:
        pool(cognito).login(EMAIL, FIRST)

    assert refused.value.code == "login_failed"
