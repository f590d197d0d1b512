/** Words of a supervisor who comes into a call: [English, Korean]. */
export const listenWords = {
  "listen.listen": ["Listen", "듣기"],
  "listen.whisper": ["Whisper", "귓속말"],
  "listen.join": ["Join", "통화 참여"],
  "listen.stop": ["Stop", "통화에서 나가기"],
  "listen.listen.title": ["Listen to the call of case {number}", "케이스 {number} 통화 듣기"],
  "listen.whisper.title": ["Whisper into the call of case {number}", "케이스 {number} 통화에 귓속말"],
  "listen.join.title": ["Join the call of case {number}", "케이스 {number} 통화에 참여"],
  "listen.listen.lead": ["Your phone rings. You hear {agent} and the customer; nobody hears you.", "내 전화가 울립니다. 상담원({agent})과 고객의 말을 들으며, 내 말은 들리지 않습니다."],
  "listen.whisper.lead": ["Your phone rings. {agent} hears you; the customer does not.", "내 전화가 울립니다. 상담원({agent})만 내 말을 듣고 고객에게는 들리지 않습니다."],
  "listen.join.lead": ["Your phone rings. {agent} and the customer both hear you.", "내 전화가 울립니다. 상담원({agent})과 고객이 모두 내 말을 듣습니다."],
  "listen.announced": ["Both are told by a voice that somebody has come in.", "통화에 들어가면 두 사람 모두에게 음성으로 안내됩니다."],
  "listen.silent": ["Nobody on the line is told. It is written down with your name and reason.", "통화 중에는 안내되지 않으며, 이름과 사유가 기록됩니다."],
  "listen.is": ["Your phone is in this call: {state}", "내 전화가 이 통화에 있음: {state}"],
  "listen.is.listen": ["You listen: {state}", "듣기: {state}"],
  "listen.is.whisper": ["You speak to the agent alone: {state}", "상담원에게만 말하기: {state}"],
  "listen.is.join": ["You are in the call: {state}", "통화 참여: {state}"],
};
