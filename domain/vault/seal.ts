import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * AES-256-GCM with key commitment. Layout: version (1) · commitment (16) · nonce (12) · ciphertext · tag (16).
 * GCM alone lets one ciphertext open under two keys; the commitment ties it to the key that sealed it.
 */
const VERSION = 1;
const COMMITMENT = 16;
const NONCE = 12;
const TAG = 16;
const HEADER = 1 + COMMITMENT + NONCE;

export class SealBroken extends Error {
  constructor() {
    super("Sealed data could not be opened: it was altered, moved, or its key is gone.");
    this.name = "SealBroken";
  }
}

export function newKey(): Buffer {
  return randomBytes(32);
}

function commitmentTo(key: Buffer): Buffer {
  return createHmac("sha256", key).update("aval/commitment/v1").digest().subarray(0, COMMITMENT);
}

/** `context` says what the bytes are and where they belong; opening needs the same words. */
export function seal(key: Buffer, context: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG });
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([
    Buffer.from([VERSION]),
    commitmentTo(key),
    nonce,
    cipher.update(plain),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** @throws SealBroken */
export function open(key: Buffer, context: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < HEADER + TAG || bytes[0] !== VERSION) throw new SealBroken();
  if (!timingSafeEqual(commitmentTo(key), bytes.subarray(1, 1 + COMMITMENT))) throw new SealBroken();
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1 + COMMITMENT, HEADER), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEADER, bytes.length - TAG)), decipher.final()]);
  } catch {
    throw new SealBroken();
  }
}
