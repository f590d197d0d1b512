"""Staff come in through the front door: logins in the embedded Cognito, the authorizer, the cookie."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from infra.local.centre import Centre
from shared.adapters.staff_pool import CognitoPool
from shared.domain.errors import Refused
from shared.edge.staff import caller_of, claims_of
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
    assert caller_of(claims_of(tokens.id_token), "").groups == ("agent",)
    assert pool(centre).login("new@example.test", OWN).refresh_token


def test_a_forged_or_ended_session_is_over(centre: Centre) -> None:
    login = centre.logins[0]
    tokens = pool(centre).login(login.email, login.password)

    pool(centre).revoke(tokens.refresh_token)

    for token in ("forged", tokens.refresh_token):
        with pytest.raises(Refused) as refused:
            pool(centre).refresh(token)
        assert (refused.value.code, refused.value.status) == ("signed_out", 401)


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
