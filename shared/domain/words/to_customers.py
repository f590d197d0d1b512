"""What the house itself says to customers, in their language. Placeholders in braces."""

from datetime import datetime

WORDS = {
    "survey_to_type": {
        "ko": "상담은 어떠셨나요? 1(불만족)~5(매우 만족) 중 숫자 하나로 답해 주세요.",
        "en": "How did we do? Reply with one number from 1 (poor) to 5 (great).",
    },
    "survey_to_press": {"ko": "상담은 어떠셨나요?", "en": "How did we do?"},
    "survey_hint": {
        "ko": "1에서 5 사이의 숫자 하나로 답해 주세요.",
        "en": "Please reply with one number from 1 to 5.",
    },
    "flow_choose": {"ko": "아래에서 하나를 골라 주세요.", "en": "Please choose one of these."},
    "flow_digits": {
        "ko": "숫자 {least}~{most}자리로 입력해 주세요.",
        "en": "Please type {least} to {most} digits.",
    },
    "flow_person": {"ko": "상담원에게 연결해 드릴게요.", "en": "We are passing you on to a person."},
    "closed_until": {
        "ko": "지금은 상담 시간이 아닙니다. 남겨 주신 내용은 {when}부터 확인합니다.",
        "en": "We are closed right now. Somebody will read your message from {when}.",
    },
    "closed": {
        "ko": "지금은 상담 시간이 아닙니다. 남겨 주신 내용은 확인 후 답해 드립니다.",
        "en": "We are closed right now. Somebody will read your message.",
    },
    "open_now": {"ko": "지금 상담 시간입니다.", "en": "We are open right now."},
    "subject": {
        "ko": "[{centre}] 문의하신 건의 안내입니다{about}",
        "en": "{centre}: about your request{about}",
    },
    "code": {
        "ko": "[{centre}] 확인 코드: {code} (5분간 유효). 채팅창에 입력해 주세요.",
        "en": "[{centre}] Your code: {code} (valid for 5 minutes). Type it into the chat.",
    },
    "code_sent": {
        "ko": "문자로 6자리 코드를 보냈습니다. 5분 안에 여기에 입력해 주세요.",
        "en": "We sent a six-digit code by SMS. Type it here within 5 minutes.",
    },
    "code_right": {
        "ko": "번호가 확인되었습니다. 이제 문자로도 이어서 상담할 수 있습니다.",
        "en": "Your number is confirmed. We can now go on by SMS as well.",
    },
    "code_wrong": {
        "ko": "코드가 맞지 않습니다. 남은 횟수: {left}",
        "en": "That code is not right. Tries left: {left}",
    },
    "code_over": {
        "ko": "코드를 더 이상 사용할 수 없습니다. 새 코드를 요청해 주세요.",
        "en": "That code can no longer be used. Please ask for a new one.",
    },
    "code_refused": {
        "ko": "이 번호로는 코드를 보낼 수 없습니다.",
        "en": "We cannot send a code to this number.",
    },
    "callback_soon": {
        "ko": "순서가 되면 끝자리 {digits} 번호로 전화드리겠습니다. 여기서 기다리지 않으셔도 됩니다.",
        "en": "We will call the number ending in {digits} when it is your turn. You need not wait here.",
    },
    "callback_at": {
        "ko": "{when}에 끝자리 {digits} 번호로 전화드리겠습니다.",
        "en": "We will call the number ending in {digits} on {when}.",
    },
    "callback_cancelled": {
        "ko": "전화 요청을 취소했습니다.",
        "en": "We will not call you.",
    },
    "callback_cancelled_waits": {
        "ko": "전화 요청을 취소했습니다. 대기 순서는 그대로입니다.",
        "en": "We will not call you. You keep your place here.",
    },
    "callback_missed": {
        "ko": "{tries}번 전화드렸으나 연결되지 않아 문의를 종료합니다. 언제든 다시 문의해 주세요.",
        "en": "We called you {tries} times and could not reach you, so we closed your request. "
        "You can write to us again at any time.",
    },
    "callback_bad_number": {
        "ko": "이 번호로는 전화드릴 수 없습니다. 번호를 확인해 주세요.",
        "en": "We cannot call this number. Please check it.",
    },
    "callback_bad_time": {
        "ko": "그 시간에는 전화드릴 수 없습니다. 다른 시간을 골라 주세요.",
        "en": "We cannot call at that time. Please choose another one.",
    },
    "callback_not_waiting": {
        "ko": "지금은 대기 중이 아니어서 전화 요청을 바꿀 수 없습니다.",
        "en": "You are not waiting now, so there is no call to ask for or to cancel.",
    },
    "callback_off": {
        "ko": "지금은 전화 요청을 받지 않습니다.",
        "en": "We take no requests for a call right now.",
    },
    "callback_waits": {"ko": "순서가 되면 전화드립니다.", "en": "We will call you when it is your turn."},
    "callback_later": {"ko": "{when}에 전화드립니다.", "en": "We will call you on {when}."},
    "open_elsewhere": {"ko": "지금 이용하실 수 있는 곳: {names}.", "en": "Open right now: {names}."},
    "chat_junk": {"ko": "이해할 수 없는 요청입니다.", "en": "We could not understand that."},
    "chat_too_long": {
        "ko": "메시지가 너무 깁니다. 나누어 보내 주세요.",
        "en": "That message is too long. Please send it in parts.",
    },
    "chat_file_too_large": {
        "ko": "파일이 너무 큽니다. 25MB 이하의 파일을 보내 주세요.",
        "en": "That file is too large. Please send one of at most 25 MB.",
    },
    "file_over": {
        "ko": "파일 링크가 만료되었거나 올바르지 않습니다.",
        "en": "This link to a file is over, or not right.",
    },
    "unsubscribe_ask_title": {"ko": "자동 메일을 그만 받으시겠어요?", "en": "Stop automatic mails?"},
    "unsubscribe_ask": {
        "ko": "만족도 조사 등 자동 메일을 더 보내지 않습니다. 상담원의 답장은 계속 받으실 수 있습니다.",
        "en": "No more surveys and other automatic mails. Answers from our staff still reach you.",
    },
    "unsubscribe_button": {"ko": "수신 거부", "en": "Unsubscribe"},
    "unsubscribe_done_title": {"ko": "수신 거부되었습니다", "en": "You are unsubscribed"},
    "unsubscribe_done": {
        "ko": "이제 자동 메일을 보내지 않습니다. 이 창을 닫으셔도 됩니다.",
        "en": "We will send you no more automatic mails. You can close this page.",
    },
    "unsubscribe_over_title": {"ko": "올바르지 않은 링크입니다", "en": "This link is not right"},
    "unsubscribe_over": {
        "ko": "메일에 있는 링크 전체가 맞는지 확인해 주세요. 받으신 메일에 답장으로 알려 주셔도 됩니다.",
        "en": "Please check that you have the whole link of the mail. You can also answer the mail.",
    },
    "chat_bad_phone": {
        "ko": "전화번호를 다시 확인해 주세요.",
        "en": "Please check that phone number.",
    },
    "chat_try_again": {
        "ko": "지금은 보낼 수 없습니다. 잠시 후 다시 시도해 주세요.",
        "en": "That did not work just now. Please try again in a moment.",
    },
    "chat_no_connection": {
        "ko": "연결이 끊어졌습니다. 다시 연결해 주세요.",
        "en": "The connection is over. Please connect again.",
    },
    "chat_too_often": {
        "ko": "요청이 너무 많습니다. 1분 뒤에 다시 시도해 주세요.",
        "en": "Too many requests. Please try again in a minute.",
    },
    "chat_foreign_page": {
        "ko": "이 페이지에서는 채팅을 열 수 없습니다.",
        "en": "The chat cannot be opened from this page.",
    },
}


DAYS = {"ko": "월화수목금토일", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def when(local: datetime, language: str) -> str:
    """A moment of the centre's own clock, as people say it."""
    if language == "ko":
        return f"{local.month}월 {local.day}일({DAYS['ko'][local.weekday()]}) {local:%H:%M}"
    return f"{DAYS['en'][local.weekday()]} {local.day} {MONTHS[local.month - 1]}, {local:%H:%M}"


def say(word: str, language: str, **values: object) -> str:
    sentences = WORDS[word]
    return sentences.get(language, sentences["en"]).format(**values)
