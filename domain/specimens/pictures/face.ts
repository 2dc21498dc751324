import { hairOf } from "./hair";
import type { Traits } from "./traits";

export interface Pose {
  /** 0 is a straight face, as on a document. */
  smile: number;
  clothes: Traits["clothes"];
}

function clothing({ kind, color, inner }: Traits["clothes"], skinShade: string) {
  const body = `<path d="M28 500C34 428 100 402 160 386L240 386C300 402 366 428 372 500Z" fill="${color}"/>`;
  const fold = `<path d="M110 500L116 440M290 500L284 440" stroke="#00000026" stroke-width="4" fill="none"/>`;
  const neckline = `<path d="M158 384Q200 430 242 384L242 378L158 378Z" fill="${skinShade}"/>`;
  switch (kind) {
    case "shirt":
      return `${body}${fold}${neckline}<path d="M158 380L200 424L176 446L146 392Z" fill="${inner}"/><path d="M242 380L200 424L224 446L254 392Z" fill="${inner}"/><path d="M200 424V500" stroke="#00000030" stroke-width="3"/>`;
    case "blazer":
      return `${body}<path d="M160 382L200 500L240 382L222 396H178Z" fill="${inner}"/>${neckline}<path d="M156 384L196 500L140 470L128 398Z" fill="${color}" stroke="#00000040" stroke-width="3"/><path d="M244 384L204 500L260 470L272 398Z" fill="${color}" stroke="#00000040" stroke-width="3"/>`;
    case "blouse":
      return `${body}${fold}<path d="M152 386L200 452L248 386L240 378H160Z" fill="${skinShade}"/><path d="M152 386L200 452L248 386" stroke="${inner}" stroke-width="7" fill="none"/>`;
    case "hoodie":
      return `${body}${fold}<path d="M138 392C150 372 250 372 262 392C262 430 240 446 200 446C160 446 138 430 138 392Z" fill="#00000038"/>${neckline}<path d="M182 430V480M218 430V480" stroke="${inner}" stroke-width="5" stroke-linecap="round"/>`;
    default:
      return `${body}${fold}${neckline}<path d="M156 384Q200 438 244 384" stroke="#00000035" stroke-width="6" fill="none"/>`;
  }
}

function eyes(traits: Traits) {
  const eye = (x: number) =>
    `<ellipse cx="${x}" cy="208" rx="17" ry="10.5" fill="#fdfcfa"/><circle cx="${x}" cy="208" r="8.6" fill="${traits.eyes}"/><circle cx="${x}" cy="208" r="4.2" fill="#120d0a"/><circle cx="${x + 3}" cy="205" r="2.2" fill="#fff"/><path d="M${x - 19} 206Q${x} 190 ${x + 19} 206" stroke="#2a1c15" stroke-width="3.6" fill="none" stroke-linecap="round"/>`;
  const y = 182 - traits.brow;
  const brow = (from: number, to: number) =>
    `<path d="M${from} ${y + 4}Q${(from + to) / 2} ${y - 9} ${to} ${y + 3}" stroke="${traits.hair}" stroke-width="7" fill="none" stroke-linecap="round" opacity="0.9"/>`;
  return eye(163) + eye(237) + brow(142, 184) + brow(216, 258);
}

function mouth(traits: Traits, smile: number) {
  const lift = 4 + smile * 10;
  const teeth =
    smile > 0.6
      ? `<path d="M176 288Q200 ${290 + lift * 1.6} 224 288Z" fill="#fff" stroke="${traits.lips}" stroke-width="4" stroke-linejoin="round"/>`
      : "";
  return (
    teeth ||
    `<path d="M174 ${290 - smile * 4}Q200 ${290 + lift} 226 ${290 - smile * 4}" stroke="${traits.lips}" stroke-width="6.5" fill="none" stroke-linecap="round"/><path d="M186 ${303 + lift / 2}Q200 ${308 + lift / 2} 214 ${303 + lift / 2}" stroke="#00000018" stroke-width="5" fill="none" stroke-linecap="round"/>`
  );
}

function beard(traits: Traits) {
  const jaw =
    "M118 232C122 275 135 308 152 324C170 344 230 344 248 324C265 308 278 275 282 232C272 262 258 276 240 274C225 266 175 266 160 274C142 276 128 262 118 232Z";
  const lip =
    "M168 276C180 264 196 268 200 272C204 268 220 264 232 276C222 284 210 280 200 280C190 280 178 284 168 276Z";
  switch (traits.beard) {
    case "full":
      return `<path d="${jaw}" fill="${traits.hair}"/><path d="${lip}" fill="${traits.hair}"/>`;
    case "stubble":
      return `<path d="${jaw}" fill="${traits.hair}" opacity="0.25"/>`;
    case "moustache":
      return `<path d="${lip}" fill="${traits.hair}"/>`;
    case "goatee":
      return `<path d="${lip}" fill="${traits.hair}"/><path d="M178 304C182 322 190 340 200 341C210 340 218 322 222 304C214 312 186 312 178 304Z" fill="${traits.hair}"/>`;
    default:
      return "";
  }
}

function glasses(kind: Traits["glasses"]) {
  if (kind === "none") return "";
  const rim = `fill="#ffffff22" stroke="#2b2b30" stroke-width="4.5"`;
  const lenses =
    kind === "round"
      ? `<circle cx="163" cy="209" r="27" ${rim}/><circle cx="237" cy="209" r="27" ${rim}/>`
      : `<rect x="134" y="189" width="56" height="40" rx="9" ${rim}/><rect x="210" y="189" width="56" height="40" rx="9" ${rim}/>`;
  return `${lenses}<path d="M190 206Q200 199 210 206M136 203L116 199M264 203L284 199" stroke="#2b2b30" stroke-width="4.5" fill="none"/>`;
}

function age(traits: Traits) {
  if (traits.age < 50) return "";
  const strong = traits.age > 64 ? 0.5 : 0.3;
  const brow = traits.age > 58 ? "M160 150Q200 143 240 150M166 138Q200 132 234 138" : "";
  return `<path d="${brow}M146 226Q160 234 176 228M224 228Q240 234 254 226M170 262Q158 276 160 292M230 262Q242 276 240 292" stroke="${traits.shade}" stroke-width="3" fill="none" opacity="${strong + 0.3}" stroke-linecap="round"/>`;
}

const freckles = [150, 158, 167, 176, 224, 233, 242, 250]
  .map((x, index) => `<circle cx="${x}" cy="${240 + ((index * 7) % 13)}" r="2" fill="#a8643a" opacity="0.5"/>`)
  .join("");

/** A friendly flat face with shoulders on a 400 × 500 canvas, without a background. */
export function faceSvg(traits: Traits, pose: Pose) {
  const hair = traits.scarf ? { back: "", front: "" } : hairOf(traits);
  const j = traits.jaw;
  const head = `M117 190C117 118 154 84 200 84C246 84 283 118 283 190C283 240 ${276 + j / 2} 278 ${254 + j} 308C240 330 220 342 200 342C180 342 160 330 ${146 - j} 308C${124 - j / 2} 278 117 240 117 190Z`;
  const ears = traits.scarf
    ? ""
    : `<ellipse cx="116" cy="216" rx="14" ry="23" fill="${traits.shade}"/><ellipse cx="284" cy="216" rx="14" ry="23" fill="${traits.shade}"/>${traits.earrings ? '<circle cx="114" cy="243" r="5" fill="#d9b34a"/><circle cx="286" cy="243" r="5" fill="#d9b34a"/>' : ""}`;
  const scarf = traits.scarf
    ? `<path fill-rule="evenodd" fill="${traits.scarf}" d="M92 200C84 86 150 42 200 42C250 42 316 86 308 200C308 290 300 350 338 418L346 500H54L62 418C100 350 92 290 92 200ZM130 208C130 140 160 116 200 116C240 116 270 140 270 208C270 268 240 336 200 339C160 336 130 268 130 208Z"/><path d="M100 330C140 380 200 372 262 350M112 388C170 420 240 410 300 380" stroke="#00000022" stroke-width="6" fill="none"/>`
    : "";
  return `${traits.scarf ? "" : hair.back}
<path d="M162 290V388Q200 424 238 388V290Z" fill="${traits.shade}"/>
${clothing(pose.clothes, traits.shade)}
<g transform="translate(200 0) scale(${traits.width} 1) translate(-200 0)">
${ears}<path d="${head}" fill="${traits.skin}"/>
<path d="M200 84C246 84 283 118 283 190C283 240 ${276 + j / 2} 278 ${254 + j} 308C240 330 220 342 200 342C236 300 252 240 246 180C242 140 226 104 200 84Z" fill="${traits.shade}" opacity="0.45"/>
<ellipse cx="148" cy="250" rx="20" ry="13" fill="#e0635a" opacity="0.14"/><ellipse cx="252" cy="250" rx="20" ry="13" fill="#e0635a" opacity="0.14"/>
${traits.freckles ? freckles : ""}${beard(traits)}
<path d="M202 206C200 230 191 246 190 254Q200 264 213 256" stroke="${traits.shade}" stroke-width="5" fill="none" stroke-linecap="round"/>
${mouth(traits, pose.smile)}${eyes(traits)}${age(traits)}${hair.front}${glasses(traits.glasses)}
</g>${scarf}`;
}
