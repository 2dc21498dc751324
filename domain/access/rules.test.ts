import { describe, expect, it } from "vitest";
import { isAddressIn, plainAddress } from "./addresses";
import { API_KEY_PRIVILEGES, PRIVILEGES, type Privilege, passwordProblem, privilegesOf, ROLES } from "./rules";

describe("roles", () => {
  it("hold only privileges there are, each once", () => {
    for (const role of ROLES) {
      const granted = privilegesOf(role);
      expect(new Set(granted).size, role).toBe(granted.length);
      for (const privilege of granted) expect(PRIVILEGES).toContain(privilege);
    }
  });

  it.each<[Privilege, string[]]>([
    ["read:sessions", ["owner", "admin", "compliance_officer", "developer", "reader"]],
    ["write:sessions", ["owner", "admin", "compliance_officer"]],
    ["write:lists", ["owner", "admin", "compliance_officer"]],
    ["write:users", ["owner", "admin", "compliance_officer"]],
    ["write:workflows", ["owner", "admin", "developer"]],
    ["read:webhooks", ["owner", "admin", "developer"]],
    ["write:keys", ["owner", "admin", "developer"]],
    ["read:audit", ["owner", "admin", "compliance_officer"]],
    ["read:billing", ["owner", "admin", "developer"]],
    ["write:members", ["owner", "admin"]],
    ["write:applications", ["owner", "admin"]],
    ["write:organization", ["owner", "admin"]],
  ])("%s is held by %j", (privilege, holders) => {
    expect(ROLES.filter((role) => privilegesOf(role).includes(privilege))).toEqual(holders);
  });

  it("whoever may write something may read it", () => {
    for (const role of ROLES)
      for (const privilege of privilegesOf(role).filter((one) => one.startsWith("write:"))) {
        const read = privilege.replace("write:", "read:") as Privilege;
        if (PRIVILEGES.includes(read)) expect(privilegesOf(role), `${role} ${privilege}`).toContain(read);
      }
  });

  it("a key never manages people, keys, settings or the organisation", () => {
    for (const privilege of API_KEY_PRIVILEGES)
      expect(privilege).not.toMatch(/^write:(keys|settings|members|applications|organization|partners)$/);
  });
});

describe("a password", () => {
  it.each([
    ["Aa1!", "Password must be at least 8 characters long."],
    [`Aa1!${"x".repeat(125)}`, "Password must be at most 128 characters long."],
    ["abcdefg1!", "Password must contain at least one uppercase letter."],
    ["ABCDEFG1!", "Password must contain at least one lowercase letter."],
    ["Abcdefgh!", "Password must contain at least one digit."],
    ["Abcdefg1", "Password must contain at least one special character (!@#$%^&*()_+-=[]{}\\|;:,.<>?)."],
    ["Abcdefg1ñ", "Password must contain at least one special character (!@#$%^&*()_+-=[]{}\\|;:,.<>?)."],
    ["x", "Password must be at least 8 characters long."],
  ])("%j is told the first rule that it breaks", (password, sentence) => {
    expect(passwordProblem(password)).toBe(sentence);
  });

  it.each([..."!@#$%^&*()_+-=[]{}\\|;:,.<>?"])("with %s is good", (special) => {
    expect(passwordProblem(`Abcdefg1${special}`)).toBeNull();
  });
});

describe("an address", () => {
  it.each<[string[], string | undefined, boolean]>([
    [["203.0.113.7"], "203.0.113.7", true],
    [["203.0.113.7"], "203.0.113.8", false],
    [["203.0.113.0/24"], "203.0.113.255", true],
    [["203.0.113.0/24"], "203.0.114.0", false],
    [["203.0.113.9/24"], "203.0.113.1", true],
    [["0.0.0.0/0"], "198.51.100.1", true],
    [["0.0.0.0/0"], "2001:db8::1", false],
    [["203.0.113.0/24"], "::ffff:203.0.113.7", true],
    [["203.0.113.0/24"], "::FFFF:203.0.113.7", true],
    [["2001:db8::/32"], "2001:db8:ffff::1", true],
    [["2001:db8::/32"], "2001:db9::1", false],
    [["2001:db8::1"], "2001:0db8:0000::0001", true],
    [["fe80::/10"], "fe80::1%eth0", true],
    [["198.51.100.1", "2001:db8::/32", "203.0.113.0/30"], "203.0.113.3", true],
    [["203.0.113.0/24"], undefined, false],
    [["203.0.113.0/24"], "", false],
    [["203.0.113.0/24"], "203.0.113.7, 10.0.0.1", false],
    [["203.0.113.0/24"], "localhost", false],
  ])("in %j is %s: %s", (ranges, address, expected) => {
    expect(isAddressIn(ranges, address)).toBe(expected);
  });

  it("that is none is none", () => {
    expect(plainAddress("999.1.1.1")).toBeUndefined();
    expect(plainAddress(" 10.0.0.1 ")).toBe("10.0.0.1");
  });
});
