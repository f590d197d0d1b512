"""What is said of two versions of the settings that differ. Korean and English."""

PARTS = {
    "centre": {"ko": "센터", "en": "centre"},
    "queue": {"ko": "대기열", "en": "queue"},
    "skill": {"ko": "기술", "en": "skill"},
    "profile": {"ko": "프로필", "en": "profile"},
    "aux": {"ko": "자리 비움 사유", "en": "reason for a break"},
    "disposition": {"ko": "처리 결과", "en": "disposition"},
    "tag": {"ko": "태그", "en": "tag"},
    "field": {"ko": "고객 항목", "en": "customer field"},
    "guide": {"ko": "업무 절차", "en": "guide"},
    "reply": {"ko": "상용구", "en": "saved reply"},
    "rule": {"ko": "규칙", "en": "rule"},
    "agent": {"ko": "상담원", "en": "agent"},
    "template": {"ko": "템플릿", "en": "template"},
    "flow": {"ko": "흐름", "en": "flow"},
}
HOW = {
    "added": {"ko": "추가됨 ({after})", "en": "added ({after})"},
    "removed": {"ko": "삭제됨", "en": "removed"},
    "agent_removed": {
        "ko": "삭제됨: 맡은 일을 마치고 새 일은 받지 않습니다",
        "en": "removed: finishes what they have and gets nothing new",
    },
    "order": {"ko": "순서 {before} → {after}", "en": "order {before} → {after}"},
    "field": {"ko": "{field} {before} → {after}", "en": "{field} {before} → {after}"},
}
