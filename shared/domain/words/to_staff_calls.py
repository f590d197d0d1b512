"""What staff are told when something cannot be done with a telephone call."""

ABOUT_CALLS = {
    "no_call": {
        "ko": "진행 중인 통화가 없습니다. 화면을 새로 고치세요.",
        "en": "No call goes on here. Reload the page.",
    },
    "no_phone": {
        "ko": "전화를 받을 번호가 없습니다. 내 설정에서 번호를 입력하거나 관리자에게 요청하세요.",
        "en": "You have no phone that could ring. Set one in your settings, or ask an administrator.",
    },
    "in_call": {
        "ko": "이미 통화 중입니다. 먼저 그 통화를 끝내세요.",
        "en": "You are in a call already. End that one first.",
    },
    "bad_number": {
        "ko": "이 번호로는 전화를 걸 수 없습니다. 번호를 확인하세요.",
        "en": "This number cannot be called. Check it.",
    },
    "closed_now": {
        "ko": "지금은 운영 시간이 아닙니다. 진행 중인 케이스가 없는 고객에게는 운영 시간에 전화하세요.",
        "en": "The centre is closed now. Call a customer without an open case within the opening hours.",
    },
    "not_together": {
        "ko": "아직 고객과 연결되지 않았습니다. 연결된 뒤 다시 시도하세요.",
        "en": "The customer is not with you yet. Try again once you talk with each other.",
    },
    "already_held": {
        "ko": "이미 보류 중인 통화입니다.",
        "en": "This call is on hold already.",
    },
    "not_held": {
        "ko": "보류 중인 통화가 아닙니다.",
        "en": "This call is not on hold.",
    },
    "not_recorded": {
        "ko": "녹음 중인 통화가 아닙니다.",
        "en": "This call is not being recorded.",
    },
    "recording_paused": {
        "ko": "녹음이 이미 일시 중지되어 있습니다.",
        "en": "The recording is paused already.",
    },
    "recording_runs": {
        "ko": "이미 녹음 중입니다.",
        "en": "The recording is running already.",
    },
    "no_leg": {
        "ko": "이 통화에 없는 사람입니다. 화면을 새로 고치세요.",
        "en": "Nobody like that is in this call. Reload the page.",
    },
    "in_it_already": {
        "ko": "이미 이 통화에 추가된 번호입니다.",
        "en": "This number is in the call already.",
    },
    "too_many_numbers": {
        "ko": "한 통화에는 번호를 3개까지 추가할 수 있습니다. 먼저 한 명을 내보내세요.",
        "en": "A call takes 3 added numbers at most. Let one of them go first.",
    },
    "own_call": {
        "ko": "본인의 통화입니다. 다른 상담원의 통화만 들을 수 있습니다.",
        "en": "This is your own call. You can listen to those of others.",
    },
    "listens_already": {
        "ko": "이미 이 방식으로 통화를 듣고 있습니다.",
        "en": "You are in this call in that way already.",
    },
    "not_listening": {
        "ko": "이 통화를 듣고 있지 않습니다.",
        "en": "You are not listening to this call.",
    },
}
