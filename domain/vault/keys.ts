import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const RootKey = z.object({ id: z.string().min(1), key: z.string().length(44) });

const KeysFile = z.object({
  version: z.literal(1),
  /** Newest first: the first wraps, all unwrap. The two trees share no key. */
  general: z.array(RootKey).min(1),
  biometric: z.array(RootKey).min(1),
  sessionSecret: z.string().min(32),
  mediaUrlSecret: z.string().min(32),
});

export type KeysFile = z.infer<typeof KeysFile>;

/**
 * Creates the file of root keys when there is none. Losing it makes every record unreadable.
 * Two processes may start at once: the hard link picks the winner.
 */
export function ensureKeysFile(path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const secret = () => randomBytes(32).toString("base64");
  const fresh: KeysFile = {
    version: 1,
    general: [{ id: `g-${randomBytes(4).toString("hex")}`, key: secret() }],
    biometric: [{ id: `b-${randomBytes(4).toString("hex")}`, key: secret() }],
    sessionSecret: secret(),
    mediaUrlSecret: secret(),
  };
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

let read: { path: string; keys: KeysFile } | undefined;

/** @throws Error naming the file when it is missing or not a keys file */
export function readKeys(path: string): KeysFile {
  if (read?.path === path) return read.keys;
  const result = KeysFile.safeParse(JSON.parse(readFileSync(/* turbopackIgnore: true */ path, "utf8")));
  if (!result.success) throw new Error(`The keys file ${path} is not usable: ${result.error.issues[0]?.message}`);
  read = { path, keys: result.data };
  return read.keys;
}
