/** Why a message failed, for the words that providers and the centre record: [English, Korean]. */
export const failedWords = {
  "failed.not_authorised": ["the provider refused our login; tell your administrator", "사업자가 인증을 거부함, 관리자에게 알려 주세요"],
  "failed.configuration": ["our account at the provider is not set up for this; tell your administrator", "사업자 설정 문제, 관리자에게 알려 주세요"],
  "failed.too_many": ["too many messages at once; send again later", "발송량 초과, 잠시 후 다시 보내세요"],
  "failed.congestion": ["the phone network was congested; send again later", "통신망 혼잡, 잠시 후 다시 보내세요"],
  "failed.bad_number": ["no such mobile number", "문자를 받을 수 없는 번호"],
  "failed.region_not_enabled": ["our account may not send to that country", "해당 국가로 발송이 허용되지 않음"],
  "failed.opted_out": ["the customer has opted out", "고객이 수신을 거부함"],
  "failed.unreachable": ["the phone is off or out of reach", "전원이 꺼졌거나 연결되지 않음"],
  "failed.too_long": ["the text is too long", "글이 너무 김"],
  "failed.blocked": ["blocked by the phone network or the customer", "통신사 또는 고객이 차단함"],
  "failed.filtered": ["held back by the phone network as unwanted", "통신사 스팸 필터에 걸림"],
  "failed.unknown": ["the phone network gave no reason", "통신사가 이유를 알리지 않음"],
  "failed.refused": ["the provider refused it", "사업자가 거부함"],
  "failed.empty": ["there was no text", "내용이 없음"],
  "failed.code_over": ["the code was no longer valid", "인증번호가 만료됨"],
  "failed.gave_up": ["it could not be sent in time", "제시간에 보내지 못함"],
};
