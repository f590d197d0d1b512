"""What staff are told about replies that are saved, held and taken back."""

ABOUT_WRITING = {
    "already_back": {
        "ko": "이미 취소한 답장입니다. 고객에게 보내지 않았습니다.",
        "en": "This reply was taken back already. The customer did not get it.",
    },
    "already_gone": {
        "ko": "이미 전송된 답장입니다. 필요하면 정정하는 답장을 보내세요.",
        "en": "This reply has already gone. If something in it is wrong, send a correction.",
    },
    "no_reply": {
        "ko": "취소할 수 있는 답장이 없습니다. 직접 보낸 답장만 취소할 수 있습니다.",
        "en": "There is no reply of yours to take back here.",
    },
    "no_title": {"ko": "제목을 입력하세요.", "en": "Give it a title, so that you find it again."},
    "place_open": {
        "ko": "채우지 않은 항목이 있습니다: {names}. 채운 뒤 보내세요.",
        "en": "Something is not filled in yet: {names}. Fill it in, then send.",
    },
    "too_many_saved": {
        "ko": "내 저장 답장은 {most}개까지입니다. 쓰지 않는 것을 지우세요.",
        "en": "You can keep {most} saved replies of your own. Delete one that you do not use.",
    },
    "window_closed": {
        "ko": "이 채널의 답장 가능 시간이 지났습니다. 템플릿이나 다른 채널을 사용하세요.",
        "en": "Too much time has passed since the customer wrote here. Use a template or another channel.",
    },
}
