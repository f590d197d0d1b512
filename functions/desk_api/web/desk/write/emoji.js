/** Emoji by the names people type, English and Korean. Each row: the emoji, then its names. */

const TABLE = `
😀 grin smile 웃음 활짝
😄 smile happy 웃음 기쁨
😁 beam 싱글벙글
😂 joy laugh 폭소 웃겨
🤣 rofl 배꼽
😊 blush 흐뭇 미소
🙂 slight_smile 미소
😉 wink 윙크
😍 heart_eyes 하트눈 반함
😘 kiss 뽀뽀
😎 cool sunglasses 멋짐
🤩 star_struck 감동
🥳 party 파티 축하
😇 angel 천사
🤗 hug 포옹
🤔 thinking 생각 고민
🤨 raised_eyebrow 의심
😐 neutral 무표정
😏 smirk 썩소
😶 no_mouth 침묵
🙄 roll_eyes 눈굴림
😬 grimace 어색
😅 sweat_smile 진땀 머쓱
😓 sweat 식은땀
😌 relieved 안심
😴 sleep 잠
😷 mask 마스크
🤒 sick 아픔
🤕 hurt 다침
🤢 nausea 메스꺼움
🤧 sneeze 재채기
🥵 hot 더움
🥶 cold 추움
😵 dizzy 어지러움
🤯 mind_blown 충격
😮 open_mouth surprised 놀람
😱 scream 비명 경악
😳 flushed 당황
🥺 pleading 부탁 애원
😢 cry 눈물 슬픔
😭 sob 오열 눈물
😞 disappointed 실망
😔 pensive 우울
😟 worried 걱정
😕 confused 혼란
☹️ frown 찡그림
😩 weary 지침
😤 huff 씩씩
😠 angry 화남
😡 rage 분노
🤬 swearing 욕
💀 skull 해골
💩 poop 똥
👻 ghost 유령
🤖 robot 로봇
👋 wave hello 안녕 손흔들기
👌 ok 오케이
✌️ victory 브이
🤞 fingers_crossed 행운
🤙 call_me 전화해
👍 thumbs_up yes 좋아요 엄지 최고
👎 thumbs_down no 싫어요
👏 clap 박수
🙌 raised_hands 만세
🙏 pray thanks please 감사 부탁 기도
🤝 handshake 악수
💪 strong 힘 화이팅
👉 point_right 오른쪽
👈 point_left 왼쪽
👆 point_up 위
👇 point_down 아래
✋ raised_hand stop 손 멈춤
🙇 bow sorry 인사 죄송
🙋 raising_hand 저요
🤷 shrug 글쎄
🤦 facepalm 이런
👀 eyes 눈 보기
🧠 brain 뇌
👶 baby 아기
👨 man 남자
👩 woman 여자
👪 family 가족
👮 police 경찰
🧑‍💻 technologist developer 개발자
❤️ heart love 하트 사랑
🧡 orange_heart 주황하트
💛 yellow_heart 노란하트
💚 green_heart 초록하트
💙 blue_heart 파란하트
💜 purple_heart 보라하트
💔 broken_heart 실연
💯 hundred 백점
✨ sparkles 반짝
⭐ star 별
🌟 glowing_star 빛나는별
🔥 fire 불
💥 boom 쾅
🎉 tada celebrate 축하 폭죽
🎊 confetti 색종이
🎁 gift 선물
🎂 cake birthday 케이크 생일
🎈 balloon 풍선
🏆 trophy 트로피 우승
🥇 gold_medal 금메달
✅ check done 완료 체크
✔️ tick 확인
❌ cross no 취소 엑스
❗ exclamation 느낌표
❓ question 물음표
⚠️ warning 경고 주의
🚫 forbidden 금지
⛔ no_entry 진입금지
ℹ️ info 정보 안내
🆗 ok_button 오케이
🆕 new 새로움
🔔 bell 알림 종
🔒 lock 잠금
🔓 unlock 열림
🔑 key 열쇠
🔍 search 찾기 돋보기
🔗 link 링크
📎 paperclip 클립 첨부
📌 pin 핀 고정
📝 memo 메모
📄 document 문서
📁 folder 폴더
📊 chart 차트 통계
📈 up_chart 상승
📉 down_chart 하락
📅 calendar 달력 날짜
⏰ alarm 알람 시계
⏳ hourglass 모래시계 대기
⌛ time_up 시간끝
📞 phone call 전화
📱 mobile 휴대폰
💬 chat speech 말풍선 대화
📧 email 이메일 메일
📨 incoming_mail 받은메일
📦 package box 택배 상자
🚚 truck delivery 배송 트럭
✈️ airplane 비행기
🚗 car 자동차
🚌 bus 버스
🚄 train 기차
🏠 home house 집
🏢 office 회사 사무실
🏥 hospital 병원
🏦 bank 은행
🏪 store 편의점 가게
🛒 cart 장바구니
🛠️ tools repair 수리 도구
⚙️ settings gear 설정
💻 laptop computer 노트북 컴퓨터
🖨️ printer 프린터
📷 camera 카메라
💳 card credit_card 카드 결제
💰 money 돈
💸 spend 지출
🧾 receipt 영수증
💡 idea bulb 아이디어 전구
☀️ sun 해 맑음
☁️ cloud 구름
🌧️ rain 비
❄️ snow 눈
🌈 rainbow 무지개
🌸 blossom 벚꽃 꽃
🌹 rose 장미
🍀 clover 클로버 행운
🐶 dog 개 강아지
🐱 cat 고양이
☕ coffee 커피
🍵 tea 차
🍺 beer 맥주
🍕 pizza 피자
🍚 rice 밥
🍜 noodles 라면 국수
🍎 apple 사과
⚽ soccer 축구
🎵 music 음악
🇰🇷 korea 한국 태극기
`;

const ROWS = TABLE.trim().split("\n").map((row) => {
  const [emoji, ...names] = row.split(" ");
  return { emoji, names };
});

/** While nothing is typed, the reader's own. */
const ownName = (names, language) => (language === "ko" && names.find((name) => /[가-힣]/.test(name))) || names[0];

/** [{emoji, name: the one that fits}]: whole names first, then those that begin so, then those that hold it. */
export function emojiNamed(typed, most = 8, language = "en") {
  const word = typed.normalize("NFC").toLowerCase();
  if (!word) return ROWS.slice(0, most).map(({ emoji, names }) => ({ emoji, name: ownName(names, language) }));
  const rank = (name) => (name === word ? 0 : name.startsWith(word) ? 1 : name.includes(word) ? 2 : 3);
  const best = ({ emoji, names }) => {
    const [name] = names.toSorted((a, b) => rank(a) - rank(b));
    return { emoji, name, rank: rank(name) };
  };
  return ROWS.map(best).filter(({ rank: found }) => found < 3).toSorted((a, b) => a.rank - b.rank).slice(0, most).map(({ emoji, name }) => ({ emoji, name }));
}
