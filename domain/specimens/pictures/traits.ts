import { ageAt, type Person } from "../people/person";
import { Random } from "../random";

export interface Traits {
  skin: string;
  shade: string;
  hair: string;
  hairStyle: string;
  eyes: string;
  lips: string;
  brow: number;
  width: number;
  jaw: number;
  glasses: "none" | "round" | "square";
  beard: "none" | "stubble" | "full" | "moustache" | "goatee";
  scarf: string | null;
  freckles: boolean;
  earrings: boolean;
  age: number;
  clothes: { kind: "shirt" | "tee" | "blazer" | "blouse" | "hoodie"; color: string; inner: string };
  casual: { kind: "shirt" | "tee" | "blazer" | "blouse" | "hoodie"; color: string; inner: string };
}

const skins = {
  light: ["#f6d7c0", "#f1c9ab", "#eabb97"],
  olive: ["#e5b48a", "#d9a273", "#cc9466"],
  brown: ["#b97d50", "#a56b42", "#8f5a36"],
  dark: ["#7d4d31", "#6b4028", "#573320"],
  east: ["#f4d3b0", "#eec59b", "#e2b184"],
};

const skinOf: Record<string, readonly (readonly [keyof typeof skins, number])[]> = {
  NGA: [
    ["dark", 8],
    ["brown", 2],
  ],
  IND: [
    ["brown", 7],
    ["olive", 3],
  ],
  EGY: [
    ["olive", 7],
    ["brown", 3],
  ],
  ARE: [
    ["olive", 8],
    ["brown", 2],
  ],
  JPN: [["east", 1]],
  CHN: [["east", 1]],
  MEX: [
    ["olive", 6],
    ["brown", 3],
    ["light", 1],
  ],
  BRA: [
    ["light", 3],
    ["olive", 3],
    ["brown", 3],
    ["dark", 2],
  ],
  USA: [
    ["light", 4],
    ["olive", 2],
    ["brown", 2],
    ["dark", 2],
    ["east", 1],
  ],
  GBR: [
    ["light", 6],
    ["brown", 2],
    ["dark", 1],
  ],
  FRA: [
    ["light", 5],
    ["olive", 3],
    ["dark", 1],
  ],
  PRT: [
    ["olive", 4],
    ["light", 4],
    ["brown", 1],
  ],
  ESP: [
    ["olive", 5],
    ["light", 5],
  ],
};

const darkHair = ["#1d1714", "#2a1d17", "#3b271b"];
const anyHair = [...darkHair, "#5a3a22", "#7a4f2a", "#a8743c", "#c79a55", "#8f3f22", "#d8b878"];
const styles = {
  M: ["crop", "part", "quiff", "buzz", "curls", "bald", "wavy", "crop", "part"],
  F: ["long", "bob", "bun", "ponytail", "locks", "pixie", "braids", "long", "waves"],
};

function shaded(hex: string, factor: number) {
  const parts = [1, 3, 5].map((at) => Math.round(Number.parseInt(hex.slice(at, at + 2), 16) * factor));
  return `#${parts.map((part) => Math.min(255, part).toString(16).padStart(2, "0")).join("")}`;
}

/** How a person looks in every picture of the demo. */
export function traitsOf(person: Person): Traits {
  const random = new Random(`face/${person.key}`);
  const country = person.country.alpha3;
  const age = ageAt(person, new Date(Date.UTC(2026, 0, 1)));
  const tone = random.weighted(skinOf[country] ?? [["light", 1] as const]);
  const skin = random.pick(skins[tone]);
  const female = person.gender === "F" || (person.gender === "X" && random.chance(0.5));
  const natural = tone === "light" ? anyHair : darkHair;
  const greying = age > 62 ? 0.85 : age > 48 ? 0.35 : 0;
  const hair = random.chance(greying) ? random.pick(["#b9b4ae", "#8d8882", "#dcd8d2"]) : random.pick(natural);
  const scarfed = female && (country === "EGY" || country === "ARE") && random.chance(0.65);
  const afro = tone === "dark" || (tone === "brown" && country === "BRA");
  const hairStyle = afro && random.chance(0.5) ? "afro" : random.pick(styles[female ? "F" : "M"]);
  const muted = ["#2f3e55", "#5a4a6b", "#37594f", "#7a4046", "#404043", "#6d6a3f", "#34607a"];
  const bright = ["#d97757", "#5b9aa0", "#e0b04f", "#8a9a5b", "#b56576", "#6f86c9", "#4a4e69"];
  const clothing = (kinds: readonly Traits["clothes"]["kind"][], colors: string[]) => ({
    kind: random.pick(kinds),
    color: random.pick(colors),
    inner: random.pick(["#f4f2ee", "#dfe6ee", "#e9dcc9"]),
  });
  return {
    skin,
    shade: shaded(skin, 0.86),
    hair,
    hairStyle,
    eyes:
      natural === darkHair
        ? random.pick(["#3a2618", "#4a2f1c"])
        : random.pick(["#3a2618", "#5a7a9a", "#5d7a4e", "#6b4a2a"]),
    lips: shaded(skin, female ? 0.78 : 0.82),
    brow: random.number(-3, 4, 1),
    width: random.number(0.93, 1.05, 3),
    jaw: random.number(-8, 8, 1),
    glasses: random.weighted([
      ["none", 70],
      ["round", 14],
      ["square", age > 45 ? 30 : 12],
    ] as const),
    beard: female
      ? "none"
      : random.weighted([
          ["none", 50],
          ["stubble", 18],
          ["full", 16],
          ["moustache", 8],
          ["goatee", 8],
        ] as const),
    scarf: scarfed ? random.pick(["#4b5d73", "#7d5a6a", "#c8b8a4", "#3d6159", "#8a4f3d"]) : null,
    freckles: tone === "light" && random.chance(0.25),
    earrings: female && random.chance(0.45),
    age,
    clothes: clothing(female ? ["blouse", "blazer", "shirt"] : ["shirt", "blazer", "tee"], muted),
    casual: clothing(["tee", "hoodie", "shirt"], bright),
  };
}
