import { newDataKey, unwrapDataKey } from "./record-keys";
import { open, SealBroken, seal } from "./seal";
import type { TenantKeyRing } from "./tenant-keys";

/** Seals a value that travels with its own wrapped key: key version (4) · length (2) · wrapped key · sealed bytes. */
export function sealWithOwnKey(ring: TenantKeyRing, place: string, plain: Uint8Array): Buffer {
  const { dataKey, wrappedKey, keyVersion } = newDataKey(ring, {
    tree: "general",
    table: "session_records",
    objectId: place,
  });
  const head = Buffer.alloc(6);
  head.writeUInt32BE(keyVersion, 0);
  head.writeUInt16BE(wrappedKey.length, 4);
  return Buffer.concat([head, wrappedKey, seal(dataKey, place, plain)]);
}

/** @throws SealBroken */
export function openWithOwnKey(ring: TenantKeyRing, place: string, sealed: Buffer): Buffer {
  if (sealed.length < 6) throw new SealBroken();
  const length = sealed.readUInt16BE(4);
  const stored = { keyVersion: sealed.readUInt32BE(0), wrappedKey: sealed.subarray(6, 6 + length) };
  const dataKey = unwrapDataKey(ring, { tree: "general", table: "session_records", objectId: place }, stored);
  return open(dataKey, place, sealed.subarray(6 + length));
}
