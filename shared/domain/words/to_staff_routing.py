"""What staff are told about queues, colleagues and the work after a contact."""

from shared.domain.words.to_staff_lists import ABOUT_LISTS

ABOUT_ROUTING = {
    **ABOUT_LISTS,
    "agent_away": {
        "ko": "배정을 받을 수 없는 상담원입니다(오프라인, 배정 중지, 또는 다른 풀). 다른 상담원을 고르세요.",
        "en": "This agent gets no work now: offline, drained, or of another pool. Choose another one.",
    },
    "colleague_busy": {
        "ko": "지금 여유가 없는 동료입니다. 가능한 동료: {others}. 넘길 수 있는 대기열: {queues}.",
        "en": "This colleague has no room for it now. Free: {others}. Queues it can go to: {queues}.",
    },
    "colleague_gone": {
        "ko": "자리에 없거나 등록되지 않은 동료입니다. 가능한 동료: {others}. 넘길 수 있는 대기열: {queues}.",
        "en": "This colleague is not there. Free: {others}. Queues it can go to: {queues}.",
    },
    "has_it_already": {
        "ko": "이미 이 상담원이 담당하는 케이스입니다. 다른 상담원이나 대기열을 고르세요.",
        "en": "This agent has the case already. Choose another agent, or a queue.",
    },
    "not_assigned": {
        "ko": "아직 담당자가 없는 케이스입니다. 대기 목록에서 상담원에게 배정하세요.",
        "en": "Nobody has this case yet. Give it to an agent from the list of its queue.",
    },
    "not_stepped_in": {
        "ko": "이 케이스에 개입한 상태가 아닙니다.",
        "en": "You are not in this case, or no longer. Step in first, with a reason.",
    },
    "stepped_in_already": {
        "ko": "이미 이 케이스에 개입했습니다. 바로 답장할 수 있습니다.",
        "en": "You have stepped into this case already. You can answer the customer.",
    },
    "consult_open": {
        "ko": "동료에게 자문을 요청한 상태입니다. 먼저 자문을 끝내거나 동료에게 넘기세요.",
        "en": "A colleague is being asked about this case. End that first, or hand the case over to them.",
    },
    "no_consult": {
        "ko": "동료가 아직 참여하지 않았거나 자문이 끝났습니다. 다시 요청하거나 이관하세요.",
        "en": "The colleague has not joined, or has left. Ask again, or transfer the case.",
    },
    "no_queue": {
        "ko": "없는 대기열입니다. 사용할 수 있는 대기열: {queues}.",
        "en": "There is no such queue. Choose one of: {queues}.",
    },
    "no_reason": {
        "ko": "등록되지 않은 상태 사유입니다. 화면을 새로 고치고 다시 선택하세요.",
        "en": "The centre has no such reason. Reload the page and choose again.",
    },
    "no_successor": {
        "ko": "새 고객을 받을 다른 대기열을 고르세요. 사용할 수 있는 대기열: {queues}.",
        "en": "Choose another queue that gets the new customers. There are: {queues}.",
    },
    "not_waiting": {
        "ko": "이 고객은 더 이상 기다리지 않습니다. 목록을 새로 고치세요.",
        "en": "This customer waits no more. Look at the list again.",
    },
    "not_wrapping": {
        "ko": "이미 끝난 후처리입니다.",
        "en": "The work after this case is over already.",
    },
    "offer_gone": {
        "ko": "이 배정은 끝났습니다. 고객은 다른 상담원에게 배정되었거나 다시 대기 중입니다.",
        "en": "This offer has ended; the customer was offered to someone else or is waiting again.",
    },
    "not_owner": {
        "ko": "이 케이스는 현재 담당이 아닙니다.",
        "en": "This case is not yours, or no longer.",
    },
    "contact_open": {
        "ko": "이 케이스에서 아직 통화나 대기 중인 상담이 있습니다. 끝난 뒤에 종료하세요.",
        "en": "Somebody still talks or waits in this case. Close it when that has ended.",
    },
    "case_closed": {
        "ko": "종료된 케이스입니다. 고객이 다시 연락하면 재개됩니다.",
        "en": "This case is closed. If the customer writes again, it comes back.",
    },
}
