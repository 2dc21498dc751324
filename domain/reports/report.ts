import { createHash } from "node:crypto";
import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import sharp from "sharp";
import { inTenant, type Tx } from "@/db/client";
import { media, sessions } from "@/db/schema";
import { type ApplicationCard, applicationCards } from "../access/applications";
import { type Actor, authorize, authorizeMedia, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { type EntityReference, type EntityView, effectiveName, loadEntity } from "../entities/read";
import { readPrivilege } from "../entities/rules";
import { DomainError } from "../errors";
import { loadSession, type SessionView } from "../sessions/read";
import type { SessionKind } from "../sessions/rules";
import { readMedia } from "../vault/media";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { isReportable, REPORTABLE } from "./rules";
import { NOTICE, nameOf, present, type ReportMedium, setSession } from "./session-part";
import { Sheet } from "./sheet";
import { moment } from "./values";

/** Far more than any record has; what goes beyond is in the index of media, by its digest. */
const MOST_PICTURES = 40;
/** Pictures are held until the last page is set: some hundred kilobytes each. */
const MOST_PICTURES_IN_BUNDLE = 200;
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
  const loaded = await inTenant(actor, async (tx) => {
    const view = await loadSession(tx, actor, sessionId);
    if (!isReportable(view.session)) {
      throw new DomainError(
        "report_not_available",
        `There is no report of a session that is ${view.session.status}: it must be one of ${REPORTABLE[view.session.kind].join(", ")}.`,
      );
    }
    const around = await loadAround(tx, actor, [sessionId]);
    await recordAudit(tx, actor, { action: "session.report", subjectKind: "session", subjectId: sessionId });
    return { view, ...around };
  });
  const { view } = loaded;
  const name = nameOf(view);
  const now = new Date();
  const sheet = new Sheet({
    title: `Verification report: ${name}`,
    header: `${name} · session #${view.session.sessionNumber}`,
    footer: `Verification report · session ${view.session.id} · made ${moment(now)} · confidential`,
    notice: NOTICE[view.session.environment],
    createdAt: now,
  });
  const common = { ...namesIn(actor, loaded.card), now };
  await setSession(sheet, { ...common, view, media: await openMedia(loaded.ring, loaded.rows, MOST_PICTURES) });
  return { bytes: await sheet.finish(), filename: `session-${view.session.sessionNumber}.pdf` };
}

/** Contract section 4.5. */
const MOST_IN_BUNDLE = 20;

/**
 * A person's or company's newest sessions that have a report, at most 20, behind a cover that lists them. Like each of
 * them alone, it is in the audit trail.
 * @throws forbidden, not_found, report_not_available
 */
export async function reportEntity(actor: Actor, kind: SessionKind, which: EntityReference): Promise<Report> {
  authorize(actor, readPrivilege(kind));
  authorize(actor, "read:sessions");
  authorizeMedia(actor);
  const loaded = await inTenant(actor, async (tx) => {
    const entity = await loadEntity(tx, actor, kind, which);
    const found = await tx
      .select({ id: sessions.id, total: sql<number>`(count(*) over ())::int` })
      .from(sessions)
      .where(
        and(
          ownedBy(actor, sessions),
          eq(sessions.entityId, entity.entity.id),
          inArray(sessions.status, [...REPORTABLE[kind]] as (typeof sessions.$inferSelect)["status"][]),
        ),
      )
      .orderBy(desc(sessions.sessionNumber))
      .limit(MOST_IN_BUNDLE);
    if (found.length === 0) {
      throw new DomainError(
        "report_not_available",
        `There is no report: none of the sessions is one of ${REPORTABLE[kind].join(", ")}.`,
      );
    }
    const ids = found.map(({ id }) => id);
    // As many statements as there are sessions, sent together: a record is put together from its own tables.
    const [views, around] = await Promise.all([
      Promise.all(ids.map((id) => loadSession(tx, actor, id))),
      loadAround(tx, actor, ids),
    ]);
    await recordAudit(tx, actor, {
      action: "entity.report",
      subjectKind: kind,
      subjectId: entity.entity.id,
      detail: { sessions: ids.length },
    });
    return { entity, views, total: found[0]!.total, ...around };
  });
  return { bytes: await bundle(actor, kind, loaded), filename: `${kind}-${loaded.entity.entity.id}.pdf` };
}

type Bundle = { entity: EntityView; views: SessionView[]; total: number } & Awaited<ReturnType<typeof loadAround>>;

async function bundle(actor: Actor, kind: SessionKind, { entity, views, total, rows, ring, card }: Bundle) {
  const now = new Date();
  const common = { ...namesIn(actor, card), now };
  const name = effectiveName(entity);
  const sheet = new Sheet({
    title: `Verification history: ${name}`,
    header: `${name} · verification history`,
    footer: `Verification history · made ${moment(now)} · confidential`,
    notice: NOTICE[views[0]!.session.environment],
    createdAt: now,
  });
  sheet.masthead(kind === "user" ? "PERSON" : "COMPANY", name, { text: entity.entity.status, tone: "plain" });
  sheet.facts(
    present([
      ["Your reference", entity.entity.vendorData],
      ["Application", `${common.applicationName}, ${common.organisationName}`],
      [kind === "user" ? "Date of birth" : "Registration number", entity.dateOfBirth ?? entity.registrationNumber],
      ["Countries", entity.countries.join(", ")],
      ["Sessions", String(entity.sessionCount)],
      ["First session", moment(entity.firstSessionAt)],
      ["Last session", moment(entity.lastSessionAt)],
      ["Report made", moment(now)],
      ["Requested by", common.requestedBy],
    ]),
  );
  sheet.section("Sessions in this report");
  sheet.paragraph(
    total > views.length
      ? `The newest ${views.length} of ${total} finished sessions. Each of the older ones has a report of its own.`
      : "Every finished session, the newest first. Sessions that are still under way are not in it.",
  );
  sheet.space(4);
  sheet.table(
    [
      { title: "Session", share: 2 },
      { title: "Status", share: 3 },
      { title: "Finished", share: 4 },
      { title: "Workflow", share: 4 },
      { title: "Comes from", share: 5 },
    ],
    views.map(({ session, workflow, provenance }) => [
      `#${session.sessionNumber}`,
      session.status,
      moment(session.finishedAt) ?? "",
      workflow?.label ?? "",
      comesFrom(session, provenance),
    ]),
  );
  const bySession = new Map<string, typeof rows>();
  for (const row of rows) bySession.set(row.sessionId, [...(bySession.get(row.sessionId) ?? []), row]);
  let pictures = MOST_PICTURES_IN_BUNDLE;
  for (const view of views) {
    const found = await openMedia(ring, bySession.get(view.session.id) ?? [], Math.min(MOST_PICTURES, pictures));
    pictures -= found.filter(({ picture }) => picture).length;
    sheet.chapter(`${nameOf(view)} · session #${view.session.sessionNumber}`);
    await setSession(sheet, { ...common, view, media: found });
  }
  return sheet.finish();
}

const comesFrom = (session: SessionView["session"], from: SessionView["provenance"]): string =>
  from
    ? (from.sourceApplication?.organisationName ?? "Another company")
    : session.externalReference
      ? "Own vendor"
      : "Here";

async function loadAround(tx: Tx, actor: Actor, sessionIds: string[]) {
  const [rows, ring, cards] = await Promise.all([
    tx
      .select()
      .from(media)
      .where(and(ownedBy(actor, media), inArray(media.sessionId, sessionIds)))
      .orderBy(asc(media.kind), asc(media.blobId)),
    tenantKeyRing(tx, actor.applicationId),
    applicationCards([actor.applicationId], tx),
  ]);
  return { rows, ring, card: cards.get(actor.applicationId) };
}

const namesIn = (actor: Actor, card: ApplicationCard | undefined) => ({
  applicationName: card?.name ?? "this application",
  organisationName: card?.organisationName ?? "",
  requestedBy: actor.kind === "member" ? actor.label : `API key ${actor.label}`,
});

async function openMedia(ring: TenantKeyRing, rows: (typeof media.$inferSelect)[], mostPictures: number) {
  const found: ReportMedium[] = [];
  for (const [index, row] of rows.entries()) {
    const bytes = await readMedia(ring, row);
    found.push({
      blobId: row.blobId,
      kind: row.kind,
      contentType: row.contentType,
      byteLength: row.byteLength,
      digest: createHash("sha256").update(bytes).digest("hex"),
      picture: row.contentType.startsWith("image/") && index < mostPictures ? await pictureOf(bytes) : undefined,
    });
  }
  return found;
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
