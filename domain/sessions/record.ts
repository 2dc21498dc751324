import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { PolicyReason } from "../partners/policy";
import { newDataKey, unwrapDataKey, type WrappedKey } from "../vault/record-keys";
import { open, seal } from "../vault/seal";
import type { TenantKeyRing } from "../vault/tenant-keys";
import type { Card } from "./card";
import type { Decision } from "./decision";

/** A decision without what the session's columns already say. Media fields hold `media:<blob id>`. */
export type RecordBody = Omit<Decision, "status" | "session_kind" | "created_at" | "vendor_data">;

export interface SealedRecord extends WrappedKey {
  recordId: string;
  card: Buffer;
  body: Buffer;
}

const owner = (recordId: string) => ({ tree: "general", table: "session_records", objectId: recordId }) as const;
const part = (recordId: string, name: string) => `record|${recordId}|${name}`;
const pack = (value: unknown) => deflateRawSync(Buffer.from(JSON.stringify(value)), { level: 6 });
const unpack = (bytes: Buffer) =>
  JSON.parse(inflateRawSync(bytes, { maxOutputLength: 64 * 1024 * 1024 }).toString("utf8"));

export function sealRecord(
  ring: TenantKeyRing,
  recordId: string,
  card: Card,
  body: RecordBody,
): SealedRecord & { dataKey: Buffer } {
  const { dataKey, wrappedKey, keyVersion } = newDataKey(ring, owner(recordId));
  return {
    recordId,
    wrappedKey,
    keyVersion,
    dataKey,
    card: seal(dataKey, part(recordId, "card"), pack(card)),
    body: seal(dataKey, part(recordId, "body"), pack(body)),
  };
}

/** The same record with other content, under the key that its comments are sealed with as well. */
export function resealRecord(dataKey: Buffer, recordId: string, card: Card, body: RecordBody) {
  return {
    card: seal(dataKey, part(recordId, "card"), pack(card)),
    body: seal(dataKey, part(recordId, "body"), pack(body)),
  };
}

/** An opened record: its parts on demand, and the comments that are sealed under the same key. */
export class RecordOpener {
  readonly dataKey: Buffer;

  constructor(
    ring: TenantKeyRing,
    private readonly stored: WrappedKey & { recordId: string },
  ) {
    this.dataKey = unwrapDataKey(ring, owner(stored.recordId), stored);
  }

  card(sealed: Buffer): Card {
    return unpack(open(this.dataKey, part(this.stored.recordId, "card"), sealed)) as Card;
  }

  body(sealed: Buffer): RecordBody {
    return unpack(open(this.dataKey, part(this.stored.recordId, "body"), sealed)) as RecordBody;
  }

  change(reviewId: string, sealed: Buffer): SealedChange {
    return unpack(open(this.dataKey, `change|${reviewId}`, sealed)) as SealedChange;
  }

  policyReasons(shareTokenId: string, sealed: Buffer): PolicyReason[] {
    return unpack(open(this.dataKey, `policy|${shareTokenId}`, sealed)) as PolicyReason[];
  }

  comment(reviewId: string, sealed: Buffer): string {
    return open(this.dataKey, `review|${reviewId}`, sealed).toString("utf8");
  }
}

export function sealComment(dataKey: Buffer, reviewId: string, comment: string): Buffer {
  return seal(dataKey, `review|${reviewId}`, Buffer.from(comment));
}

/** Why a receiver's policy did not let the record pass, with what it found in it. */
export function sealPolicyReasons(dataKey: Buffer, shareTokenId: string, reasons: readonly PolicyReason[]): Buffer {
  return seal(dataKey, `policy|${shareTokenId}`, pack(reasons));
}

/** From what to what a correction changed the record: personal data, so it lives and dies with the record's key. */
export interface SealedChange {
  previous: Record<string, unknown>;
  next: Record<string, unknown>;
}

export function sealChange(dataKey: Buffer, reviewId: string, change: SealedChange): Buffer {
  return seal(dataKey, `change|${reviewId}`, pack(change));
}

export const recordOwner = owner;
