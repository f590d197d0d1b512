"""Staff come in through the front door: logins in the embedded Cognito, the authorizer, the cookie."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from infra.local.centre import Centre
from shared.adapters.staff_pool import CognitoPool
from shared.domain.desk.login import Tokens
from shared.domain.errors import Refused
from shared.edge.staff import caller_of, claims_of
from tests.support.authenticator import code_of
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.embedded
FIRST, OWN = "Patchbay-First-1", "Patchbay-Own-1"


def ask(
    centre: Centre, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, Any, dict[str, str]]:
    connection = HTTPConnection(urlsplit(centre.address).netloc, timeout=PATIENCE)
    told = {"content-type": "application/json", "accept-language": "en", **headers}
    try:
        connection.request(method, f"/api{path}", None if body is None else json.dumps(body), told)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read()), dict(answer.getheaders())
    finally:
        connection.close()


def pool(centre: Centre) -> CognitoPool:
    client = centre.client("cognito-idp")
    return CognitoPool(lambda: client, lambda: centre.outputs["UserPoolClientId"])


def test_the_token_opens_the_desk_and_the_cookie_renews_it(centre: Centre) -> None:
    login = centre.logins[0]

    status, session, headers = ask(
        centre, "POST", "/session", {"email": login.email, "password": login.password}
    )
    cookie = headers["Set-Cookie"].partition(";")[0]
    renewed, again, _ = ask(centre, "POST", "/session/refresh", {}, cookie=cookie)
    opened, me, _ = ask(centre, "GET", "/me", authorization=f"Bearer {again['id_token']}")

    assert (status, renewed, opened) == (200, 200, 200)
    assert me["agent"]["id"] == session["agent"]["id"]
    assert "HttpOnly" in headers["Set-Cookie"]
    assert "Secure" not in headers["Set-Cookie"]  # plain http on loopback would lose it


def test_without_a_token_nobody_gets_to_the_desk(centre: Centre) -> None:
    assert ask(centre, "GET", "/me")[0] == 401
    assert ask(centre, "GET", "/me", authorization="Bearer forged")[0] in (401, 403)


def test_a_failed_login_is_the_same_whatever_was_wrong(centre: Centre) -> None:
    for email, password in ((centre.logins[0].email, "wrong"), ("nobody@example.test", FIRST)):
        status, told, _ = ask(centre, "POST", "/session", {"email": email, "password": password})
        assert (status, told["error"]["code"]) == (401, "login_failed")


def test_a_new_colleague_chooses_a_password_at_the_first_login(centre: Centre) -> None:
    hire(centre, "new@example.test")

    with pytest.raises(Refused) as asked:
        pool(centre).login("new@example.test", FIRST)
    tokens = pool(centre).login("new@example.test", FIRST, OWN)

    assert (asked.value.code, asked.value.status) == ("new_password_required", 403)
    assert isinstance(tokens, Tokens)
    assert caller_of(claims_of(tokens.id_token), "").groups == ("agent",)
    assert isinstance(pool(centre).login("new@example.test", OWN), Tokens)


def test_a_forged_or_ended_session_is_over(centre: Centre) -> None:
    login = centre.logins[0]
    tokens = pool(centre).login(login.email, login.password)
    assert isinstance(tokens, Tokens)

    pool(centre).revoke(tokens.refresh_token)

    for token in ("forged", tokens.refresh_token):
        with pytest.raises(Refused) as refused:
            pool(centre).refresh(token)
        assert (refused.value.code, refused.value.status) == ("signed_out", 401)


def test_who_has_an_authenticator_app_is_asked_for_its_code(centre: Centre) -> None:
    login = next(one for one in centre.logins[1:])
    secret = enrolled(centre, login.email, login.password)
    credentials = {"email": login.email, "password": login.password}

    asked = ask(centre, "POST", "/session", credentials)
    wrong = ask(centre, "POST", "/session", credentials | {"code": "000000"})
    right = ask(centre, "POST", "/session", credentials | {"code": code_of(secret)})

    assert (asked[0], asked[1]["error"]["code"]) == (403, "code_required")
    assert (wrong[0], wrong[1]["error"]["code"]) == (403, "wrong_code")
    assert right[0] == 200
    forgotten(centre, login.email)
    assert ask(centre, "POST", "/session", credentials)[0] == 200, "the phone was lost"


def enrolled(centre: Centre, email: str, password: str) -> str:
    """The secret in the app of somebody who set it up by themselves."""
    client, client_id = centre.client("cognito-idp"), centre.outputs["UserPoolClientId"]
    told = client.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": email, "PASSWORD": password},
    )
    access = told["AuthenticationResult"]["AccessToken"]
    secret = str(client.associate_software_token(AccessToken=access)["SecretCode"])
    client.verify_software_token(AccessToken=access, UserCode=code_of(secret))
    wanted = {"Enabled": True, "PreferredMfa": True}
    client.set_user_mfa_preference(AccessToken=access, SoftwareTokenMfaSettings=wanted)
    return secret


def forgotten(centre: Centre, email: str) -> None:
    """What `patchbay staff forget-mfa` asks for."""
    centre.client("cognito-idp").admin_set_user_mfa_preference(
        UserPoolId=centre.outputs["UserPoolId"],
        Username=email,
        SoftwareTokenMfaSettings={"Enabled": False, "PreferredMfa": False},
    )


def hire(centre: Centre, email: str) -> None:
    client, pool_id = centre.client("cognito-idp"), centre.outputs["UserPoolId"]
    client.admin_create_user(
        UserPoolId=pool_id,
        Username=email,
        TemporaryPassword=FIRST,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": email}, {"Name": "name", "Value": "New Colleague"}],
    )
    client.admin_add_user_to_group(UserPoolId=pool_id, Username=email, GroupName="agent")
