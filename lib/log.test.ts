import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

/** The log goes to standard output, so it is read from a process of its own. */
function logged(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), "aval-log-"));
  const file = join(folder, "log.mts");
  const from = (path: string) => JSON.stringify(pathToFileURL(resolve(path)).href);
  writeFileSync(
    file,
    `import { log } from ${from("lib/log.ts")}; import postgres from ${from("node_modules/postgres/src/index.js")};\n${script}`,
  );
  try {
    const run = spawnSync(process.execPath, ["--conditions=react-server", "--import", "tsx", file], {
      env: { ...process.env, AVAL_LOG_LEVEL: "debug" },
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    return run.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the log", () => {
  it("of a database error names its codes, and neither the statement nor its values", () => {
    const line = logged(`
      const cause = Object.assign(new postgres.PostgresError("x"), {
        message: 'duplicate key "Mira Vela"', code: "23505", constraint_name: "once", detail: "Key (name)=(Mira Vela)",
      });
      const error = new Error("Failed query: insert into people values ($1) params: Mira Vela", { cause });
      log().error({ requestId: "r-1", err: error });`);
    expect(JSON.parse(line)).toMatchObject({
      requestId: "r-1",
      err: { name: "PostgresError", code: "23505", constraint_name: "once" },
    });
    expect(line).not.toContain("Mira");
    expect(line).not.toContain("insert into");
  });

  it("of a wrapped query without a known cause is silent about it as well", () => {
    const line = logged(`
      const error = new Error("Failed query: select 'Mira'");
      log().error({ err: error });
      log().error(error);
      log().warn({ err: error }, "Trying again.");`);
    expect(line).toContain("Trying again.");
    expect(line).not.toContain("Mira");
  });
});
