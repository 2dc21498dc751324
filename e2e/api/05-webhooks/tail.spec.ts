import { spawn } from "node:child_process";
import { person } from "../../fixtures";
import { expect, hmac, test } from "./sink";

const server = process.env.AVAL_BASE_URL ?? "http://127.0.0.1:3000";
const environment = (more: Record<string, string>) =>
  ({
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AVAL_"))),
    ...more,
  }) as NodeJS.ProcessEnv;

test("§5 npm run tail forwards what happens in a sandbox application to this machine, signed", async ({
  issuer,
  sink,
}) => {
  const tail = spawn(
    process.execPath,
    ["scripts/tail.mjs", "--to", `${sink.url}/local`, "--events", "status.updated"],
    {
      env: environment({ AVAL_API_KEY: issuer.side.api_key, AVAL_PUBLIC_URL: server }),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [tail.stdout, tail.stderr]) stream.on("data", (data) => (output += data));
  const ended = new Promise((resolve) => tail.once("exit", resolve));
  try {
    await expect.poll(() => output, { timeout: 20_000 }).toContain("Forwarding to");
    const secret = /^ {2}([\w-]{43})$/m.exec(output)![1]!;
    const sessionId = await issuer.bringIn(person());
    const message = await sink.waitFor(({ json }) => json.session_id === sessionId);
    expect(message.headers["x-signature-v2"]).toBe(hmac(secret, message.body));
    await expect.poll(() => output).toContain(sessionId);
  } finally {
    tail.kill("SIGTERM");
    await ended;
  }
});

test("§5 a tail without a key, or to nowhere, ends with a sentence", async () => {
  const run = (args: string[], env: Record<string, string>) =>
    new Promise<{ code: number | null; error: string }>((resolve) => {
      const child = spawn(process.execPath, ["scripts/tail.mjs", ...args], {
        env: environment(env),
        stdio: ["ignore", "ignore", "pipe"],
      });
      let error = "";
      child.stderr.on("data", (data) => (error += data));
      child.once("exit", (code) => resolve({ code, error }));
    });
  expect(await run([], {})).toMatchObject({ code: 1, error: expect.stringContaining("Say where to forward to") });
  expect(await run(["--to", "http://127.0.0.1:1"], {})).toMatchObject({
    code: 1,
    error: expect.stringContaining("AVAL_API_KEY"),
  });
  expect(
    await run(["--to", "http://127.0.0.1:1"], { AVAL_API_KEY: "x".repeat(43), AVAL_PUBLIC_URL: server }),
  ).toMatchObject({
    code: 1,
    error: expect.stringContaining("401"),
  });
});
