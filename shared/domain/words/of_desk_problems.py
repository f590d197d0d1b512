"""What is wrong with what the desk is made of: see of_problems.py."""

DESK_PROBLEMS = {
    "choices": {
        "ko": "선택지는 종류가 선택(choice)인 항목에만, 하나 이상 쓰세요.",
        "en": "A field of the kind choice has one choice or more, and no other kind has any.",
    },
    "no_action": {
        "ko": "{name}은(는) 상용구가 할 수 있는 일이 아닙니다. 할 수 있는 일: {known}.",
        "en": "A saved reply cannot do {name}. It may do: {known}.",
    },
    "no_disposition": {
        "ko": "{name} 처리 결과가 없습니다. 있는 처리 결과: {known}.",
        "en": "There is no disposition {name}. The dispositions are: {known}.",
    },
    "no_kind": {
        "ko": "{name}(이)라는 종류가 없습니다. 쓸 수 있는 종류: {known}.",
        "en": "There is no kind of field {name}. The kinds are: {known}.",
    },
    "no_tag": {
        "ko": "{name} 태그가 없습니다. 있는 태그: {known}.",
        "en": "There is no tag {name}. The tags are: {known}.",
    },
    "reserved": {
        "ko": "{name}은(는) 폭언으로 끝난 상담의 처리 결과로 쓰입니다. 다른 코드를 쓰세요.",
        "en": "{name} is the outcome of conversations that ended because of abuse. Choose another code.",
    },
    "too_many": {
        "ko": "{value}개가 있습니다. {most}개까지 쓸 수 있습니다.",
        "en": "There are {value} of them; {most} can be kept.",
    },
}
