/** What the widget says: [English, Korean]. */

const WORDS = {
  open: ["Chat with us", "채팅 상담"],
  unread: ["Chat with us, {n} new", "채팅 상담, 새 메시지 {n}개"],
  title: ["Chat", "채팅 상담"],
  hello: ["Hello! How can we help? A person will answer here.", "안녕하세요! 무엇을 도와드릴까요? 상담원이 여기에서 답해 드립니다."],
  log: ["Messages", "메시지"],
  place: ["Write a message…", "메시지를 입력하세요…"],
  send: ["Send", "보내기"],
  attach: ["Send a picture or a file", "사진이나 파일 보내기"],
  close: ["Close the chat window", "채팅 창 닫기"],
  sms: ["Go on by SMS", "문자로 이어가기"],
  end: ["End chat", "채팅 종료"],
  ending: ["End this chat? What was said is removed from this browser.", "채팅을 종료할까요? 대화 내용이 이 브라우저에서 지워집니다."],
  stay: ["Stay", "계속하기"],
  connecting: ["Connecting…", "연결 중…"],
  typing: ["Support is typing…", "상담원이 입력 중입니다…"],
  lost: ["No connection. What you write is kept and sent when it is back.", "연결이 끊겼습니다. 작성한 메시지는 연결되면 전송됩니다."],
  offline: ["You are offline. What you write is kept and sent when you are back.", "오프라인 상태입니다. 작성한 메시지는 다시 연결되면 전송됩니다."],
  sending: ["Sending…", "보내는 중…"],
  repeated: ["No answer yet, sent again…", "응답이 없어 다시 보내는 중…"],
  accepted: ["Sent", "보냄"],
  failed: ["Not sent", "전송 실패"],
  again: ["Try again", "다시 시도"],
  length: ["{n} of {most} characters", "{most}자 중 {n}자"],
  over: ["{n} characters too many: shorten it, or send it in parts.", "{n}자가 넘었습니다. 줄이거나 나누어 보내 주세요."],
  phone: ["Your mobile number", "휴대전화 번호"],
  ask: ["Send code", "인증번호 받기"],
  cancel: ["Cancel", "취소"],
  asked: ["Go on by SMS: {phone}", "문자로 이어가기: {phone}"],
  why: ["We send a six-digit code to your phone. Type it here, and you can go on by SMS.", "휴대전화로 6자리 인증번호를 보냅니다. 여기에 입력하면 문자로 이어갈 수 있습니다."],
  call: ["Call me instead", "전화로 받기"],
  callwhy: ["We call you, and you need not stay here.", "전화를 드리니 여기서 기다리지 않으셔도 됩니다."],
  callphone: ["Your phone number", "전화번호"],
  callwhen: ["When", "언제"],
  soon: ["As soon as it is my turn", "순서가 되는 대로"],
  attime: ["At a time", "시간 정하기"],
  callday: ["Day", "날짜"],
  calltime: ["Time", "시각"],
  notimes: ["There is no free time within a week.", "일주일 안에 가능한 시간이 없습니다."],
  callme: ["Call me", "전화 요청"],
  calling: ["Please call me: {phone}", "전화 요청: {phone}"],
  callingat: ["Please call me on {when}: {phone}", "{when} 전화 요청: {phone}"],
  nocall: ["Cancel the call", "전화 요청 취소"],
  nocalling: ["Please do not call me", "전화 요청을 취소합니다"],
  us: ["Support", "상담원"],
  you: ["You", "나"],
  score: ["Your score", "만족도"],
  choices: ["What you can choose", "선택할 수 있는 항목"],
  low: ["Poor", "불만족"],
  high: ["Great", "매우 만족"],
  thanks: ["Thank you: {score} of {scale}", "감사합니다: {scale}점 중 {score}점"],
  today: ["Today", "오늘"],
  yesterday: ["Yesterday", "어제"],
};

const LANGUAGES = ["en", "ko"];

/** The first wish that we speak; wishes are tags such as "ko-KR", or nothing. */
export function chosen(wishes) {
  const known = wishes.map((wish) => (wish ?? "").toLowerCase().split(/[-_]/)[0]);
  return known.find((one) => LANGUAGES.includes(one)) ?? "en";
}

export const sentence = (language, word, values = {}) =>
  WORDS[word][LANGUAGES.indexOf(language)].replace(/\{(\w+)\}/g, (_, name) => values[name]);
