import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FOLDER, RECEIVERS, receiverPrograms } from "./receivers";

it("every documented program that checks a signature is shown, as it is in its file", async () => {
  expect(RECEIVERS.map(({ file }) => file).sort()).toEqual(readdirSync(FOLDER).sort());
  for (const { file, run, code } of await receiverPrograms()) {
    expect(code).toBe(readFileSync(join(FOLDER, file), "utf8"));
    // What the screen says to run is what the file itself says.
    expect(code).toContain(`WEBHOOK_SECRET=… ${run} < deliveries.ndjson`);
  }
});
