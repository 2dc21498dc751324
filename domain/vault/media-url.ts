import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/env";
import { readKeys } from "./keys";

/** Contract section 0.8: media links are short-lived. Seconds. */
export const MEDIA_URL_TTL_IN_SECONDS = 3600;

export interface MediaAddress {
  applicationId: string;
  sessionId: string;
  blobId: string;
}

function signature(of: MediaAddress, expires: number): string {
  return createHmac("sha256", readKeys(env().keysFile).mediaUrlSecret)
    .update(`media-url|${of.applicationId}|${of.sessionId}|${of.blobId}|${expires}`)
    .digest("base64url");
}

/** A link that shows one medium to whoever holds it, for an hour; it names the application whose key opens it. */
export function mediaPath(of: MediaAddress, now: Date): string {
  const expires = Math.floor(now.getTime() / 1000) + MEDIA_URL_TTL_IN_SECONDS;
  return `/media/${of.applicationId}/${of.sessionId}/${of.blobId}?expires=${expires}&signature=${signature(of, expires)}`;
}

export function mediaPathIsValid(of: MediaAddress, expires: number, presented: string, now: Date): boolean {
  if (!Number.isSafeInteger(expires) || expires * 1000 <= now.getTime()) return false;
  const expected = Buffer.from(signature(of, expires));
  const given = Buffer.from(presented);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
