import { describe, expect, it } from "vitest";
import { tidyToken } from "./tidy-token";

const token = `eyJhbGciOiJIUzI1NiJ9.${"a1_-".repeat(20)}.${"Zz09".repeat(10)}`;

describe("what is pasted as a token", () => {
  it.each([
    ["as it is", token],
    ["with spaces and newlines around it", ` \n\t${token}\r\n`],
    ["broken over lines", token.replace(/(.{40})/g, "$1\r\n  ")],
    ["in quotes", `"${token}"`],
    ["with zero-width characters", `\u200b${token.slice(0, 30)}\u200b${token.slice(30)}\ufeff`],
    ["in a JSON body", JSON.stringify({ share_token: token, trust_review: false }, null, 2)],
    [
      "in a curl command",
      `curl -X POST https://aval.example/v3/session/import-shared/ -d '{"share_token": "${token}"}'`,
    ],
  ])("is read %s", (_, pasted) => expect(tidyToken(pasted)).toBe(token));

  it.each([["", " \n ", "hello", "a.b.c", "0f6d8f5e-2bd5-5126-b098-b5da86c2b232"]])("is nothing: %j", (pasted) =>
    expect(tidyToken(pasted)).toBeNull(),
  );
});
