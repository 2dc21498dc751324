import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { blindIndexer } from "./blind-index";
import { nameWords } from "./name-words";
import { newKey } from "./seal";
import { TenantKeyRing } from "./tenant-keys";

const ring = () => new TenantKeyRing(randomUUID(), [{ tree: "index", version: 1, key: newKey() }]);

describe("name words", () => {
  it.each([
    ["José Peña", ["jose", "pena"]],
    ["JOSÉ  PEÑA", ["jose", "pena"]],
    ["Jose\u0301 Pen\u0303a", ["jose", "pena"]],
    ["Siobhán O’Connor", ["siobhan", "oconnor"]],
    ["Siobhan O'Connor", ["siobhan", "oconnor"]],
    ["Siobhan OʼConnor", ["siobhan", "oconnor"]],
    ["Anne-Marie d'Arc", ["anne", "marie", "darc"]],
    ["Müller, Jürgen", ["muller", "jurgen"]],
    ["Nguyễn Văn Ánh", ["nguyen", "van", "anh"]],
    ["Ł́ukasz", ["łukasz"]],
    ["محمد الأحمد", ["محمد", "الاحمد"]],
    ["王小明", ["王小明"]],
    ["Ｍｉｒａ", ["mira"]],
    ["Vela Vela", ["vela"]],
    ["Arbola Tools S.L.", ["arbola", "tools", "s", "l"]],
    ["  ", []],
    ["", []],
    ["---", []],
  ])("%j is found by %j", (name, words) => {
    expect(nameWords(name)).toEqual(words);
  });
});

describe("the blind index", () => {
  const subject = {
    names: ["José O’Connor-Peña"],
    documentNumbers: ["XQ-000 4217"],
    emails: ["Mira@Mail.Example "],
    phones: ["+34 600 111 222"],
  };

  /** Whether a search would find the subject: every word must match one of its terms. */
  const finds = (typed: string, of = subject) => {
    const indexer = blindIndexer(one);
    const stored = new Set(indexer.terms(of).map((term) => term.toString("hex")));
    const words = indexer.query(typed);
    return words.length > 0 && words.every((terms) => terms.some((term) => stored.has(term.toString("hex"))));
  };
  const one = ring();

  it.each([
    "jose",
    "JOSÉ",
    "peña jose",
    "o'connor",
    "OConnor",
    "xq0004217",
    "XQ 000-4217",
    "XQ0004217",
    "mira@mail.example",
    "MIRA@MAIL.EXAMPLE",
    "+34600111222",
    "+34 (600) 111-222",
    "0034600111222",
    "34600111222",
  ])("finds by %j", (typed) => {
    expect(finds(typed)).toBe(true);
  });

  it.each(["jos", "jose smith", "XQ0004218", "mira@mail.exampl", "600111223", "@", "", "  ", "%", "x' or '1'='1"])(
    "does not find by %j",
    (typed) => {
      expect(finds(typed)).toBe(false);
    },
  );

  it("gives the same word different terms in different applications", () => {
    const [a] = blindIndexer(ring()).terms({ ...subject, documentNumbers: [], emails: [], phones: [] });
    const [b] = blindIndexer(ring()).terms({ ...subject, documentNumbers: [], emails: [], phones: [] });
    expect(a!.equals(b!)).toBe(false);
  });

  it("gives the same text different terms as a name and as a document number", () => {
    const indexer = blindIndexer(ring());
    const [name] = indexer.terms({ names: ["mira"], documentNumbers: [], emails: [], phones: [] });
    const [number] = indexer.terms({ names: [], documentNumbers: ["mira"], emails: [], phones: [] });
    expect(name!.equals(number!)).toBe(false);
  });

  it("keeps nothing for what is absent", () => {
    expect(
      blindIndexer(ring()).terms({ names: [null, ""], documentNumbers: [undefined], emails: [" "], phones: [] }),
    ).toEqual([]);
  });
});
