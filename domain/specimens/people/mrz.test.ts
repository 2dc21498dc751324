import { describe, expect, it } from "vitest";
import { demoSessions } from "@/demo/sessions";
import { checkDigit, machineReadableZone } from "./mrz";
import { asciiOf, mrzName } from "./transliterate";

/** Written from ICAO 9303-5 and -4 apart from the generator, so that one error cannot hide in both. */
function faults(text: string): string[] {
  const lines = text.split("\n");
  const value = (sign: string) => (sign === "<" ? 0 : sign >= "A" ? sign.charCodeAt(0) - 55 : Number(sign));
  const digit = (field: string) =>
    String([...field].reduce((sum, sign, at) => sum + value(sign) * [7, 3, 1][at % 3]!, 0) % 10);
  const wrong: string[] = [];
  const expectDigit = (name: string, field: string, found: string | undefined) => {
    if (digit(field) !== found) wrong.push(`${name}: ${found} instead of ${digit(field)}`);
  };
  if (lines.some((line) => /[^A-Z0-9<]/.test(line))) wrong.push("alphabet");
  if (lines.length === 3) {
    const [one = "", two = "", three = ""] = lines;
    if ([one, two, three].some((line) => line.length !== 30)) wrong.push("length");
    expectDigit("number", one.slice(5, 14), one[14]);
    expectDigit("birth", two.slice(0, 6), two[6]);
    expectDigit("expiry", two.slice(8, 14), two[14]);
    expectDigit("composite", one.slice(5, 30) + two.slice(0, 7) + two.slice(8, 15) + two.slice(18, 29), two[29]);
  } else {
    const [one = "", two = ""] = lines;
    if (lines.length !== 2 || one.length !== 44 || two.length !== 44) wrong.push("length");
    expectDigit("number", two.slice(0, 9), two[9]);
    expectDigit("birth", two.slice(13, 19), two[19]);
    expectDigit("expiry", two.slice(21, 27), two[27]);
    expectDigit("optional", two.slice(28, 42), two[42]);
    expectDigit("composite", two.slice(0, 10) + two.slice(13, 20) + two.slice(21, 43), two[43]);
  }
  return wrong;
}

describe("a machine-readable zone", () => {
  it("is the one that ICAO 9303-4 prints for Anna Maria Eriksson", () => {
    const zone = machineReadableZone({
      format: "TD3",
      code: "P",
      country: "UTO",
      nationality: "UTO",
      number: "L898902C3",
      birthDate: "1974-08-12",
      expiryDate: "2012-04-15",
      gender: "F",
      lastName: "Eriksson",
      firstName: "Anna Maria",
      optionalData: "ZE184226B",
    });
    expect(zone.mrz_string).toBe(
      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    );
  });

  it("is the one that ICAO 9303-5 prints for a card", () => {
    const zone = machineReadableZone({
      format: "TD1",
      code: "I",
      country: "UTO",
      nationality: "UTO",
      number: "D23145890",
      birthDate: "1974-08-12",
      expiryDate: "2012-04-15",
      gender: "F",
      lastName: "Eriksson",
      firstName: "Anna Maria",
      optionalData: "",
    });
    expect(zone.mrz_string).toBe(
      "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    );
  });

  it("has check digits that verify on each document of the demo", () => {
    let count = 0;
    for (const session of demoSessions(new Date("2026-07-01T12:00:00Z"))) {
      for (const identity of (session.decision.id_verifications as { mrz: { mrz_string: string } | null }[] | null) ??
        []) {
        if (!identity.mrz) continue;
        count++;
        expect(faults(identity.mrz.mrz_string), identity.mrz.mrz_string).toEqual([]);
      }
    }
    expect(count).toBeGreaterThan(150);
  });

  it("keeps something of both names when they do not fit", () => {
    const zone = machineReadableZone({
      format: "TD1",
      code: "I",
      country: "PRT",
      nationality: "PRT",
      number: "000000000",
      birthDate: "1980-01-01",
      expiryDate: "2030-01-01",
      gender: "F",
      lastName: "Albuquerque de Vasconcelos e Meneses",
      firstName: "Maria Leonor da Conceição",
      optionalData: "",
    });
    const names = zone.mrz_string.split("\n")[2]!;
    expect(names).toHaveLength(30);
    expect(names).toMatch(/^[A-Z]+<DE<[A-Z]+<E<[A-Z]+<<MARIA<*$/);
  });

  it.each([
    ["A".repeat(60), "\u{1f600}"],
    ["\u{1f600}", "A".repeat(60)],
    ["王", "小明"],
    ["A".repeat(60), "B".repeat(60)],
  ])("comes to an end with %s %s", (firstName, lastName) => {
    const zone = machineReadableZone({
      format: "TD1",
      code: "I",
      country: "PRT",
      nationality: "PRT",
      number: "000000000",
      birthDate: "1980-01-01",
      expiryDate: "2030-01-01",
      gender: "F",
      lastName,
      firstName,
      optionalData: "",
    });
    expect(zone.mrz_string.split("\n")[2]).toHaveLength(30);
  });
});

describe("transliteration", () => {
  it.each([
    ["O'Neill", "ONEILL"],
    ["d'Aubigny-Lefèvre", "DAUBIGNY<LEFEVRE"],
    ["Müller-Weißenfels", "MUELLER<WEISSENFELS"],
    ["Szczęsna-Żółkiewska", "SZCZESNA<ZOLKIEWSKA"],
    ["Yıldız", "YILDIZ"],
    ["St. James", "ST<JAMES"],
    ["Íñiguez", "INIGUEZ"],
  ])("writes %s as %s", (name, zone) => {
    expect(mrzName(name)).toBe(zone);
  });

  it("keeps the case of what it makes plain", () => {
    expect(asciiOf("Łódź, São Paulo, Köln")).toBe("Lodz, Sao Paulo, Koeln");
  });

  it("counts a letter from ten", () => {
    expect(checkDigit("AB2134<<<")).toBe("5");
  });
});
