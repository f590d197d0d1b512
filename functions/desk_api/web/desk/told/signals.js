/** How a browser tells: a soft sound, a notification of the system, a number on the icon. Each may be missing. */

// Two notes that rise for an offer, one that stays for the rest: told apart without looking. [hertz, starts after s]
const TUNES = { offers: [[659.3, 0], [880, 0.16]], others: [[587.3, 0]] };
const LENGTH = 0.34; // seconds of a note
const LOUDNESS = 0.14;
let audio = null;

/** Browsers let no page sound before something was pressed in it; called on each press until it may. */
export function unlock() {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().catch(() => {});
  } catch {
    audio = null;
  }
  return canSound();
}

export const canSound = () => audio?.state === "running";

/** False where the browser lets nothing sound (yet). */
export function play(what) {
  unlock();
  if (!canSound()) return false;
  for (const [pitch, after] of TUNES[what] ?? TUNES.others) note(pitch, audio.currentTime + after);
  return true;
}

function note(pitch, at) {
  const [tone, gain] = [audio.createOscillator(), audio.createGain()];
  tone.type = "sine";
  tone.frequency.value = pitch;
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(LOUDNESS, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH);
  tone.connect(gain).connect(audio.destination);
  tone.start(at);
  tone.stop(at + LENGTH);
}

/** granted, default (not asked yet), denied, or missing. */
export const permission = () => (globalThis.Notification && isSecureContext ? Notification.permission : "missing");

/** Asks where nobody has answered yet; only after a press. */
export async function ask() {
  if (permission() === "default") await Notification.requestPermission().catch(() => {});
  return permission();
}

/** `open` runs when it is pressed. The same `tag` takes the place of its former self. False where nothing shows. */
export function show({ title, body, tag, open }) {
  if (permission() !== "granted") return false;
  try {
    const shown = new Notification(title, { body, tag, icon: "/assets/desk/kit/icon.svg" });
    shown.onclick = () => (globalThis.focus(), shown.close(), open());
    return true;
  } catch {
    return false; // some phones have notifications, but not for pages
  }
}

const SIZE = 32;
const plain = document.querySelector('link[rel="icon"]')?.getAttribute("href");
let shownCount = -1;

/** The number on the page's icon; 0 takes it away. */
export async function badge(count) {
  if (count === shownCount) return;
  shownCount = count;
  const link = document.querySelector('link[rel="icon"]');
  const href = count && plain ? await drawn(count).catch(() => plain) : plain;
  if (link && count === shownCount) link.setAttribute("href", href);
}

async function drawn(count) {
  const image = new Image(SIZE, SIZE);
  image.src = plain;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: SIZE, height: SIZE });
  const pen = canvas.getContext("2d");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
  pen.drawImage(image, 0, 0, SIZE, SIZE);
  pen.fillStyle = colour("--bad");
  pen.beginPath();
  pen.arc(21, 21, 11, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = colour("--surface");
  pen.font = `700 ${count > 9 ? 13 : 17}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(count > 99 ? "99" : String(count), 21, 22);
  return canvas.toDataURL("image/png");
}
