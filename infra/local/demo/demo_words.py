"""What the demo centre's customers wrote last week: made up, like a shop's ordinary days."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """Lines in turn, the customer's first; `outcome` is the disposition it was closed with, `subject` what a
    mail is about.
    """

    lines: tuple[str, ...]
    outcome: str = "solved"
    subject: str = ""


TALKS = (
    Talk(
        (
            "안녕하세요, 주문한 상품이 아직 안 왔어요.",
            "불편을 드려 죄송합니다. 내일 오전 중에 도착할 예정입니다.",
            "네, 감사합니다!",
        )
    ),
    Talk(
        ("영업시간이 어떻게 되나요?", "평일 오전 9시부터 오후 6시까지입니다."),
        "information",
    ),
    Talk(
        (
            "사이즈를 바꾸고 싶은데요.",
            "네, 어떤 사이즈로 바꿔 드릴까요?",
            "M을 L로 바꿔 주세요.",
            "교환 접수했습니다. 내일 기사님이 방문합니다.",
        )
    ),
    Talk(
        (
            "환불은 언제 되나요?",
            "오늘 처리했고, 카드사에 따라 3일에서 5일 걸립니다.",
            "알겠습니다.",
        )
    ),
    Talk(
        (
            "로그인이 안 돼요.",
            "비밀번호 재설정 문자를 보내 드렸습니다. 확인해 주시겠어요?",
            "이제 되네요. 고맙습니다.",
        )
    ),
    Talk(
        (
            "제품이 깨져서 왔어요.",
            "정말 죄송합니다. 새 상품을 보내 드리려면 재고를 확인해야 합니다. 내일 연락드리겠습니다.",
        ),
        "follow_up",
    ),
    Talk(
        (
            "Hi, where is my order?",
            "It left our warehouse this morning and arrives tomorrow.",
            "Great, thanks!",
        )
    ),
    Talk(("Do you ship to Jeju?", "Yes, it takes one day longer and costs 3,000 won more."), "information"),
    Talk(
        (
            "The charger I bought does not work.",
            "I am sorry. Shall I send you a new one or refund it?",
            "A new one please.",
            "It is on its way, and you may keep the old one.",
        )
    ),
    Talk(("Can I change my delivery address?", "Done. Anything else?", "No, that was all.")),
    Talk(("I was charged twice.", "I see the second payment. Our bank team takes it up today."), "follow_up"),
    Talk(("Are you open on Sunday?", "No, but the chat answers again on Monday at nine."), "information"),
)
GONE = Talk(("여보세요? 누구 있나요?", "네, 무엇을 도와드릴까요?"), "no_answer")
SPAM = Talk(("You have won a prize! Click here.", "This number is for our customers."), "spam")
MAILS = (
    Talk(
        (
            "Hello,\n\nI want to send back the lamp of last week. It is too large.\n\nBest regards",
            "Hello,\n\nof course. The label for the parcel is on its way to you by post.\n\nKind regards",
            "It came today, thank you.",
        ),
        subject="Sending back a lamp",
    ),
    Talk(
        (
            "안녕하세요.\n\n세금계산서를 이메일로 받을 수 있을까요? 사업자등록증은 지난번에 보내 드렸습니다.",
            "안녕하세요.\n\n네, 오늘 중으로 발행해 드리겠습니다. 감사합니다.",
        ),
        "information",
        "세금계산서 요청",
    ),
    Talk(
        (
            "We are looking for forty desks for an office. Who can make us an offer?",
            "Thank you for asking. Our colleague for companies calls you tomorrow morning.",
        ),
        "follow_up",
        "Forty desks",
    ),
)
