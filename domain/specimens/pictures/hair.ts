import type { Traits } from "./traits";

/** Drawn on the 400 × 500 canvas of `face.ts`, behind and in front of the head. */
export interface Hair {
  back: string;
  front: string;
}

const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;

const crop =
  "M113 200C106 122 138 68 202 66C264 66 296 122 287 200C281 172 274 152 262 138C236 126 164 126 138 138C126 152 119 172 113 200Z";
const part =
  "M112 205C103 130 132 62 205 60C272 58 299 120 288 205C284 180 278 160 268 146C235 150 190 138 166 114C156 136 130 150 122 168C117 180 114 192 112 205Z";
const quiff =
  "M113 198C109 152 117 122 130 105C126 72 166 44 217 48C268 52 298 95 287 198C282 168 276 150 266 136C240 140 200 118 170 122C150 126 135 140 126 155C119 168 116 182 113 198Z";
const buzz =
  "M117 184C114 115 150 78 200 78C250 78 286 115 283 184C278 156 268 138 255 128C230 118 170 118 145 128C132 138 122 156 117 184Z";
const centre = "M113 208C108 120 150 70 200 70C250 70 292 120 287 208C278 162 242 132 200 110C158 132 122 162 113 208Z";
const pulled = "M114 196C111 120 150 74 200 74C250 74 289 120 286 196C276 142 240 116 200 113C160 116 124 142 114 196Z";
const fringe =
  "M112 210C105 115 150 66 200 66C250 66 295 115 288 210C283 182 279 170 272 162C230 172 170 172 128 162C121 170 117 182 112 210Z";
const long =
  "M103 185C92 90 150 52 200 52C250 52 308 90 297 185L312 402C285 422 252 418 240 400L160 400C148 418 115 422 88 402Z";
const bob =
  "M100 200C90 95 150 52 200 52C250 52 310 95 300 200L305 305C282 332 255 327 250 310L150 310C145 327 118 332 95 305Z";
const waves =
  "M102 185C92 88 150 52 200 52C250 52 308 88 298 185C318 230 290 260 312 300C330 345 296 372 308 410C270 430 250 410 240 390L160 390C150 410 130 430 92 410C104 372 70 345 88 300C110 260 82 230 102 185Z";

function curls(fill: string, radius: number, from: number, to: number, size: number) {
  const steps = 9;
  return Array.from({ length: steps + 1 }, (_, index) => {
    const angle = ((from + ((to - from) * index) / steps) * Math.PI) / 180;
    const x = (200 + radius * Math.cos(angle)).toFixed(1);
    const y = (182 + radius * 1.08 * Math.sin(angle)).toFixed(1);
    return `<circle cx="${x}" cy="${y}" r="${size + (index % 3) * 3}" fill="${fill}"/>`;
  }).join("");
}

function braid(x: number, fill: string) {
  return Array.from(
    { length: 9 },
    (_, index) =>
      `<ellipse cx="${x + (index % 2) * 4}" cy="${235 + index * 21}" rx="16" ry="13" fill="${fill}" stroke="#00000030" stroke-width="2"/>`,
  ).join("");
}

export function hairOf(traits: Traits): Hair {
  const { hair, hairStyle } = traits;
  const front = (d: string) => path(d, hair);
  switch (hairStyle) {
    case "part":
      return { back: "", front: front(part) };
    case "quiff":
      return { back: "", front: front(quiff) };
    case "buzz":
      return { back: "", front: `<g opacity="0.8">${front(buzz)}</g>` };
    case "curls":
      return { back: curls(hair, 88, 185, 355, 26), front: curls(hair, 76, 205, 335, 22) };
    case "bald":
      return {
        back: "",
        front: `<g opacity="0.75">${front("M113 215C110 190 114 170 122 160C122 180 120 200 119 222ZM287 215C290 190 286 170 278 160C278 180 280 200 281 222Z")}</g>`,
      };
    case "wavy":
      return {
        back: front(bob.replaceAll("305", "270").replaceAll("332", "290").replaceAll("327", "286")),
        front: front(part),
      };
    case "afro":
      return { back: `<ellipse cx="200" cy="160" rx="122" ry="116" fill="${hair}"/>`, front: front(pulled) };
    case "long":
      return { back: front(long), front: front(centre) };
    case "bob":
      return { back: front(bob), front: front(fringe) };
    case "bun":
      return { back: `<circle cx="200" cy="56" r="38" fill="${hair}"/>`, front: front(pulled) };
    case "ponytail":
      return {
        back: front(
          "M250 90C320 90 345 180 330 260C325 310 340 340 322 372C290 360 285 300 292 250C296 200 280 150 250 130Z",
        ),
        front: front(pulled),
      };
    case "locks":
      return { back: front(long) + curls(hair, 112, 150, 390, 30), front: curls(hair, 78, 200, 340, 22) };
    case "pixie":
      return { back: "", front: front(part) };
    case "braids":
      return { back: braid(102, hair) + braid(294, hair), front: front(centre) };
    case "waves":
      return { back: front(waves), front: front(part) };
    default:
      return { back: "", front: front(crop) };
  }
}
