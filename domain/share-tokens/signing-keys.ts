import { randomBytes } from "node:crypto";
import { rotateSigningSecret, type SigningPurpose, signingSecrets } from "../vault/signing-keys";
import { TTL_MAX_IN_SECONDS } from "./rules";

const SHARE_TOKENS: SigningPurpose = { name: "share_token", idPrefix: "st", make: () => randomBytes(32) };

/** Every secret that tokens may still be signed with, the one that signs first. */
export const shareTokenSecrets = () => signingSecrets(SHARE_TOKENS);

/** Tokens are signed with a new secret from now on; the old one is accepted until the last token it signed has expired. */
export const rotateShareTokenSecret = () => rotateSigningSecret(SHARE_TOKENS, TTL_MAX_IN_SECONDS);
