import { newKey, open, seal } from "./seal";
import type { TenantKeyRing } from "./tenant-keys";

/** A data key as stored: wrapped by one application's key, and bound to that application and object. */
export interface WrappedKey {
  wrappedKey: Buffer;
  keyVersion: number;
}

type Owner = {
  tree: "general" | "biometric";
  table:
    | "session_records"
    | "media"
    | "webhook_destinations"
    | "webhook_bodies"
    | "webhook_test_receipts"
    | "vendor_bodies";
  objectId: string;
};

const context = (applicationId: string, owner: Owner, version: number) =>
  `data-key|${applicationId}|${owner.table}|${owner.objectId}|${owner.tree}|${version}`;

export function newDataKey(ring: TenantKeyRing, owner: Owner): WrappedKey & { dataKey: Buffer } {
  const dataKey = newKey();
  return { dataKey, ...wrapDataKey(ring, owner, dataKey) };
}

export function wrapDataKey(ring: TenantKeyRing, owner: Owner, dataKey: Buffer): WrappedKey {
  const { key, version } = ring.newest(owner.tree);
  return { wrappedKey: seal(key, context(ring.applicationId, owner, version), dataKey), keyVersion: version };
}

/** @throws SealBroken when the key was wrapped for another application, object or tree */
export function unwrapDataKey(ring: TenantKeyRing, owner: Owner, stored: WrappedKey): Buffer {
  const { key } = ring.version(owner.tree, stored.keyVersion);
  return open(key, context(ring.applicationId, owner, stored.keyVersion), stored.wrappedKey);
}

/** Hands an object on: the content stays as it is, its key is wrapped for the receiver. */
export function rewrapDataKey(from: TenantKeyRing, to: TenantKeyRing, owner: Owner, stored: WrappedKey): WrappedKey {
  return wrapDataKey(to, owner, unwrapDataKey(from, owner, stored));
}
