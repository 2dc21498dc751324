import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Binaries, ClusterHome } from "./cluster-home";

/**
 * Makes the cluster when there is none.
 * @returns its password
 * @throws Error with a sentence for the operator
 */
export async function ensureCluster(home: ClusterHome, dataDir: string, binaries: Binaries): Promise<string> {
  const passwordFile = join(dataDir, "pg-password");
  if (existsSync(home.pgData)) {
    refuseOtherVersion(home.pgData, binaries);
    if (!existsSync(passwordFile)) {
      throw new Error(
        `The password of the database in ${home.pgData} is missing: restore ${passwordFile} from a backup, or choose another folder with AVAL_DATA_DIR.`,
      );
    }
    return readFileSync(passwordFile, "utf8").trim();
  }
  const password = randomBytes(24).toString("base64url");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  // Made aside and renamed, so that a kill in the middle leaves no half-made cluster behind.
  const draft = `${home.pgData}.new`;
  const handed = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(handed, password, { mode: 0o600 });
  if (home.user) for (const path of [draft, handed]) chownSync(path, home.user.uid, home.user.gid);
  const flags = ["--username=aval", "--auth=scram-sha-256", `--pwfile=${handed}`, "--encoding=UTF8", "--locale=C"];
  const provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  try {
    await promisify(execFile)(binaries.initdb, ["-D", draft, ...flags, ...provider], {
      ...home.user,
      ...surroundings(),
    });
  } catch (error) {
    const told = `${(error as { stderr?: string }).stderr ?? ""}`.trim() || (error as Error).message;
    throw new Error(`The database could not be made in ${home.pgData}: ${told}`);
  } finally {
    rmSync(handed, { force: true });
  }
  renameSync(draft, home.pgData);
  return password;
}

function refuseOtherVersion(pgData: string, binaries: Binaries): void {
  const made = readFileSync(join(pgData, "PG_VERSION"), "utf8").trim();
  if (Number.parseInt(made, 10) === binaries.major) return;
  const newer = Number.parseInt(made, 10) > binaries.major;
  throw new Error(
    newer
      ? `The database in ${pgData} was made by PostgreSQL ${made}, and this version of Aval brings PostgreSQL ${binaries.major}. Start the newer Aval that made it, or choose another folder with AVAL_DATA_DIR.`
      : `The database in ${pgData} was made by PostgreSQL ${made}, and this version of Aval brings PostgreSQL ${binaries.major}, which cannot read it. Upgrade it with pg_upgrade first, or start the older Aval.`,
  );
}

/** PostgreSQL reads PG* variables, and its messages follow the locale; neither may come from the caller's shell. */
export function surroundings() {
  const { NODE_ENV, PATH = "/usr/bin:/bin" } = process.env;
  return { cwd: "/", env: { NODE_ENV, PATH, LC_ALL: "C", TZ: "UTC" } };
}
