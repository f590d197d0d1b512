/** Words of lengths of time, which every page may need: [English, Korean]. */
export const timeWords = {
  "time.moment": ["under 1 min", "1분 미만"],
  "time.minute": ["{n} min", "{n}분"],
  "time.seconds": ["{n} s", "{n}초"],
  "time.minutes": ["{n} min {s} s", "{n}분 {s}초"],
  "time.hours": ["{n} h {m} min", "{n}시간 {m}분"],
  "time.days": ["{n} d {h} h", "{n}일 {h}시간"],
};
