"""A centre in memory that gets mails: what the door would hand on of each, routed."""

import json
from dataclasses import replace
from typing import Any

from functions.channels.email import inbound
from shared.domain.address.address import UNPROVEN, Address
from shared.domain.channel.carriage import Sent
from shared.domain.channel.commands import Raw, Send
from shared.domain.channel.receipt import Outcome
from shared.domain.customer.head import Head
from shared.domain.ids import case_number
from shared.domain.timeline.entry import Entry, Kind
from shared.use_cases.channel.send_queued import SendQueued
from tests.support.rule_scene import RuleScene

ANA, COLLEAGUE = "ana@example.test", "bea@example.test"
OWN = "help@shop.example.test"
OF_SES = "@ap-northeast-2.amazonses.com"


def document(text: str = "Hello", sender: str = ANA, **told: Any) -> dict[str, Any]:
    """What the door makes of a mail."""
    usual = {
        "sender": sender,
        "answers_to": sender,
        "own": OWN,
        "recipients": [OWN],
        "to": [OWN],
        "cc": [],
        "dmarc": "PASS",
        "automatic": "",
        "message_id": f"{text.replace(' ', '-')}@mail.example.test",
        "references": [],
        "conversation": None,
        "subject": "My order",
        "text": text,
        "quoted": "",
        "body_key": "",
        "parts": [],
        "problems": [],
    }
    return usual | told


class MailScene(RuleScene):
    def mail(self, text: str = "Hello", sender: str = ANA, event_id: str = "", **told: Any) -> Outcome:
        return self.brings(self.raw("email", event_id), document(text, sender, **told))

    def brings(self, raw: Raw, told: dict[str, Any]) -> Outcome:
        raw = replace(raw, payload=json.dumps(told))
        return self.route(raw, inbound.parse(raw))

    def of(self, sender: str = ANA, kind: str = "email") -> Head:
        """The head that rules the customer of an address."""
        return self.get(Head, self.owner(Address(kind, sender)).root)

    def unproven(self, sender: str = ANA) -> Head:
        return self.of(sender, UNPROVEN)

    def token(self, sender: str = ANA) -> dict[str, str]:
        """What our token of this customer's latest case names, as the door hands it on."""
        head = self.of(sender)
        case = head.cases[-1].id if head.cases else head.closed.id if head.closed else ""
        return {"customer_id": head.customer_id, "case_number": case_number(case)}

    def received(self) -> list[Entry]:
        return self.entries(Kind.MESSAGE_RECEIVED)

    def works(self, text: str = "Hello") -> None:
        """An agent has the case that began with Ana's mail."""
        self.mail(text)
        self.hire()
        self.assign()
        self.accept()

    def answers(self, text: str = "We look into it.", address: str = "") -> Entry:
        """The agent answers Ana, or another address of the conversation."""
        head, key = self.of(), f"answer-{self.of().version:04}"
        to = Address("email", address) if address else None
        return self.answering().reply("one", head.customer_id, head.cases[0].id, "email", to, text, key)

    def ends(self) -> None:
        head = self.of()
        if head.cases[0].first_reply_at is None:
            self.answers()
        head = self.of()
        self.answering().close("one", head.customer_id, head.cases[0].id, "solved")

    def leaves(self, entry: Entry, ses_id: str) -> None:
        """Our mail went out, and SES calls it this."""
        SendQueued(*self.needs, lambda one: Sent(ses_id))(Send(entry.timeline, entry.seq))
