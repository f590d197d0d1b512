"""What is wrong with settings: one sentence each, which says what to do. Korean and English."""

from shared.domain.words.of_desk_problems import DESK_PROBLEMS

PROBLEMS = DESK_PROBLEMS | {
    "hours_line": {
        "ko": (
            "영업시간 `{line}`을(를) 읽을 수 없습니다. `mon-fri 09:00-18:00`, `2026-12-25 closed`, "
            "`2026-12-24 10:00-13:00`처럼 쓰세요."
        ),
        "en": (
            "The hours `{line}` cannot be read. Write `mon-fri 09:00-18:00`, `2026-12-25 closed` or "
            "`2026-12-24 10:00-13:00`."
        ),
    },
    "level": {
        "ko": "기술 {name}의 수준이 {value}입니다. 1(기초)에서 5(최고) 사이로 쓰세요.",
        "en": "The level of {name} is {value}; it is a number from 1 to 5 (best).",
    },
    "narrowing": {
        "ko": (
            "이 단계는 {after}초에 시작하지만 앞 단계가 {before}초입니다. 시간은 커져야 하며, 단계는 "
            "넓어지기만 합니다."
        ),
        "en": (
            "This ring begins at {after} s, the one before at {before} s. The times have to rise: rings only "
            "ever widen."
        ),
    },
    "no_alternative": {
        "ko": "{name}(이)라는 대기열이나 채널이 없습니다. 있는 것: {known}.",
        "en": "There is no queue or channel {name}. There are: {known}.",
    },
    "no_channel": {
        "ko": "{name} 채널이 없습니다. 있는 채널: {known}.",
        "en": "There is no channel {name}. The channels are: {known}.",
    },
    "no_fact": {
        "ko": "{name}(이)라는 조건이 없습니다. 쓸 수 있는 조건: {known}.",
        "en": "There is no fact {name}. A rule may ask for: {known}.",
    },
    "no_flow": {
        "ko": "{name} 흐름이 없습니다. 있는 흐름: {known}.",
        "en": "There is no flow {name} (flows/{name}.yaml). The flows are: {known}.",
    },
    "flow": {"ko": "흐름 {name}: {said}", "en": "The flow {name}: {said}"},
    "no_holidays": {
        "ko": "{name}의 공휴일을 알 수 없습니다. 국가 코드를 쓰세요. 예: KR, US, US-CA.",
        "en": "No public holidays of {name} are known. Write a country's code, such as KR, US or US-CA.",
    },
    "no_language": {
        "ko": "{name}은(는) 이 센터의 언어가 아닙니다. 언어: {known}.",
        "en": "{name} is no language of this centre. They are: {known}.",
    },
    "no_login": {
        "ko": "`{name}`은(는) 로그인이 아닙니다. 로그인할 때 쓰는 이메일 주소를 쓰세요.",
        "en": "`{name}` is no login. Write the email address that the agent signs in with.",
    },
    "no_order": {
        "ko": "{name} 기준이 없습니다. 쓸 수 있는 기준: {known}.",
        "en": "Agents cannot be ordered by {name}. The orders are: {known}.",
    },
    "no_phone": {
        "ko": "`{name}`(으)로는 전화를 걸 수 없습니다. +821012345678 또는 sip:name@example.com처럼 쓰세요.",
        "en": (
            "`{name}` cannot be rung. Write a number as +821012345678, or an address as sip:name@example.com."
        ),
    },
    "no_profile": {
        "ko": "{name} 프로필이 없습니다. 있는 프로필: {known}.",
        "en": "There is no profile {name}. The profiles are: {known}.",
    },
    "no_queue": {"ko": "대기열이 하나 이상 있어야 합니다.", "en": "There has to be at least one queue."},
    "no_reason": {
        "ko": "{name}은(는) 상태 자체의 이름이므로 사유로 쓸 수 없습니다. 다른 코드를 쓰세요.",
        "en": "{name} is a presence that needs no reason. Choose another code.",
    },
    "no_skill": {
        "ko": "{name} 기술이 없습니다. 있는 기술: {known}.",
        "en": "There is no skill {name}. The skills are: {known}.",
    },
    "no_such_queue": {
        "ko": "{name} 대기열이 없습니다. 있는 대기열: {known}.",
        "en": "There is no queue {name}. The queues are: {known}.",
    },
    "no_value": {
        "ko": "{name} 조건에 값이 없습니다. 하나 이상 쓰세요.",
        "en": "The fact {name} has no value. Write at least one.",
    },
    "no_zone": {
        "ko": "{name}은(는) 시간대가 아닙니다. Asia/Seoul처럼 쓰세요.",
        "en": "{name} is no time zone; try Asia/Seoul.",
    },
    "not_gone": {
        "ko": "{name} 대기열은 아직 있습니다. 없어진 대기열만 이어받을 수 있습니다.",
        "en": "The queue {name} is still there. Only one that is gone can be succeeded.",
    },
    "none_named": {"ko": "하나 이상 있어야 합니다.", "en": "At least one has to stand here."},
    "not_plain": {
        "ko": "`{name}`은(는) 이름으로 쓸 수 없습니다. 영문자, 숫자, -, _ 만 40자까지 쓰세요.",
        "en": "`{name}` cannot be a name: write letters, digits, hyphens and underscores, 40 at most.",
    },
    "other_pool": {
        "ko": (
            "{queue} 대기열은 {theirs} 풀에 있고 이 대기열은 {ours} 풀에 있습니다. 같은 풀로만 넘길 수 "
            "있습니다."
        ),
        "en": "The queue {queue} is in the pool {theirs}, this one in {ours}. Overflow stays within a pool.",
    },
    "overflow_circle": {"ko": "넘침이 되돌아옵니다: {queues}.", "en": "The overflow comes back: {queues}."},
    "profile_of_nothing": {
        "ko": "프로필 {name}에 대기열이 없습니다. 하나 이상 고르세요.",
        "en": "The profile {name} serves no queue. Name at least one.",
    },
    "queue_waits": {
        "ko": (
            "없어지는 대기열 {queue}에 고객 {count}명이 기다립니다. 이어받을 대기열의 succeeds에 "
            "{queue}을(를) 쓰세요."
        ),
        "en": (
            "Customers wait in the queue {queue} ({count}), which is taken away. Name the queue that "
            "succeeds it: `succeeds: [{queue}]`."
        ),
    },
    "queue_moves": {
        "ko": "{queue} 대기열에 고객 {count}명이 기다립니다. 풀 {pool}에 그대로 두세요.",
        "en": "Customers wait in queue {queue} ({count}): keep it in pool {pool}.",
    },
    "pool_works": {
        "ko": "풀 {pool}에서 상담원이 일하고 있습니다. 이 풀의 대기열을 하나 남기세요.",
        "en": "Agents work in pool {pool}: keep a queue with it.",
    },
    "range": {
        "ko": "값이 {value}입니다. {least}에서 {most} 사이로 쓰세요.",
        "en": "The value is {value}; it is a number from {least} to {most}.",
    },
    "ring_of_nothing": {
        "ko": "이 단계에는 바뀌는 것이 없습니다. 뺄 기술이나 더할 프로필을 쓰세요.",
        "en": "This ring changes nothing. Name skills to drop, or profiles to admit.",
    },
    "rule_of_nothing": {
        "ko": "이 규칙은 아무것도 하지 않습니다. 대기열, 기술, 우선순위 중 하나를 쓰세요.",
        "en": "This rule does nothing. Name a queue, needs or a priority.",
    },
    "too_long": {
        "ko": "이 부분이 {kilobytes}KB입니다. {most}KB까지 저장할 수 있습니다.",
        "en": "This part is {kilobytes} KB long. {most} KB can be stored.",
    },
    "too_many_classes": {
        "ko": (
            "풀 {pool}에서 나올 수 있는 고객 분류(대기열 × 채널 × 필요 기술)가 {most}개를 넘습니다. 규칙을 "
            "줄이거나 풀을 나누세요."
        ),
        "en": (
            "In pool {pool} more than {most} classes of contacts are possible (queue × channel × needs). Use "
            "fewer rules with needs, or a pool more."
        ),
    },
    "too_many_rings": {
        "ko": "단계는 {most}개까지 쓸 수 있습니다.",
        "en": "A queue has {most} rings at most.",
    },
    "too_much": {
        "ko": "설정이 너무 깁니다. 모두 합쳐 {most}KB, {parts}개 부분까지 저장할 수 있습니다.",
        "en": "The settings are too long: all together {most} KB in {parts} parts can be stored.",
    },
    "twice": {"ko": "{name}이(가) 두 번 있습니다.", "en": "{name} stands there twice."},
    "two_pools": {
        "ko": "프로필 {name}의 대기열이 두 풀에 걸쳐 있습니다: {queues}. 한 풀의 대기열만 쓰세요.",
        "en": "The profile {name} has queues of two pools: {queues}. An agent works in one pool.",
    },
    "unserved": {
        "ko": (
            "대기열 {queue}의 {channel} 고객(필요 기술: {needs})을 받을 수 있는 상담원이 가장 넓은 단계에도 "
            "없습니다."
        ),
        "en": "No agent can serve {channel} in {queue} (needs: {needs}), not even in its widest ring.",
    },
    "words": {
        "ko": "글이 {value}자입니다. 1자에서 {most}자 사이로 쓰세요.",
        "en": "The text has {value} characters. Write at least one, and {most} at most.",
    },
}
