"""A centre with something of every kind of setting."""

from dataclasses import replace

from shared.domain.calls import Calls
from shared.domain.centre import Centre
from shared.domain.declared import Field, Guide, GuideStep, Tag, Undo
from shared.domain.hours import Hours
from shared.domain.queue import Announcement, Need, Overflow, Queue, Ring
from shared.domain.saved_reply import ReplyAction, SavedReply
from shared.domain.settings.document import Document
from shared.domain.staffing import Aux, Limit, Member, Profile, Rule, Skill, When

QUEUES = (
    Queue("main", label_ko="일반 상담", label_en="General"),
    Queue(
        "billing",
        label_ko="결제·환불",
        label_en="Billing and refunds",
        priority=3,
        needs=(Need("english", 2),),
        service_level_seconds=120,
        rings=(Ring(60, drop=("english",), admit=("everything",)),),
        overflow=Overflow("main", 300),
        announcements=(
            Announcement(30, "앞에 {position}명이 기다립니다.", "{position} people are before you."),
        ),
    ),
    Queue("night", label_ko="야간", label_en="Night line", hours=Hours(("mon-fri 18:00-24:00",))),
)
REFUND = (
    GuideStep("receipt", "영수증 확인", "Check the receipt"),
    GuideStep("account", "환불 계좌 확인", "Check the account for the refund"),
)
FULL = Centre(
    queues=QUEUES,
    skills=(Skill("english", "영어", "English"), Skill("refunds", "환불", "Refunds")),
    profiles=(Profile("everything", ("main", "billing", "night"), (Limit("chat", 3), Limit("email", 5))),),
    rules=(Rule((When("language", ("en",)),), "billing", (Need("english", 2),), 2),),
    aux=(Aux("coaching", "코칭", "Coaching"),),
    tags=(Tag("delivery", "배송", "Delivery"), Tag("vip", "우수 고객", "Good customer")),
    fields=(
        Field("since", "가입일", "Customer since", "date"),
        Field("size", "회사 규모", "Size of the company", "choice", ("1–10", "11–100", "101+")),
    ),
    guides=(Guide("refund", REFUND, "billing"),),
    undo=(Undo("chat", 5), Undo("email", 10)),
    calls=Calls(record=True, transcribe=True),
    hours=Hours(("mon-fri 09:00-18:00", "sat 10:00-13:00"), ("2026-12-25 closed",), holidays="KR"),
)
REPLIES = (
    SavedReply(
        "delivery",
        "배송 예정일",
        "Delivery day",
        "{customer} 님, 주문하신 상품은 {도착일}에 도착할 예정입니다.",
        "{customer}, your order will arrive on {day}.",
        (ReplyAction("tag", "delivery"),),
    ),
    SavedReply("greeting", "첫인사", "Greeting", "{customer} 님, 안녕하세요.", "Hello {customer}."),
)


def full_document(members: int = 3) -> Document:
    named = tuple(Member(f"agent{n}@example.test", "everything", (Need("english", n),)) for n in range(1, 4))
    rung = replace(named[0], phone="+821055500001")
    return Document(FULL, members=(rung, *named[1:members]), replies=REPLIES)
