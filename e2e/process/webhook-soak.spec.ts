import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";

/** The command itself, small. At its full size, on a machine with nothing else to do, its latencies mean something, too. */
const SIZE = {
  events: 400,
  destinations: 10,
  applications: 3,
  sessions: 8,
  rate: 25,
  workers: 2,
  kills: 2,
  restarts: 2,
  drain: 120,
};

test("no delivery is lost, and none repeated but what was in flight, while workers are killed and the database restarts", async () => {
  test.setTimeout(400_000);
  const foreign = /^(AVAL_|DATABASE_URL$|PORT$|HOST$|NODE_ENV$|NEXTAUTH_)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const options = Object.entries(SIZE).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const node = ["--conditions=react-server", "--import", "tsx", "scripts/webhook-soak.ts", "--json", ...options];
  // It ends with 1 when it was too slow, which says nothing here.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, node, {
    env: { ...env, NODE_ENV: "production" },
    timeout: 380_000,
  }).catch((error: { stdout: string; stderr: string }) => error);
  expect(stdout, stderr).not.toBe("");
  const findings = JSON.parse(stdout);
  expect(findings, stderr).toMatchObject({
    "events confirmed and not there": 0,
    "deliveries lost": 0,
    "out of order": 0,
    "signatures that do not hold": 0,
    "connections to where redirects point": 0,
    "workers that ended by themselves": 0,
  });
  expect(findings.events).toBeGreaterThanOrEqual(SIZE.events);
  expect(findings["duplicates at healthy destinations"]).toBeLessThanOrEqual(findings["in flight when killed"]);
});
