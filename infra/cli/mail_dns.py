"""Whether the world finds our mail domain and believes it: MX, SPF, DKIM and DMARC, as DNS says now.

https://docs.aws.amazon.com/ses/latest/dg/receiving-email-mx-record.html and, for what is sent,
https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim-easy-setup-domain.html
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from infra.cli.line import Line
from infra.cli.place import Place

SECONDS = 5.0  # for one question, over all servers
HOW = "see functions/channels/email/README.md"
Ask = Callable[[str, str], list[str]]


class Offline(Exception):
    """No server of names answers here: nothing is known, which is no finding."""


@dataclass(frozen=True, slots=True)
class Domain:
    """`tokens` are SES's names for its DKIM keys; `bounces` is where bounces go, "" for SES's own domain."""

    name: str
    region: str
    tokens: tuple[str, ...] = ()
    bounces: str = ""


def of_stack(place: Place) -> Iterator[Line]:
    """Nothing while the channel is off; here on this machine no mail comes from outside."""
    name = place.outputs.get("MailDomain", "")
    if not name or place.local:
        return
    ses = place.client("sesv2")
    yield from _account(place, ses)
    told = _identity(ses, name)
    if told is None:
        yield Line(f"mail: SES does not know the mail domain as an identity; {HOW}", wrong=True)
        return
    tokens = tuple(told.get("DkimAttributes", {}).get("Tokens", ()))
    bounces = str(told.get("MailFromAttributes", {}).get("MailFromDomain", ""))
    yield from of_domain(Domain(name, str(ses.meta.region_name), tokens, bounces), asking())


def of_domain(domain: Domain, ask: Ask) -> Iterator[Line]:
    """What is right and what is missing, without the domain's name: the report is for strangers."""
    try:
        for part in (_mx, _spf, _dkim, _dmarc):
            yield part(domain, ask)
    except Offline:
        yield Line("mail: DNS cannot be asked from here, so MX, SPF, DKIM and DMARC are not examined")


def asking(server: str = "", port: int = 53) -> Ask:
    """Questions to the servers of names of this machine, or to this one."""
    import dns.exception
    import dns.resolver

    def ask(name: str, kind: str) -> list[str]:
        try:
            resolver = dns.resolver.Resolver(configure=not server)
            if server:
                resolver.nameservers, resolver.port = [server], port
            return [_text(one) for one in resolver.resolve(name, kind, lifetime=SECONDS)]
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise Offline(type(error).__name__) from error

    return ask


def _text(record: Any) -> str:
    """A long TXT record comes in pieces, each in quotes."""
    strings = getattr(record, "strings", None)
    if strings is not None:
        return b"".join(strings).decode("utf-8", "replace")
    return str(record).rstrip(".").lower()


def _mx(domain: Domain, ask: Ask) -> Line:
    wanted = f"inbound-smtp.{domain.region}.amazonaws.com"
    found = [one.split()[-1] for one in ask(domain.name, "MX")]
    if found == [wanted]:
        return Line("mail: MX leads to SES")
    why = "leads elsewhere" if found else "is missing"
    if wanted in found:
        return Line(
            "mail: MX leads to SES and elsewhere as well: what goes there never comes here", wrong=True
        )
    return Line(f"mail: MX {why}, so no mail comes; it must be `10 {wanted}`; {HOW}", wrong=True)


def _spf(domain: Domain, ask: Ask) -> Line:
    """Without a domain of ours for bounces, mails have SES's, whose SPF is its own affair."""
    found = [one for one in ask(domain.bounces or domain.name, "TXT") if one.lower().startswith("v=spf1")]
    if len(found) > 1:
        return Line("mail: SPF stands there more than once, which counts as none", wrong=True)
    if found and "include:amazonses.com" in found[0].lower():
        return Line("mail: SPF names SES")
    if found or domain.bounces:
        return Line(f"mail: SPF does not name SES; it needs `include:amazonses.com`; {HOW}", wrong=True)
    return Line("mail: no SPF of its own; bounces go by SES's domain, which has one")


def _dkim(domain: Domain, ask: Ask) -> Line:
    names = {f"{token}._domainkey.{domain.name}": f"{token}.dkim.amazonses.com" for token in domain.tokens}
    if not names:
        return Line(f"mail: SES signs nothing of the domain yet (DKIM); {HOW}", wrong=True)
    missing = sum(target not in ask(name, "CNAME") for name, target in names.items())
    if missing:
        return Line(
            f"mail: {missing} of {len(names)} CNAME records of DKIM are missing or lead elsewhere, so nothing"
            f" proves that our mails are ours; {HOW}",
            wrong=True,
        )
    return Line("mail: DKIM is there")


def _dmarc(domain: Domain, ask: Ask) -> Line:
    """The domain's own word, else that of one it lies in (RFC 7489 asks the registered one)."""
    labels = domain.name.split(".")
    for n in range(len(labels) - 1):
        found = ask(f"_dmarc.{'.'.join(labels[n:])}", "TXT")
        if said := [one for one in found if one.lower().replace(" ", "").startswith("v=dmarc1")]:
            return _policy(said)
    return Line(f"mail: DMARC is missing, so others may write in our name; {HOW}", wrong=True)


def _policy(said: list[str]) -> Line:
    if len(said) > 1:
        return Line("mail: DMARC stands there more than once, which counts as none", wrong=True)
    tags = {name.strip().lower(): value.strip().lower() for name, _, value in _pairs(said[0])}
    policy = tags.get("p", "")
    if policy not in ("none", "quarantine", "reject"):
        return Line("mail: DMARC says no policy (p=)", wrong=True)
    return Line(f"mail: DMARC is there, with the policy {policy}")


def _pairs(text: str) -> Iterator[tuple[str, str, str]]:
    return (part.partition("=") for part in text.split(";"))


def _account(place: Place, ses: Any) -> Iterator[Line]:
    active = place.client("ses").describe_active_receipt_rule_set().get("Metadata", {}).get("Name", "")
    rules = f"{place.stack}-mail"
    if active != rules:
        activate = f"aws ses set-active-receipt-rule-set --rule-set-name {rules}"
        yield Line(
            f"mail: another set of receipt rules is active, or none; activate ours: {activate}", wrong=True
        )
    if not ses.get_account().get("ProductionAccessEnabled"):
        yield Line("mail: SES is in its sandbox: 200 mails a day, to verified addresses only")


def _identity(ses: Any, name: str) -> dict[str, Any] | None:
    try:
        return dict(ses.get_email_identity(EmailIdentity=name))
    except ses.exceptions.NotFoundException:
        return None
