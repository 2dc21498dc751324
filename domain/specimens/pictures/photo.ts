import type { Person } from "../people/person";
import { Random } from "../random";
import { faceSvg } from "./face";
import { traitsOf } from "./traits";

/** The face on its document background, as the body of an SVG with a 400 × 500 view box. */
export function portraitBody(person: Person) {
  const traits = traitsOf(person);
  const tint = new Random(`portrait/${person.key}`).pick(["#dfe6ec", "#e6e4de", "#dce6e4", "#e8e2e6"]);
  return `<rect width="400" height="500" fill="${tint}"/>${faceSvg(traits, { smile: 0.1, clothes: traits.clothes })}`;
}

export function portraitSvg(person: Person) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="384" height="480" viewBox="0 0 400 500">${portraitBody(person)}</svg>`;
}

function room(random: Random) {
  const wall = random.pick(["#cfd8cf", "#e4d6c3", "#c9d3e0", "#ddd0d8", "#d8d8d2", "#b9c7c9"]);
  const things = {
    window: `<rect x="22" y="40" width="120" height="170" rx="4" fill="#f3f8fb" stroke="#ffffff" stroke-width="10"/><path d="M82 40V210M22 125H142" stroke="#ffffff" stroke-width="7"/>`,
    shelf: `<rect x="250" y="120" width="150" height="10" fill="#8a6a4a"/><rect x="268" y="70" width="16" height="50" fill="#7d4f50"/><rect x="288" y="62" width="14" height="58" fill="#44617b"/><rect x="306" y="78" width="18" height="42" fill="#b08b3e"/><rect x="340" y="86" width="30" height="34" rx="6" fill="#5b7a5a"/>`,
    plant: `<path d="M336 500L342 390H392L398 500Z" fill="#a9714f"/><path d="M366 392C330 330 340 270 352 240C372 290 376 340 366 392ZM366 392C400 340 404 300 396 262C372 300 360 350 366 392Z" fill="#4f7a55"/>`,
    frame: `<rect x="268" y="52" width="96" height="120" fill="#faf8f2" stroke="#6d5c4a" stroke-width="8"/><path d="M276 160L304 112L326 140L340 122L356 160Z" fill="#9db4a0"/>`,
    door: `<rect x="20" y="60" width="110" height="440" fill="#00000012" stroke="#00000018" stroke-width="5"/><circle cx="116" cy="290" r="7" fill="#b9975b"/>`,
  };
  const chosen = random.sample(Object.values(things), 2).join("");
  return `<rect width="400" height="500" fill="${wall}"/><rect y="440" width="400" height="60" fill="#00000014"/>${chosen}`;
}

/** The same face at home: other clothes, tilt, light and expression. `take` tells one picture from the next. */
export function selfieSvg(person: Person, take: "selfie" | "liveness" | "earlier") {
  const random = new Random(`selfie/${person.key}/${take}`);
  const traits = traitsOf(person);
  const tilt = random.number(-6, 6, 1);
  const scale = take === "liveness" ? random.number(1.18, 1.3) : random.number(0.98, 1.12);
  const x = random.int(-16, 16);
  const y = random.int(-6, 26);
  const warm = random.chance(0.5);
  const light = random.chance(0.5) ? "0" : "1";
  const face = faceSvg(traits, {
    smile: random.number(0.2, 1),
    clothes: take === "earlier" ? traits.clothes : traits.casual,
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="384" height="480" viewBox="0 0 400 500">
<defs><linearGradient id="light" x1="${light}" y1="0" x2="${1 - Number(light)}" y2="0.6"><stop offset="0" stop-color="${warm ? "#ffdf9e" : "#cfe3ff"}" stop-opacity="0.42"/><stop offset="0.6" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#0b1020" stop-opacity="0.3"/></linearGradient></defs>
${room(random)}<g transform="translate(${200 + x} ${260 + y}) rotate(${tilt}) scale(${scale}) translate(-200 -240)">${face}<rect x="28" y="499" width="344" height="120" fill="${traits.casual.color}"/></g>
<rect width="400" height="500" fill="url(#light)"/></svg>`;
}

export function signatureSvg(person: Person) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="160" viewBox="0 0 480 160"><rect width="480" height="160" fill="#fdfdfb"/><g transform="translate(40 22) scale(1.65)">${signaturePath(person, "#1c2b4a")}</g></svg>`;
}

/** A squiggle on a 240 × 70 canvas. */
export function signaturePath(person: Person, color: string) {
  const random = new Random(`signature/${person.key}`);
  let x = 6;
  let d = `M${x} ${random.int(30, 50)}`;
  const strokes = Math.min(9, 4 + Math.round(person.fullName.length / 5));
  for (let index = 0; index < strokes; index++) {
    const step = random.int(14, 30);
    const high = index === 0 ? random.int(2, 10) : random.int(12, 34);
    d += `C${x + step / 3} ${high} ${x + step} ${high} ${x + step / 2} ${random.int(44, 58)}S${x + step} ${random.int(36, 50)} ${x + step} ${random.int(34, 48)}`;
    x += step;
  }
  d += `Q${x + 20} ${random.int(50, 66)} ${random.int(20, 80)} ${random.int(58, 66)}`;
  return `<path d="${d}" stroke="${color}" stroke-width="2.6" fill="none" stroke-linecap="round" stroke-linejoin="round"/>`;
}
