import { hkdfSync } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { tenantKeys } from "@/db/schema";
import { env } from "@/env";
import { readKeys } from "./keys";
import { newKey, open, SealBroken, seal } from "./seal";

export type Tree = "general" | "biometric" | "index";

export interface TenantKey {
  tree: Tree;
  version: number;
  key: Buffer;
}

/** All live keys of one application; the newest version of a tree seals, every version opens. */
export class TenantKeyRing {
  constructor(
    readonly applicationId: string,
    private readonly keys: readonly TenantKey[],
  ) {}

  newest(tree: Tree): TenantKey {
    const [newest] = this.keys.filter((key) => key.tree === tree).sort((a, b) => b.version - a.version);
    if (!newest) throw new SealBroken();
    return newest;
  }

  version(tree: Tree, version: number): TenantKey {
    const found = this.keys.find((key) => key.tree === tree && key.version === version);
    if (!found) throw new SealBroken();
    return found;
  }

  /** A key for one purpose, so that no two uses share one. */
  derive(tree: Tree, purpose: string): Buffer {
    return Buffer.from(hkdfSync("sha256", this.newest(tree).key, "", `aval/${purpose}`, 32));
  }
}

const rootOf = (tree: Tree) => (tree === "biometric" ? "biometric" : "general");
const context = (applicationId: string, tree: Tree, version: number) =>
  `tenant-key|${applicationId}|${tree}|${version}`;

/** Gives a new application its keys. */
export async function createTenantKeys(tx: Tx, applicationId: string): Promise<void> {
  const roots = readKeys(env().keysFile);
  const rows = (["general", "biometric", "index"] as const).map((tree) => {
    const root = roots[rootOf(tree)][0]!;
    return {
      applicationId,
      tree,
      version: 1,
      rootKeyId: root.id,
      wrappedKey: seal(Buffer.from(root.key, "base64"), context(applicationId, tree, 1), newKey()),
    };
  });
  await tx.insert(tenantKeys).values(rows).onConflictDoNothing();
}

// Unwrapped keys are kept for a moment: erasing or rotating a tenant's keys takes effect within this time everywhere.
const KEPT_FOR_MS = 30_000;
const kept = new Map<string, { ring: TenantKeyRing; until: number }>();

/** @throws SealBroken when the application has no keys that this process can unwrap */
export async function tenantKeyRing(tx: Tx, applicationId: string): Promise<TenantKeyRing> {
  const held = kept.get(applicationId);
  if (held && held.until > Date.now()) return held.ring;
  const rows = await tx.select().from(tenantKeys).where(eq(tenantKeys.applicationId, applicationId));
  const roots = readKeys(env().keysFile);
  const keys = rows.flatMap((row) => {
    const root = roots[rootOf(row.tree)].find((candidate) => candidate.id === row.rootKeyId);
    if (!root) return [];
    const rootKey = Buffer.from(root.key, "base64");
    return [
      {
        tree: row.tree,
        version: row.version,
        key: open(rootKey, context(applicationId, row.tree, row.version), row.wrappedKey),
      },
    ];
  });
  const ring = new TenantKeyRing(applicationId, keys);
  if (keys.length > 0) {
    if (kept.size > 5_000) kept.clear();
    kept.set(applicationId, { ring, until: Date.now() + KEPT_FOR_MS });
  }
  return ring;
}

export function forgetTenantKeys(applicationId?: string): void {
  if (applicationId) kept.delete(applicationId);
  else kept.clear();
}
