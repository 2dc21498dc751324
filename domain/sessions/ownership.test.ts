import { describe, expect, it } from "vitest";
import { ownershipGraph } from "./ownership";

const person = (name: string, percent: number | null, more: object = {}) => ({
  entity_type: "person",
  name,
  ownership_percent: percent,
  shareholders: [],
  ...more,
});
const company = (name: string, percent: number, shareholders: object[]) => ({
  entity_type: "company",
  name,
  registration_number: `R-${name}`,
  ownership_percent: percent,
  shareholders,
});
const effective = (structure: object) =>
  Object.fromEntries((ownershipGraph(structure, null)?.owners ?? []).map((one) => [one.name, one.effective]));

describe("who owns a company", () => {
  it("multiplies shares along the way", () => {
    const structure = {
      entity: { name: "Below" },
      shareholders: [
        company("Middle", 80, [company("Top", 60, [person("Ana", 75)]), person("Bo", 40)]),
        person("Cy", 20),
      ],
    };
    expect(effective(structure)).toEqual({ Middle: 80, Top: 48, Ana: 36, Bo: 32, Cy: 20 });
    expect(ownershipGraph(structure, null)).toMatchObject({
      company: { id: "company", name: "Below" },
      holdings: [
        { owned: "company", percent: 80 },
        { percent: 60 },
        { percent: 75 },
        { percent: 40 },
        { owned: "company", percent: 20 },
      ],
    });
  });

  it("adds up what one owner holds in several ways", () => {
    const structure = {
      owners: [company("A", 50, [person("Ana", 60)]), company("B", 30, [person("ana", 100)]), person("Ana", 10)],
    };
    expect(effective(structure)).toEqual({ A: 50, Ana: 70, B: 30 });
    expect(ownershipGraph(structure, null)?.holdings).toHaveLength(5);
  });

  it("keeps people of one name apart by their birth, and nameless ones always", () => {
    const structure = {
      shareholders: [
        person("Ana", 10, { birth_year: 1970 }),
        person("Ana", 20, { birth_year: 1990 }),
        { percentage: "30" },
        { percent: 40 },
      ],
    };
    expect(ownershipGraph(structure, null)?.owners.map((one) => one.effective)).toEqual([10, 20, 30, 40]);
  });

  it("knows nothing of what lies above an unknown share", () => {
    expect(
      effective({ shareholders: [{ ...company("A", 50, [person("Ana", 60)]), ownership_percent: null }] }),
    ).toEqual({
      A: null,
      Ana: null,
    });
  });

  it("stops where companies own each other", () => {
    const inner = company("A", 10, []);
    const structure = { shareholders: [company("A", 50, [company("B", 100, [inner])])] };
    expect(effective(structure)).toEqual({ A: 50, B: 50 });
  });

  it("is nothing where no owner is named", () => {
    expect(ownershipGraph({}, "X")).toBeNull();
    expect(ownershipGraph(null, "X")).toBeNull();
    expect(ownershipGraph({ shareholders: "none" }, "X")).toBeNull();
  });
});
