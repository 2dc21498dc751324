import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { call, demo } from "../console/arrange";

// The tests share a folder, which is gone after the last one.
test.describe.configure({ mode: "default" });

const folder = mkdtempSync(join(tmpdir(), "aval-bring-in-"));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command as the README has it, against the running server. */
function bringIn(...args: string[]) {
  const done = spawnSync("npm", ["run", "--silent", "operator", "--", "bring-in", ...args], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "", AVAL_API_KEY: demo().issuer.api_key, AVAL_PUBLIC_URL: demo().url },
  });
  return { code: done.status, output: done.stdout + done.stderr };
}

const sample = (kind: "kyc" | "kyb") =>
  JSON.parse(readFileSync(join("domain/sessions/samples", `${kind}-decision.json`), "utf8"));

test("a file of decisions is brought in line by line: each is stored with its media, or refused with its reasons", async () => {
  const person = { ...sample("kyc"), session_id: randomUUID() };
  person.id_verifications[0].front_image = "https://vendor.example/media/front.png?expires=3600";
  const unfinished = { ...sample("kyc"), session_id: randomUUID(), status: "In Progress" };
  const file = join(folder, "decisions.ndjson");
  writeFileSync(
    file,
    [JSON.stringify(person), "", "{not json", JSON.stringify(unfinished), JSON.stringify({ status: 7 })].join("\n"),
  );
  writeFileSync(
    join(folder, "front.png"),
    Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    ),
  );
  const { code, output } = bringIn(file, "--media", folder);
  expect(output).toMatch(/^line 1: session #\d+ \(/m);
  expect(output).toMatch(/^line 3: refused\n {2}This line is no JSON/m);
  expect(output).toMatch(/^line 4: refused\n {2}status: Only finished sessions .* In Progress\./m);
  expect(output).toMatch(/^line 5: refused\n(?: {2}.*\n)* {2}status: /m);
  expect(output).toMatch(/^1 brought in, 3 refused\.$/m);
  expect(code).toBe(1);

  const id = /line 1: session #\d+ \(([0-9a-f-]{36})\)/.exec(output)?.[1];
  const decision = await call<{ id_verifications: { front_image: string; back_image: string | null }[] }>(
    demo().issuer,
    "GET",
    `/v3/session/${id}/decision/`,
  );
  const front = await fetch(new URL(decision.id_verifications[0]!.front_image, demo().url));
  expect(front.headers.get("content-type")).toBe("image/png");
  expect(decision.id_verifications[0]!.back_image).toBeNull();

  // The same file again stores nothing twice.
  expect(bringIn(file, "--media", folder).output).toMatch(/^0 brought in, 4 refused\.$/m);
});

test("a company of the sample is brought in, and more lines than one request carries", async () => {
  const company = join(folder, "company.json");
  writeFileSync(company, JSON.stringify({ ...sample("kyb"), session_id: randomUUID() }));
  expect(bringIn(company)).toMatchObject({ code: 0, output: expect.stringMatching(/^1 brought in, 0 refused\.$/m) });

  const many = join(folder, "many.ndjson");
  writeFileSync(
    many,
    Array.from({ length: 230 }, () => JSON.stringify({ ...sample("kyc"), session_id: randomUUID() })).join("\n"),
  );
  const { output } = bringIn(many);
  expect(output).toMatch(/^line 230: session #/m);
  expect(output).toMatch(/^230 brought in, 0 refused\.$/m);
});
