"""What staff are told when something cannot be done: one sentence each, in their language."""

from shared.domain.words.to_staff_calls import ABOUT_CALLS
from shared.domain.words.to_staff_customers import ABOUT_CUSTOMERS
from shared.domain.words.to_staff_finding import ABOUT_FINDING
from shared.domain.words.to_staff_routing import ABOUT_ROUTING
from shared.domain.words.to_staff_told import ABOUT_TOLD
from shared.domain.words.to_staff_writing import ABOUT_WRITING

ELSEWHERE = ABOUT_CALLS | ABOUT_ROUTING | ABOUT_TOLD | ABOUT_WRITING | ABOUT_FINDING
SENTENCES = ELSEWHERE | {
    "authenticator_required": {
        "ko": "인증 앱에 아래 키를 추가한 뒤, 앱에 표시된 6자리 코드를 입력하세요.",
        "en": "Add the key below to an authenticator app, then type the six digits it shows.",
    },
    "bad_tier": {
        "ko": "등급은 영문 소문자, 숫자, -, _ 로 된 32자 이하의 한 단어여야 합니다.",
        "en": "A tier is one word of at most 32 small letters, digits, - and _. Or leave it empty.",
    },
    "bug": {
        "ko": "Patchbay 오류입니다. 다시 시도하고, 계속되면 관리자에게 이 번호를 알려 주세요: {request}",
        "en": "Patchbay had a fault. Try again; if it stays, give your administrator this number: {request}",
    },
    "callback_bad_number": {
        "ko": "이 번호로는 전화할 수 없습니다. 번호를 확인하세요.",
        "en": "This number cannot be called. Check it.",
    },
    "callback_bad_time": {
        "ko": "이 시간에는 전화를 약속할 수 없습니다. 운영 시간 안에서 7일 이내의 15분 단위 시각을 고르세요.",
        "en": "No call can be promised for that time. Choose a quarter hour within the opening hours, "
        "at most 7 days ahead.",
    },
    "code_refused": {
        "ko": "지금은 이 번호로 인증번호를 보낼 수 없습니다. 번호를 확인하거나 채팅으로 계속하세요.",
        "en": "No code can be sent to this number now. Check the number or go on in the chat.",
    },
    "code_required": {
        "ko": "인증 앱에 표시된 6자리 코드를 입력하세요.",
        "en": "Type the six digits that your authenticator app shows.",
    },
    "empty": {"ko": "내용을 입력하세요.", "en": "Write something first."},
    "forbidden": {
        "ko": "권한이 없습니다. 관리자에게 권한을 요청하세요.",
        "en": "Your login may not do this. Ask an administrator for the right group.",
    },
    "key_reused": {
        "ko": "이미 다른 내용으로 처리된 요청입니다. 대화 내용을 확인한 뒤 다시 보내세요.",
        "en": "This was already done with other words. Look at the conversation, then send it again.",
    },
    "login_failed": {
        "ko": "이메일 또는 비밀번호가 맞지 않습니다.",
        "en": "The email or the password is wrong.",
    },
    "login_over": {
        "ko": "시간이 지났거나 이미 사용한 코드입니다. 다시 로그인하세요.",
        "en": "That took too long, or the code was used already. Sign in again with a new one.",
    },
    "malformed": {
        "ko": "요청을 이해할 수 없습니다. 화면을 새로 고치세요.",
        "en": "The request could not be understood. Reload the page.",
    },
    "method": {"ko": "이 주소에서는 할 수 없는 요청입니다.", "en": "This cannot be done at this address."},
    "new_password_required": {
        "ko": "처음 로그인합니다. 새 비밀번호를 정하세요.",
        "en": "This is the first login. Choose a new password.",
    },
    "no_callback": {
        "ko": "이 고객에게 전화할 일이 없습니다. 전화 요청이 취소되었거나 이미 처리되었습니다.",
        "en": "There is no call to make to this customer: they took it back, or it was made already.",
    },
    "no_files_there": {
        "ko": "이 채널로는 파일을 보낼 수 없습니다. 다른 채널로 답하세요.",
        "en": "This channel carries no files. Answer on another channel.",
    },
    "no_address": {
        "ko": "이 채널에 확인된 주소가 없습니다. 먼저 인증번호를 요청하세요.",
        "en": "There is no proven address for this channel. Ask for a code first.",
    },
    "no_body": {
        "ko": "이 메일의 HTML은 더 이상 없습니다. 글만 볼 수 있습니다.",
        "en": "The HTML of this mail is no longer there. Its text is all that can be read.",
    },
    "no_picture": {
        "ko": "이 사진은 가져올 수 없습니다.",
        "en": "This picture cannot be fetched.",
    },
    "no_agent": {"ko": "등록된 상담원이 아닙니다.", "en": "There is no such agent."},
    "no_contact": {
        "ko": "이 이름의 상담을 찾을 수 없습니다. 케이스 번호나 고객 주소를 확인하세요.",
        "en": "There is no such contact. Check the case's number, or the customer's address.",
    },
    "no_customer": {"ko": "고객을 찾을 수 없습니다.", "en": "There is no such customer."},
    "no_template": {
        "ko": "이 템플릿이 없거나 값의 개수가 맞지 않습니다. 화면을 새로 고쳐 다시 고르세요.",
        "en": "There is no such template with so many values. Reload the page and choose again.",
    },
    "no_version": {
        "ko": "그 버전의 설정이 없습니다. 화면을 새로 고치세요.",
        "en": "There is no such version of the settings. Reload the page.",
    },
    "no_such_address": {
        "ko": "이 주소로 보낸 메일이 되돌아왔습니다. 없는 주소이니 다른 채널로 답하세요.",
        "en": "Mail to this address came back: it does not exist. Answer on another channel.",
    },
    "on_suppression_list": {
        "ko": "메일 서비스에서 이 주소를 차단했습니다. 다른 채널로 답하고 관리자에게 알려 주세요.",
        "en": "The mail service blocks this address. Answer on another channel and tell your administrator.",
    },
    "opted_out": {
        "ko": "고객이 이 채널의 수신을 거부했습니다. 다른 채널로 답하세요.",
        "en": "The customer has opted out of this channel. Answer on another one.",
    },
    "password_reset": {
        "ko": "비밀번호를 다시 설정해야 합니다. 관리자에게 문의하세요.",
        "en": "The password has to be set anew. Ask your administrator.",
    },
    "pool_in_use": {
        "ko": "이 풀에서 고객이 기다리거나 상담원이 일하고 있어 설정을 바꿀 수 없습니다.",
        "en": "Customers wait or agents work in this pool, so the settings cannot change.",
    },
    "signed_out": {"ko": "세션이 끝났습니다. 다시 로그인하세요.", "en": "Your session ended. Sign in again."},
    "stale_settings": {
        "ko": "그사이 설정이 바뀌었습니다. 바뀐 내용을 확인하고, 새로 불러온 뒤 다시 저장하세요.",
        "en": "The settings have changed meanwhile. Look at what changed, load them again, and save then.",
    },
    "too_long": {
        "ko": "글이 너무 깁니다. 줄여서 다시 보내세요.",
        "en": "The text is too long. Shorten it and send again.",
    },
    "too_many": {
        "ko": "요청이 너무 많습니다. 잠시 후 다시 시도하세요.",
        "en": "Too many requests at once. Wait a little and try again.",
    },
    "try_again": {
        "ko": "Patchbay가 바쁩니다. 잠시 후 다시 시도하세요.",
        "en": "Patchbay is busy. Try again in a few seconds.",
    },
    "unknown_disposition": {
        "ko": "선택한 처리 결과가 없습니다. 다른 결과를 고르세요.",
        "en": "There is no such outcome. Choose another one.",
    },
    "unreachable": {
        "ko": "이 주소로는 보낼 수 없습니다. 다른 채널로 답하세요.",
        "en": "Nothing can be sent to this address. Answer on another channel.",
    },
    "weak_password": {
        "ko": "새 비밀번호는 12자 이상이며 대문자, 소문자, 숫자를 포함해야 합니다.",
        "en": "The new password needs 12 characters or more, with upper and lower case letters and a digit.",
    },
    "wrong_settings": {
        "ko": "설정에 잘못된 곳이 있어 저장하지 않았습니다. 표시된 곳을 고치세요.",
        "en": "Nothing was saved: something in the settings is wrong. Mend what is marked.",
    },
    "wrong_code": {
        "ko": "코드가 맞지 않습니다. 지금 표시된 코드를 입력하세요.",
        "en": "The code is wrong. Type the one your app shows now.",
    },
}
SENTENCES |= ABOUT_CUSTOMERS


def sentence(code: str, language: str, **values: object) -> str:
    """The sentence for a code of SENTENCES, in English where the language has none."""
    words = SENTENCES[code]
    return words.get(language, words["en"]).format_map(_Told(values))


class _Told(dict[str, object]):
    """A place that nothing is known for is a dash."""

    def __missing__(self, name: str) -> str:
        return "–"
