import { createHmac } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { mapMedia } from "../sessions/media-references";
import { newDataKey, unwrapDataKey, type WrappedKey } from "../vault/record-keys";
import { open, seal } from "../vault/seal";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { MAX_MESSAGE_BYTES } from "./rules";
import { sortedJson } from "./signature";

const owner = (messageId: string) => ({ tree: "general", table: "vendor_bodies", objectId: messageId }) as const;
const part = (messageId: string) => `vendor-body|${messageId}`;

export function sealBody(ring: TenantKeyRing, messageId: string, body: Buffer): WrappedKey & { sealedBody: Buffer } {
  const { dataKey, ...wrapped } = newDataKey(ring, owner(messageId));
  return { ...wrapped, sealedBody: seal(dataKey, part(messageId), deflateRawSync(body, { level: 1 })) };
}

/** @throws SealBroken */
export function openBody(ring: TenantKeyRing, messageId: string, stored: WrappedKey & { sealedBody: Buffer }): Buffer {
  const packed = open(unwrapDataKey(ring, owner(messageId), stored), part(messageId), stored.sealedBody);
  return inflateRawSync(packed, { maxOutputLength: MAX_MESSAGE_BYTES });
}

/**
 * Of what stays the same when a vendor delivers an event again: the time of sending is another then, and so are the
 * signatures inside its links to media. Keyed, since a digest of a record could be guessed from what one knows of a person.
 */
export function digestOf(ring: TenantKeyRing, body: Record<string, unknown>): Buffer {
  const { timestamp: _, ...rest } = body;
  const lasting = mapMedia(rest, (link) => link.split(/[?#]/, 1)[0]);
  return createHmac("sha256", ring.derive("index", "vendor-message")).update(sortedJson(lasting)).digest();
}
