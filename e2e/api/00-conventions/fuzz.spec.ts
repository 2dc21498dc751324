import { fuzz } from "@/scripts/fuzz/run";
import { expect, test } from "../../fixtures";

// `npm run fuzz`, small: the same requests each time, unless FUZZ_SEED says otherwise.

const base = process.env.AVAL_BASE_URL ?? "http://127.0.0.1:3000";
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_130);
const MOST_MS = 35_000;

test("§0.5 no request that can be made of the document is answered in a way that the document does not have", async ({
  demo,
}) => {
  const until = performance.now() + MOST_MS;
  const findings: unknown[] = [];
  let requests = 0;
  for (let round = 0; round < 5 && performance.now() < until; round++) {
    const report = await fuzz({
      base,
      demo: demo.issuer,
      seed: SEED + round,
      runs: 6,
      perWorld: 1_000,
      width: 4,
      withinMs: until - performance.now(),
    });
    findings.push(...report.findings);
    requests += report.requests;
  }
  expect(findings, `seed ${SEED}`).toEqual([]);
  expect(requests).toBeGreaterThan(50);
});
