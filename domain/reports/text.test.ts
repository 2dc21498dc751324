import { describe, expect, it } from "vitest";
import { FONT_NAMES, fontFile } from "./fonts";
import { linesOf, settable, visualRuns } from "./text";

const each = (text: string) => [...text].length * 10;
const shown = (text: string) => visualRuns(text, "regular").map((run) => run.text);

describe("the fonts of the reports", () => {
  it.each(FONT_NAMES)("%s is there, and is a font", (name) => {
    expect(["\0\x01\0\0", "OTTO"]).toContain(fontFile(name).toString("latin1", 0, 4));
  });
});

describe("text in a report", () => {
  it.each([
    ["Mira Vela", ["NotoSans"]],
    ["Łukasz Żółć, Dvořák, Ñandú", ["NotoSans"]],
    ["Αθηνά Ерёма", ["NotoSans"]],
    ["محمد", ["NotoSansArabic"]],
    ["אביגיל", ["NotoSansHebrew"]],
    ["王小明", ["NotoSansCJK"]],
    ["山田 太郎", ["NotoSansCJK", "NotoSans", "NotoSansCJK"]],
    ["김철수", ["NotoSansCJK"]],
    ["สมชาย", ["NotoSansThai"]],
    ["राजेश", ["NotoSansDevanagari"]],
    ["O’Brien-محمد", ["NotoSans", "NotoSansArabic"]],
  ])("%s is set in %j", (text, fonts) => {
    expect(visualRuns(text, "regular").map((run) => run.font.replace(/-Regular$/, ""))).toEqual(fonts);
  });

  it("keeps a mark in the font of the letter that bears it", () => {
    expect(visualRuns("مُحَمَّد", "regular")).toHaveLength(1);
    expect(visualRuns("คุ้ม", "regular")).toHaveLength(1);
  });

  it("stands in the order in which it is seen", () => {
    expect(shown("Name: محمد علي (abc) 12")).toEqual(["Name: ", "علي", " ", "محمد", " (abc) 12"]);
    // A number inside Arabic reads from left to right, and stands to the left of what comes before it.
    expect(shown("شارع 12 دبي")).toEqual(["دبي", " ", "12", " ", "شارع"]);
    // A bracket opens towards what it encloses, whichever way that is read.
    expect(shown("שלום (עולם)")).toEqual(["(", "עולם", ") ", "שלום"]);
  });

  it("breaks at spaces, inside what has none, and between ideographs", () => {
    const lines = (text: string, width: number) => linesOf(text, "regular", width, each);
    expect(lines("one two three", 70)).toEqual(["one two", "three"]);
    expect(lines("abcdefghij", 40)).toEqual(["abcd", "efgh", "ij"]);
    expect(lines("王小明王小明", 40)).toEqual(["王小明王", "小明"]);
    expect(lines("7b1f0a52-3f0e-4d0c", 100)).toEqual(["7b1f0a52-", "3f0e-4d0c"]);
    expect(lines("", 40)).toEqual([""]);
  });

  it("loses nothing when it is broken", () => {
    for (const text of ["a b c d e f", "محمد علي حسن عبد الله", "王小明 abc 日本語テスト", "x".repeat(50)])
      for (const width of [10, 35, 70])
        expect(linesOf(text, "regular", width, each).join("").replace(/ /g, "")).toBe(text.replace(/ /g, ""));
  });

  it("cannot be steered by what it contains", () => {
    expect(settable("a\u202eb\u0000c\n\td\u2066")).toBe("abc d");
    expect(settable("e\u0301")).toBe("é");
  });
});
