import { and, eq, inArray, lt, sql } from "drizzle-orm";
import { directory } from "@/db/client";
import { mediaBlobs } from "@/db/schema";
import { mediaStore } from "./media-store";

/** Content whose last key is gone, collected. Only content older than an hour: a younger one may be on its way in. */
export async function sweepMedia(limit = 500): Promise<number> {
  const unused = await directory()
    .select({ id: mediaBlobs.id })
    .from(mediaBlobs)
    .where(and(eq(mediaBlobs.referenceCount, 0), lt(mediaBlobs.createdAt, sql`now() - interval '1 hour'`)))
    .limit(limit);
  if (unused.length === 0) return 0;
  const gone = await directory()
    .delete(mediaBlobs)
    .where(
      and(
        inArray(
          mediaBlobs.id,
          unused.map((blob) => blob.id),
        ),
        eq(mediaBlobs.referenceCount, 0),
      ),
    )
    .returning({ id: mediaBlobs.id });
  await Promise.all(gone.map((blob) => mediaStore().remove(blob.id)));
  return gone.length;
}
