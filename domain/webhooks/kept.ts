import { deflateRawSync, inflateRawSync } from "node:zlib";
import { mediaLink, type WireContext } from "../sessions/wire";
import { newDataKey, unwrapDataKey, type WrappedKey } from "../vault/record-keys";
import { open, seal } from "../vault/seal";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { canonicalJson } from "./canonical";
import { epochSeconds, type Message } from "./message";
import { olderDecision } from "./older-versions";
import type { WebhookVersion } from "./rules";

type Json = Record<string, unknown>;

/**
 * A message as it is kept: its canonical text, cut where the time of sending belongs. What every attempt at every
 * destination has in common is written once.
 */
export interface KeptMessage {
  /** An object with the keys before `timestamp`, and one with those after it. */
  halves: [string, string];
  /** What the simple signature covers. */
  about: { sessionId: string | null; status: string | null; webhookType: string };
  sessionId: string | null;
  blobIds: string[];
}

export interface OpenedMessage extends KeptMessage {
  /** Also seals what the receiver answered. */
  dataKey: Buffer;
}

export function keepMessage({ json, sessionId, blobIds }: Message): KeptMessage {
  const text = (name: string) => (typeof json[name] === "string" ? json[name] : null);
  const half = (wanted: (key: string) => boolean) =>
    canonicalJson(Object.fromEntries(Object.entries(json).filter(([key]) => wanted(key))));
  return {
    halves: [half((key) => key < "timestamp"), half((key) => key > "timestamp")],
    about: { sessionId: text("session_id"), status: text("status"), webhookType: text("webhook_type") ?? "" },
    sessionId,
    blobIds,
  };
}

export interface Rendered {
  /** The exact bytes that are signed and sent, as text. */
  body: string;
  timestamp: number;
  sessionId: string | null;
  status: string | null;
  webhookType: string;
}

/**
 * The message as it goes out at this moment: with the time, media links that last an hour, and in the version asked for.
 * The same kept message and moment give the same bytes.
 */
export function renderMessage(
  kept: KeptMessage,
  version: WebhookVersion,
  at: Date,
  origin: { applicationId: string; baseUrl: string },
): Rendered {
  const timestamp = epochSeconds(at);
  const [before, after] = inVersion(kept, version);
  const body = [before.slice(1, -1), `"timestamp":${timestamp}`, after.slice(1, -1)].filter((part) => part !== "");
  const context = { ...origin, kybStatusFormat: "title", now: at } as const;
  return { body: withLinks(`{${body.join(",")}}`, kept, context), timestamp, ...kept.about };
}

/** A string that is a reference: not a key, and not part of a longer text, whose own quotes are escaped. */
const REFERENCE = /(?<=[[:,])"media:([0-9a-f-]{36})"(?!:)/g;

function withLinks(text: string, { sessionId, blobIds }: KeptMessage, context: WireContext): string {
  if (!sessionId) return text;
  const present = new Set(blobIds);
  return text.replace(REFERENCE, (_, blobId: string) =>
    JSON.stringify(present.has(blobId) ? mediaLink(sessionId, blobId, context) : null),
  );
}

function inVersion({ halves }: KeptMessage, version: WebhookVersion): readonly [string, string] {
  if (version === "v3") return halves;
  const { decision, ...thin } = JSON.parse(halves[0]) as Json;
  if (!decision) return halves;
  const older = version === "v1" ? thin : { ...thin, decision: olderDecision(decision as Json) };
  return [canonicalJson(older), halves[1]];
}

const owner = (eventId: string) => ({ tree: "general", table: "webhook_bodies", objectId: eventId }) as const;
const part = (eventId: string) => `webhook-body|${eventId}`;

export function sealMessage(
  ring: TenantKeyRing,
  eventId: string,
  kept: KeptMessage,
): WrappedKey & { sealedBody: Buffer; dataKey: Buffer } {
  const { dataKey, ...wrapped } = newDataKey(ring, owner(eventId));
  const packed = deflateRawSync(Buffer.from(JSON.stringify(kept)), { level: 1 });
  return { ...wrapped, dataKey, sealedBody: seal(dataKey, part(eventId), packed) };
}

/** @throws SealBroken */
export function openMessage(
  ring: TenantKeyRing,
  eventId: string,
  stored: WrappedKey & { sealedBody: Buffer },
): OpenedMessage {
  const dataKey = unwrapDataKey(ring, owner(eventId), stored);
  const packed = open(dataKey, part(eventId), stored.sealedBody);
  const kept = JSON.parse(inflateRawSync(packed, { maxOutputLength: 64 * 1024 * 1024 }).toString("utf8"));
  return { ...(kept as KeptMessage), dataKey };
}

export const sealAnswer = (dataKey: Buffer, attemptId: string, text: string) =>
  seal(dataKey, `webhook-answer|${attemptId}`, Buffer.from(text));
export const openAnswer = (dataKey: Buffer, attemptId: string, sealed: Buffer) =>
  open(dataKey, `webhook-answer|${attemptId}`, sealed).toString("utf8");
