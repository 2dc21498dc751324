import { randomBytes } from "node:crypto";
import { unwrapDataKey, wrapDataKey } from "../vault/record-keys";
import type { TenantKeyRing } from "../vault/tenant-keys";

/** Contract section 0.8: 43 URL-safe characters. It is the HMAC key as text, so it is stored sealed and not as a digest. */
export const newSecret = () => randomBytes(32).toString("base64url");

const owner = (destinationId: string) =>
  ({ tree: "general", table: "webhook_destinations", objectId: destinationId }) as const;

/** The version of the tenant's key (4 bytes), then the sealed secret. */
export function sealSecret(ring: TenantKeyRing, destinationId: string, secret: string): Buffer {
  const { wrappedKey, keyVersion } = wrapDataKey(ring, owner(destinationId), Buffer.from(secret));
  const version = Buffer.alloc(4);
  version.writeUInt32BE(keyVersion);
  return Buffer.concat([version, wrappedKey]);
}

/** @throws SealBroken */
export function openSecret(ring: TenantKeyRing, destinationId: string, sealed: Buffer): string {
  return unwrapDataKey(ring, owner(destinationId), {
    keyVersion: sealed.readUInt32BE(0),
    wrappedKey: sealed.subarray(4),
  }).toString("utf8");
}
