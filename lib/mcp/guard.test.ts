import { describe, expect, it } from "vitest";
import { isForUs } from "./guard";

const names = { publicUrl: "https://aval.bank.example", host: "127.0.0.1", port: 3000 };

describe("who may speak to /mcp", () => {
  it.each([
    [{ host: "aval.bank.example" }, true],
    [{ host: "AVAL.bank.example", origin: "https://aval.bank.example" }, true],
    [{ host: "127.0.0.1:3000" }, true],
    [{ host: "localhost:3000", origin: "http://localhost:3000" }, true],
    [{ host: "[::1]:3000" }, true],
    // The name of a foreign page that was made to point here.
    [{ host: "rebound.example:3000" }, false],
    [{ host: "rebound.example:3000", origin: "http://rebound.example:3000" }, false],
    [{ host: "127.0.0.1:3000", origin: "http://rebound.example:3000" }, false],
    [{ host: "aval.bank.example", origin: "null" }, false],
    [{ host: "aval.bank.example", origin: "http://aval.bank.example" }, false],
    [{ host: "aval.bank.example.evil.example" }, false],
    [{ host: "127.0.0.1:4000" }, false],
    [{}, false],
  ])("%j is let in: %s", (headers, expected) => {
    expect(isForUs(headers, names)).toBe(expected);
  });
});
