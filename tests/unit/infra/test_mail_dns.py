"""What the doctor says of the mail domain, by a real server of names on loopback."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from infra.cli import mail_dns
from infra.cli.line import Line
from infra.cli.mail_dns import Domain, asking, of_domain, of_stack
from infra.cli.place import Place
from tests.support.name_server import NameServer, Records

NAME, REGION = "mail.example.test", "ap-northeast-2"
DOMAIN = Domain(NAME, REGION, ("aaa", "bbb", "ccc"))
MX = {(NAME, "MX"): [f"10 inbound-smtp.{REGION}.amazonaws.com."]}
SPF = {(NAME, "TXT"): ['"google-site-verification=x"', '"v=spf1 include:amazonses.com ~all"']}
DKIM = {(f"{one}._domainkey.{NAME}", "CNAME"): [f"{one}.dkim.amazonses.com."] for one in DOMAIN.tokens}
DMARC = {(f"_dmarc.{NAME}", "TXT"): ['"v=DMARC1; p=quarant" "ine; rua=mailto:x@example.test"']}
RIGHT: Records = {**MX, **SPF, **DKIM, **DMARC}


def said(records: Records, domain: Domain = DOMAIN) -> list[Line]:
    with NameServer(records) as server:
        return list(of_domain(domain, asking("127.0.0.1", server.port)))


def wrong(records: Records, domain: Domain = DOMAIN) -> list[str]:
    return [line.text for line in said(records, domain) if line.wrong]


def test_a_domain_that_is_set_up_has_nothing_wrong_and_four_things_right() -> None:
    lines = said(RIGHT)

    assert [line.text.split()[1] for line in lines] == ["MX", "SPF", "DKIM", "DMARC"]
    assert not [line.text for line in lines if line.wrong]
    assert lines[-1].text.endswith("quarantine")


@pytest.mark.parametrize(
    ("missing", "word"), [(MX, "MX is missing"), (DMARC, "DMARC is missing"), (DKIM, "3 of 3 CNAME")]
)
def test_what_is_missing_is_a_finding_that_says_what_to_do(missing: Records, word: str) -> None:
    (text,) = wrong({key: told for key, told in RIGHT.items() if key not in missing})

    assert word in text and "README" in text


@pytest.mark.parametrize(
    ("key", "told", "word"),
    [
        ((NAME, "MX"), ["10 mx.elsewhere.test."], "leads elsewhere"),
        ((NAME, "MX"), [*MX[(NAME, "MX")], "20 mx.elsewhere.test."], "elsewhere as well"),
        ((NAME, "TXT"), ['"v=spf1 -all"'], "SPF does not name SES"),
        ((NAME, "TXT"), ['"v=spf1 include:amazonses.com -all"', '"v=spf1 -all"'], "SPF stands there more"),
        ((f"aaa._domainkey.{NAME}", "CNAME"), ["zzz.dkim.amazonses.com."], "1 of 3 CNAME"),
        ((f"_dmarc.{NAME}", "TXT"), ['"v=DMARC1; rua=mailto:x@example.test"'], "no policy"),
        ((f"_dmarc.{NAME}", "TXT"), ['"v=DMARC1; p=none"', '"v=DMARC1; p=none"'], None),
        (
            (f"_dmarc.{NAME}", "TXT"),
            ['"v=DMARC1; p=none"', '"v=DMARC1; p=reject"'],
            "DMARC stands there more",
        ),
    ],
)
def test_what_is_not_as_it_should_be_is_named(
    key: tuple[str, str], told: list[str], word: str | None
) -> None:
    found = wrong({**RIGHT, key: told})

    assert found == [] if word is None else [word in text for text in found] == [True]


def test_a_domain_speaks_for_those_that_lie_in_it() -> None:
    above = {key: told for key, told in RIGHT.items() if key not in DMARC}

    assert wrong({**above, ("_dmarc.example.test", "TXT"): ['"v=DMARC1; p=reject"']}) == []


def test_without_spf_bounces_go_by_the_domain_of_ses_unless_we_chose_one() -> None:
    without = {key: told for key, told in RIGHT.items() if key not in SPF}
    ours = replace(DOMAIN, bounces=f"bounce.{NAME}")

    assert wrong(without) == []
    assert [text for text in wrong(without, ours) if "SPF does not name SES" in text]
    assert wrong({**without, (f"bounce.{NAME}", "TXT"): SPF[(NAME, "TXT")]}, ours) == []


def test_without_keys_nothing_is_signed() -> None:
    assert [text for text in wrong(RIGHT, replace(DOMAIN, tokens=())) if "signs nothing" in text]


def test_no_line_names_the_domain() -> None:
    for records in (RIGHT, {}):
        assert not [line.text for line in said(records) if NAME in line.text]


def test_without_a_network_nothing_is_wrong_and_the_doctor_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_dns, "SECONDS", 0.2)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    (line,) = of_domain(DOMAIN, asking("127.0.0.1", port))

    assert "not examined" in line.text and not line.wrong


def test_a_server_that_says_nothing_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_dns, "SECONDS", 0.2)

    with NameServer(RIGHT, silent=True) as server:
        (line,) = of_domain(DOMAIN, asking("127.0.0.1", server.port))

    assert "not examined" in line.text and not line.wrong


class Unknown(Exception):
    """As SES says of an identity that it does not have."""


@dataclass
class Ses:
    """SES as far as the doctor asks it."""

    active: str = "centre-mail"
    known: bool = True
    production: bool = True
    exceptions: Any = field(default_factory=lambda: type("Named", (), {"NotFoundException": Unknown}))
    meta: Any = field(default_factory=lambda: type("Meta", (), {"region_name": REGION}))

    def describe_active_receipt_rule_set(self) -> dict[str, Any]:
        return {"Metadata": {"Name": self.active}} if self.active else {}

    def get_account(self) -> dict[str, Any]:
        return {"ProductionAccessEnabled": self.production}

    def get_email_identity(self, EmailIdentity: str) -> dict[str, Any]:
        if not self.known:
            raise Unknown
        return {"DkimAttributes": {"Tokens": ["aaa", "bbb", "ccc"]}, "MailFromAttributes": {}}


def examined(
    monkeypatch: pytest.MonkeyPatch,
    ses: Ses,
    outputs: Mapping[str, str],
    run: Mapping[str, str] | None = None,
) -> list[str]:
    monkeypatch.setattr(Place, "client", lambda place, service: ses)
    with NameServer(RIGHT) as server:
        monkeypatch.setattr(mail_dns, "asking", lambda: asking("127.0.0.1", server.port))
        place = Place("centre", "https://desk.example.test", outputs, run or {})
        return [line.text for line in of_stack(place) if line.wrong or "sandbox" in line.text]


HAS_MAIL = {"MailDomain": NAME}


def test_a_stack_is_asked_about_its_domain_its_rules_and_its_account(monkeypatch: pytest.MonkeyPatch) -> None:
    assert examined(monkeypatch, Ses(), HAS_MAIL) == []
    (inactive,) = examined(monkeypatch, Ses(active="others"), HAS_MAIL)
    assert "set-active-receipt-rule-set --rule-set-name centre-mail" in inactive
    (unknown,) = examined(monkeypatch, Ses(known=False), HAS_MAIL)
    assert "identity" in unknown
    (sandbox,) = examined(monkeypatch, Ses(production=False), HAS_MAIL)
    assert "sandbox" in sandbox


def test_a_stack_without_the_channel_and_one_on_this_machine_are_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert examined(monkeypatch, Ses(active=""), {}) == []
    assert examined(monkeypatch, Ses(active=""), HAS_MAIL, {"pid": "1"}) == []
