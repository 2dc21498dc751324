import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ACCOUNT_ROUTES } from "./auth/v2/routes";
import { API_ROUTES } from "./v3/routes";

const STANDINGS = ["served", "deviating", "ours", "out of scope"];
const text = readFileSync(join(import.meta.dirname, "../docs/api.md"), "utf8");

/** Every row of the tables: `` | `GET, POST /path/`, `PUT /other/` | standing | notes | ``. */
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .flatMap((line) => {
    const [, endpoints = "", standing = "", notes = ""] = line.split("|").map((cell) => cell.trim());
    return [...endpoints.matchAll(/`([A-Z, *]+) (\/[^`]*)`/g)].flatMap(([, methods = "", path = ""]) =>
      methods.split(", ").map((method) => ({ endpoint: `${method} ${path}`, method, path, standing, notes })),
    );
  });

const served = [...API_ROUTES, ...ACCOUNT_ROUTES].map(({ spec }) => `${spec.method} ${spec.path}`);

describe("the tables of docs/api.md", () => {
  it("have every route once, as served, deviating or ours, and nothing that is not served", () => {
    const told = rows.filter(({ standing }) => standing !== "out of scope").map(({ endpoint }) => endpoint);
    expect(told.sort()).toEqual(served.sort());
  });

  it("have no endpoint out of scope that is served all the same", () => {
    const isServed = (method: string, path: string) =>
      served.some((one) => (method === "*" ? one.endsWith(` ${path}`) : one === `${method} ${path}`));
    const outside = rows.filter(({ standing }) => standing === "out of scope");
    expect(outside.length).toBeGreaterThan(10);
    expect(outside.filter(({ method, path }) => isServed(method, path))).toEqual([]);
  });

  it("know four standings, and say why where a client meets something else than documented", () => {
    for (const { endpoint, standing, notes } of rows) {
      expect(STANDINGS, endpoint).toContain(standing);
      if (standing === "deviating" || standing === "out of scope") expect(notes.length, endpoint).toBeGreaterThan(5);
    }
  });
});
