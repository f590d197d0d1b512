"""What staff are told about lists, and about what they do to the cases in them."""

ABOUT_LISTS = {
    "full": {
        "ko": "더 맡을 여유가 없습니다({held}/{most}). 케이스를 종료·미루기·이관한 뒤 다시 시도하세요.",
        "en": "You are full: {held} of {most} are taken. Close, snooze or hand on a case, then try again.",
    },
    "taken": {
        "ko": "{agent} 님이 먼저 맡았습니다. 열어서 읽을 수 있습니다.",
        "en": "{agent} was faster and has this case. You can open it to read.",
    },
    "taken_rings": {
        "ko": "지금 {agent} 님에게 배정 요청 중입니다. 받지 않으면 다시 대기합니다.",
        "en": "It is being offered to {agent} at this moment. If they do not take it, it waits again.",
    },
    "take_not_there": {
        "ko": "지금은 맡을 수 없습니다(오프라인, 배정 중지, 또는 다른 풀). 먼저 ‘상담 가능’으로 바꾸세요.",
        "en": "You are offline, take no new work, or it waits in another pool. Set yourself Available first.",
    },
    "not_assignable": {
        "ko": "다른 상담원이 담당 중이거나 우리 풀에서 대기하지 않습니다. 담당자나 관리자에게 요청하세요.",
        "en": "A colleague has this case, or it waits in no queue of your pool. Ask them or a supervisor.",
    },
    "snooze_time": {
        "ko": "지금부터 90일 안의 시각을 고르세요.",
        "en": "Choose a moment that is still to come, within the next 90 days.",
    },
    "snooze_call": {
        "ko": "통화나 전화 예약은 미룰 수 없습니다. 나중에 전화하기로 약속하세요.",
        "en": "A call cannot be snoozed. Promise the customer a call for later instead.",
    },
    "unknown_tag": {
        "ko": "등록되지 않은 태그입니다. 사용할 수 있는 태그: {tags}.",
        "en": "The centre has no such tag. Choose one of: {tags}.",
    },
    "too_many_tags": {
        "ko": "케이스에 태그를 20개까지 붙일 수 있습니다. 쓰지 않는 태그를 빼세요.",
        "en": "A case can have 20 tags at most. Take one off first.",
    },
    "no_case": {
        "ko": "케이스를 찾을 수 없습니다. 목록을 새로 고치세요.",
        "en": "There is no such case. Look at the list again.",
    },
    "no_list": {
        "ko": "그런 목록이 없습니다. 화면을 새로 고치세요.",
        "en": "There is no such list. Reload the page.",
    },
    "not_done_yet": {
        "ko": "시간이 부족해 처리하지 못했습니다. 다시 시도하세요.",
        "en": "There was no time left for this one. Try it again.",
    },
}
