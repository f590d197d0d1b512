"""What staff are told about replies: files that go along, saved texts, and what is held and taken back."""

ABOUT_WRITING = {
    "already_back": {
        "ko": "이미 취소한 답장입니다. 고객에게 보내지 않았습니다.",
        "en": "This reply was taken back already. The customer did not get it.",
    },
    "already_gone": {
        "ko": "이미 전송된 답장입니다. 필요하면 정정하는 답장을 보내세요.",
        "en": "This reply has already gone. If something in it is wrong, send a correction.",
    },
    "file_gone": {
        "ko": "업로드한 파일을 찾을 수 없습니다. 파일을 다시 첨부하세요.",
        "en": "The uploaded file is not there. Attach it again.",
    },
    "file_not_stored": {
        "ko": "이 파일은 열 수 없습니다.",
        "en": "This file cannot be opened.",
    },
    "file_refused": {
        "ko": "보낼 수 없는 파일입니다. 빈 파일과 실행 파일은 보낼 수 없습니다.",
        "en": "This file cannot be sent: it is empty, or it is a program.",
    },
    "file_too_large": {
        "ko": "파일이 25MB보다 큽니다. 더 작은 파일을 첨부하세요.",
        "en": "The file is larger than 25 MB. Attach a smaller one.",
    },
    "file_too_large_there": {
        "ko": "이 채널로 보내기에는 파일이 너무 큽니다. 더 작은 파일을 첨부하거나 다른 채널로 답하세요.",
        "en": "The file is too large for this channel. Attach a smaller one, or answer on another channel.",
    },
    "file_type_not_carried": {
        "ko": "이 채널로는 이 형식의 파일을 보낼 수 없습니다. 다른 채널로 답하세요.",
        "en": "This channel does not carry files of this type. Answer on another channel.",
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
        "ko": "내 상용구는 {most}개까지입니다. 쓰지 않는 것을 지우세요.",
        "en": "You can keep {most} saved replies of your own. Delete one that you do not use.",
    },
    "too_many_files": {
        "ko": "한 번에 파일을 10개까지 보낼 수 있습니다.",
        "en": "A message can carry 10 files at most.",
    },
    "window_closed": {
        "ko": "이 채널의 답장 가능 시간이 지났습니다. 템플릿이나 다른 채널을 사용하세요.",
        "en": "Too much time has passed since the customer wrote here. Use a template or another channel.",
    },
}
