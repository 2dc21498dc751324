import { and, eq } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { type Fence, inTenant, type Tx } from "@/db/client";
import { media, mediaBlobs } from "@/db/schema";
import { ownedBy } from "../actor";
import { DomainError } from "../errors";
import { type MediaKind, treeOf } from "../sessions/media-kinds";
import { mediaStore } from "./media-store";
import { type MediaAddress, mediaPathIsValid } from "./media-url";
import { newDataKey, unwrapDataKey } from "./record-keys";
import { open, seal } from "./seal";
import { type TenantKeyRing, tenantKeyRing } from "./tenant-keys";

export interface StoredMedium {
  blobId: string;
  kind: MediaKind;
  tree: "general" | "biometric";
  contentType: string;
  byteLength: number;
  wrappedKey: Buffer;
  keyVersion: number;
}

const contentContext = (blobId: string) => `media|${blobId}`;

/** Seals a medium and puts it into the store. The rows follow in the caller's transaction; an orphan blob is swept later. */
export async function putMedium(
  ring: TenantKeyRing,
  medium: { kind: MediaKind; contentType: string; bytes: Uint8Array },
): Promise<StoredMedium> {
  const blobId = uuid();
  const tree = treeOf(medium.kind);
  const { dataKey, wrappedKey, keyVersion } = newDataKey(ring, { tree, table: "media", objectId: blobId });
  await mediaStore().put(blobId, seal(dataKey, contentContext(blobId), medium.bytes));
  return {
    blobId,
    kind: medium.kind,
    tree,
    contentType: medium.contentType,
    byteLength: medium.bytes.byteLength,
    wrappedKey,
    keyVersion,
  };
}

export async function insertMedia(tx: Tx, applicationId: string, of: { sessionId: string; media: StoredMedium[] }[]) {
  const rows = of.flatMap(({ sessionId, media }) => media.map((medium) => ({ applicationId, sessionId, ...medium })));
  if (rows.length === 0) return;
  await tx.insert(mediaBlobs).values(rows.map(({ blobId, byteLength }) => ({ id: blobId, byteLength })));
  await tx.insert(media).values(rows);
}

/**
 * Opens one medium by its signed address.
 * @throws not_found for a bad signature, an expired link, and a medium that is gone: one answer for all
 */
export async function openMedium(
  address: MediaAddress,
  expires: number,
  signature: string,
  now: Date,
): Promise<{ contentType: string; bytes: Buffer }> {
  if (!mediaPathIsValid(address, expires, signature, now)) throw new DomainError("not_found", "Not found.");
  const { row, ring } = await inTenant({ applicationId: address.applicationId } satisfies Fence, async (tx) => {
    const [row] = await tx
      .select()
      .from(media)
      .where(and(ownedBy(address, media), eq(media.sessionId, address.sessionId), eq(media.blobId, address.blobId)));
    return { row, ring: row && (await tenantKeyRing(tx, address.applicationId)) };
  });
  if (!row || !ring) throw new DomainError("not_found", "Not found.");
  return { contentType: row.contentType, bytes: await readMedia(ring, row) };
}

/** Opens the content of a medium whose row was read inside the fence. */
export async function readMedia(ring: TenantKeyRing, row: typeof media.$inferSelect): Promise<Buffer> {
  const dataKey = unwrapDataKey(ring, { tree: row.tree, table: "media", objectId: row.blobId }, row);
  const sealed = await mediaStore().get(row.blobId);
  return open(dataKey, contentContext(row.blobId), sealed);
}
