import type { TenantKeyRing } from "../vault/tenant-keys";
import { sealWithOwnKey } from "../vault/text";

/** What sealed bytes are bound to. */
export const filterPlace = (exportId: string) => `list-export|${exportId}|filter`;
export const partPlace = (exportId: string, number: number) => `list-export|${exportId}|${number}`;

export const sealedPart = (ring: TenantKeyRing, exportId: string, number: number, text: string) => ({
  exportId,
  number,
  sealed: sealWithOwnKey(ring, partPlace(exportId, number), Buffer.from(text)),
});
