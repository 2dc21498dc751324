import { createHash } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import sharp from "sharp";
import { inTenant } from "@/db/client";
import { media } from "@/db/schema";
import { applicationCards } from "../access/applications";
import { type Actor, authorize, authorizeMedia, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError } from "../errors";
import { loadSession } from "../sessions/read";
import type { SessionKind } from "../sessions/rules";
import { readMedia } from "../vault/media";
import { tenantKeyRing } from "../vault/tenant-keys";
import { type ReportMedium, sessionReport } from "./session-report";

/** Contract section 4.5. */
const REPORTABLE: Record<SessionKind, readonly string[]> = {
  user: ["Approved", "Declined", "In Review", "Kyc Expired"],
  business: ["Approved", "Declined", "In Review"],
};

/** Far more than any record has; what goes beyond is in the index of media, by its digest. */
const MOST_PICTURES = 40;
const LONGEST_SIDE = 1200;

export interface Report {
  bytes: Buffer;
  filename: string;
}

/**
 * A session as a PDF. That it left the house is in the audit trail.
 * @throws forbidden, not_found, report_not_available
 */
export async function reportSession(actor: Actor, sessionId: string): Promise<Report> {
  authorize(actor, "read:sessions");
  authorizeMedia(actor);
  const { view, rows, ring, card } = await inTenant(actor, async (tx) => {
    const view = await loadSession(tx, actor, sessionId);
    if (!REPORTABLE[view.session.kind].includes(view.session.status)) {
      throw new DomainError(
        "report_not_available",
        `There is no report of a session that is ${view.session.status}: it must be one of ${REPORTABLE[view.session.kind].join(", ")}.`,
      );
    }
    const [rows, ring, cards] = await Promise.all([
      tx
        .select()
        .from(media)
        .where(and(ownedBy(actor, media), eq(media.sessionId, sessionId)))
        .orderBy(asc(media.kind), asc(media.blobId)),
      tenantKeyRing(tx, actor.applicationId),
      applicationCards([actor.applicationId], tx),
    ]);
    await recordAudit(tx, actor, { action: "session.report", subjectKind: "session", subjectId: sessionId });
    return { view, rows, ring, card: cards.get(actor.applicationId) };
  });
  const found: ReportMedium[] = [];
  for (const [index, row] of rows.entries()) {
    const bytes = await readMedia(ring, row);
    found.push({
      blobId: row.blobId,
      kind: row.kind,
      contentType: row.contentType,
      byteLength: row.byteLength,
      digest: createHash("sha256").update(bytes).digest("hex"),
      picture: row.contentType.startsWith("image/") && index < MOST_PICTURES ? await pictureOf(bytes) : undefined,
    });
  }
  const bytes = await sessionReport({
    view,
    media: found,
    applicationName: card?.name ?? "this application",
    organisationName: card?.organisationName ?? "",
    requestedBy: actor.kind === "member" ? actor.label : `API key ${actor.label}`,
    now: new Date(),
  });
  return { bytes, filename: `session-${view.session.sessionNumber}.pdf` };
}

/** As large as paper shows it, turned as it was taken; undefined for a picture that cannot be read. */
async function pictureOf(bytes: Buffer): Promise<ReportMedium["picture"]> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: 100_000_000 })
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 82, mozjpeg: false })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}
