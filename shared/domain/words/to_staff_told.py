"""What staff are told about guided work, mentions, and cases that they follow or hand on."""

ABOUT_TOLD = {
    "bad_phone": {
        "ko": "이 번호로는 전화를 걸 수 없습니다. 010-1234-5678이나 sip:name@example.com처럼 입력하세요.",
        "en": "Calls cannot ring there. Write a number as 010-1234-5678, or an address as "
        "sip:name@example.com. For a number of another country ask an administrator.",
    },
    "phone_of_settings": {
        "ko": "전화를 받을 번호를 관리자가 설정했습니다. 바꾸려면 시스템 관리자에게 요청하세요.",
        "en": "An administrator has set where your calls ring. Ask them to change it.",
    },
    "own_phones_off": {
        "ko": "이 센터에서는 전화받을 번호를 직접 정할 수 없습니다. 시스템 관리자에게 요청하세요.",
        "en": "Agents of this centre do not set where their calls ring. Ask an administrator.",
    },
    "browser_calls_off": {
        "ko": "브라우저 통화를 사용할 수 없습니다. 내 전화로 받거나 시스템 관리자에게 문의하세요.",
        "en": "Calls in the browser are not set up here. Answer with your phone, or ask an administrator.",
    },
    "desk_changed": {
        "ko": "다른 창에서 이 설정이 바뀌었습니다. 화면을 새로 고친 뒤 다시 저장하세요.",
        "en": "Another window of yours has changed this meanwhile. Reload the page, then save it again.",
    },
    "no_step": {
        "ko": "이 케이스의 업무 절차에 없는 단계입니다. 화면을 새로 고치세요.",
        "en": "The guide of this case has no such step. Reload the page to see its steps.",
    },
    "nobody_mentioned": {
        "ko": "등록된 상담원이 아닌 사람을 언급했습니다. @ 뒤의 이름을 목록에서 다시 고르세요.",
        "en": "The note mentions somebody who is no agent here. Choose the name behind the @ again.",
    },
    "too_many_mentioned": {
        "ko": "한 메모에서는 10명까지 언급할 수 있습니다. 언급을 줄이세요.",
        "en": "A note can mention 10 colleagues at most. Mention fewer.",
    },
    "too_many_followed": {
        "ko": "케이스는 100개까지 팔로우할 수 있습니다. 먼저 다른 팔로우를 해제하세요.",
        "en": "You follow 100 cases, which is the most. Stop following one of them first.",
    },
    "reason_missing": {
        "ko": "받는 동료가 알 수 있도록 이관 사유를 입력하세요.",
        "en": "Write the reason, so that whoever gets the case knows what is to be done.",
    },
}
