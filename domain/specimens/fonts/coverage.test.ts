import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countries } from "../countries/all";
import { documentOf } from "../people/document";
import { Registrar } from "../people/person";
import { unusualNames } from "../people/unusual-names";
import { cardBack, cardFront } from "../pictures/identity-card";
import { passportPage } from "../pictures/passport";

/** The code points of a font's Unicode cmap, formats 4 and 12. */
function coverage(file: string): Set<number> {
  const font = readFileSync(join(import.meta.dirname, file));
  const points = new Set<number>();
  const tables = font.readUInt16BE(4);
  const records = Array.from({ length: tables }, (_, index) => 12 + index * 16);
  const cmap = font.readUInt32BE(records.find((at) => font.toString("latin1", at, at + 4) === "cmap")! + 8);
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index++) {
    const table = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    const format = font.readUInt16BE(table);
    if (format === 12) {
      for (let group = 0; group < font.readUInt32BE(table + 12); group++) {
        const at = table + 16 + group * 12;
        for (let point = font.readUInt32BE(at); point <= font.readUInt32BE(at + 4); point++) points.add(point);
      }
    } else if (format === 4) {
      const segments = font.readUInt16BE(table + 6) / 2;
      for (let segment = 0; segment < segments; segment++) {
        const end = font.readUInt16BE(table + 14 + segment * 2);
        const start = font.readUInt16BE(table + 16 + (segments + segment) * 2);
        for (let point = start; point <= end && point !== 0xffff; point++) points.add(point);
      }
    }
  }
  return points;
}

const latin = ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"];
const other: Record<string, string[]> = {
  ar: ["NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"],
  ja: ["NotoSansCJKjp-Regular.otf"],
  zh: ["NotoSansCJKsc-Regular.otf"],
};
const known = new Map([...latin, ...Object.values(other).flat()].map((file) => [file, coverage(file)]));

function missing(svg: string, language: string) {
  const shown = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, content]) =>
    content!.replace(/&[a-z]+;/g, ""),
  );
  const regular = [latin[0]!, ...(other[language] ?? []).slice(0, 1)].map((file) => known.get(file)!);
  const bold = [latin[1]!, ...(other[language] ?? []).slice(-1)].map((file) => known.get(file)!);
  return [...new Set(shown.join(""))].filter((sign) => {
    const point = sign.codePointAt(0)!;
    return ![regular, bold].every((fonts) => fonts.some((font) => font.has(point)));
  });
}

describe("the bundled fonts", () => {
  const registrar = new Registrar();
  const now = new Date("2026-07-01T12:00:00Z");
  const cases = [
    ...countries.flatMap(({ alpha3 }) =>
      Array.from({ length: 40 }, (_, index) => registrar.person(`fonts/${alpha3}/${index}`, alpha3)),
    ),
    ...unusualNames.map((name) => registrar.person(`fonts/${name.lastName}`, name.country, name)),
  ];

  it("have every letter of every specimen", () => {
    for (const person of cases) {
      const document = documentOf(person, now);
      const specimen = { person, document };
      const pages =
        document.kind.type === "Passport" ? [passportPage(specimen)] : [cardFront(specimen), cardBack(specimen)];
      for (const page of pages) expect(missing(page, person.country.language), person.fullName).toEqual([]);
    }
  });
});
