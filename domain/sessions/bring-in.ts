import { and, inArray } from "drizzle-orm";
import { v4 as uuid } from "uuid";
import { z } from "zod";
import { inTenant, type Tx, violates } from "@/db/client";
import { sessions } from "@/db/schema";
import { type Actor, authorize, authorizeEverySession, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { entityKey, joinEntities, joinedEvents } from "../entities/join";
import { DomainError } from "../errors";
import { narrowAny } from "../lists/rules";
import { hasListEntries, screen } from "../lists/screen";
import { FACE_DIGESTS, faceDigest } from "../lists/subject";
import { enqueue } from "../outbox/enqueue";
import { putMedium, type StoredMedium } from "../vault/media";
import { type TenantKeyRing, tenantKeyRing } from "../vault/tenant-keys";
import { findWorkflow } from "../workflows/read";
import { Decision } from "./decision";
import { childReferences, linkKeyPeople } from "./key-people";
import { contentTypeOf, MAX_MEDIUM_BYTES, type MediaKind } from "./media-kinds";
import { mapMedia, storedReference } from "./media-references";
import { isFinished, type SessionKind } from "./rules";
import { type NewSession, storeSessions } from "./store";

export const MAX_DECISIONS_PER_BRING_IN = 500;
const MAX_TRIES = 8;
export const BringInOptions = z.object({
  workflowId: z.uuid().optional(),
  /** Refuse a decision that names media which were not handed over, instead of storing it without them. */
  requireMedia: z.boolean().default(false),
});
export type BringInOptions = z.input<typeof BringInOptions>;

export interface LineProblem {
  /** Where in the decision, such as `id_verifications[0].date_of_birth`. */
  path: string;
  message: string;
}

export type LineResult =
  | { line: number; ok: true; sessionId: string; sessionNumber: number; kind: SessionKind; notes: LineProblem[] }
  | { line: number; ok: false; problems: LineProblem[] };

interface Accepted {
  line: number;
  decision: Decision;
  reference: string | null;
}

/**
 * Stores finished decisions of the application's own vendor as native sessions. Each line stands alone: a bad one is
 * refused with its reasons and the others are stored. `media` holds the bytes behind each media link that the
 * decisions name, by link.
 * @throws forbidden, invalid_input, workflow_not_found
 */
export async function bringInDecisions(
  actor: Actor,
  lines: readonly unknown[],
  media: ReadonlyMap<string, Uint8Array>,
  given: BringInOptions = {},
): Promise<LineResult[]> {
  authorize(actor, "write:sessions");
  authorizeEverySession(actor);
  const options = BringInOptions.parse(given);
  if (lines.length === 0 || lines.length > MAX_DECISIONS_PER_BRING_IN) {
    throw new DomainError(
      "invalid_input",
      `Between 1 and ${MAX_DECISIONS_PER_BRING_IN} decisions can be brought in at a time.`,
    );
  }
  const results: LineResult[] = [];
  const refuse = (line: number, problems: LineProblem[]) => results.push({ line, ok: false, problems });

  const accepted: Accepted[] = [];
  const references = new Set<string>();
  for (const [index, given] of lines.entries()) {
    const line = index + 1;
    const parsed = Decision.safeParse(given);
    if (!parsed.success) {
      refuse(
        line,
        parsed.error.issues.slice(0, 50).map((issue) => ({ path: pathOf(issue.path), message: issue.message })),
      );
      continue;
    }
    const problems = problemsOf(parsed.data, media, options.requireMedia);
    const reference = parsed.data.session_id ?? null;
    if (reference && references.has(reference))
      problems.push({ path: "session_id", message: "The same session appears twice in this file." });
    if (problems.length > 0) refuse(line, problems);
    else {
      if (reference) references.add(reference);
      accepted.push({ line, decision: parsed.data, reference });
    }
  }

  // Sealing media may reach a remote store, so it comes before the transaction; blobs without rows are swept.
  const ring = await inTenant({ applicationId: actor.applicationId }, (tx) => tenantKeyRing(tx, actor.applicationId));
  const prepared = await inGroups(accepted, 8, async (one) => ({
    ...one,
    ...(await sealMedia(ring, one.decision, media)),
  }));

  for (let tries = 1; ; tries++) {
    try {
      // The whole answer is the act's result: whoever keeps it for a retry must not lose the lines refused above.
      return await inTenant(actor, async (tx) => {
        const stored = await storePrepared(tx, actor, ring, prepared, references, options);
        return [...results, ...stored].sort((a, b) => a.line - b.line);
      });
    } catch (error) {
      // The same session is being brought in elsewhere in the same instant: next time it is seen to be here.
      if (tries >= MAX_TRIES || !violates(error, "sessions_once_per_external_reference")) throw error;
    }
  }
}

interface Prepared extends Accepted {
  stored: StoredMedium[];
  notes: LineProblem[];
}

/** A step that may run again after a conflict, so it answers for its lines only by what it returns. */
async function storePrepared(
  tx: Tx,
  actor: Actor,
  ring: TenantKeyRing,
  prepared: Prepared[],
  references: ReadonlySet<string>,
  options: z.output<typeof BringInOptions>,
): Promise<LineResult[]> {
  const results: LineResult[] = [];
  const refuse = (line: number, problems: LineProblem[]) => results.push({ line, ok: false, problems });
  const kinds = [...new Set(prepared.map(({ decision }) => decision.session_kind))];
  const [here, ...found] = await Promise.all([
    references.size > 0
      ? tx
          .select({ id: sessions.id, reference: sessions.externalReference })
          .from(sessions)
          .where(
            and(
              ownedBy(actor, sessions),
              inArray(sessions.externalReference, [
                ...references,
                ...prepared.flatMap(({ decision }) => childReferences(decision)),
              ]),
            ),
          )
      : [],
    ...kinds.map((kind) =>
      findWorkflow(tx, actor, options.workflowId ? { id: options.workflowId } : { defaultOf: kind }),
    ),
  ]);
  const workflowOf = new Map(kinds.map((kind, index) => [kind, found[index]]));
  const present = new Map(here.map((row) => [row.reference!, row.id]));
  const now = new Date();

  const usable = prepared.filter(({ line, decision, reference }) => {
    const problem = workflowProblem(decision.session_kind, workflowOf.get(decision.session_kind), options.workflowId);
    if (problem) refuse(line, [problem]);
    else if (reference && present.has(reference))
      refuse(line, [{ path: "session_id", message: "This session has been brought in already." }]);
    else return true;
    return false;
  });
  const ids = new Map(usable.map((one) => [one, uuid()]));
  const ourIdOf = new Map([
    ...present,
    ...usable.flatMap((one) => (one.reference ? [[one.reference, ids.get(one)!] as const] : [])),
  ]);
  const entityIds = await joinEntities(
    tx,
    actor.applicationId,
    usable.map(({ decision }) => ({ kind: decision.session_kind, vendorData: decision.vendor_data ?? null })),
    now,
  );
  const screened = (await hasListEntries(tx, actor.applicationId))
    ? await screen(
        tx,
        ring,
        usable.map(({ decision }) => ({
          kind: decision.session_kind,
          vendorData: decision.vendor_data ?? null,
          body: decision,
        })),
      )
    : usable.map(() => []);
  const withPeople = usable.map((one, index) => {
    const { decision, ...linked } = linkKeyPeople(one.decision, ourIdOf);
    const matches = screened[index]!;
    return { one, ...linked, matches, decision: { ...decision, status: narrowAny(decision.status, matches) } };
  });
  const stored = await storeSessions(
    tx,
    ring,
    withPeople.map(({ one, decision, links, matches }): NewSession => {
      const workflow = workflowOf.get(decision.session_kind)!;
      return {
        id: ids.get(one)!,
        decision,
        environment: actor.environment,
        workflowId: workflow.id,
        workflowVersion: workflow.version,
        entityId: entityIds.get(entityKey(decision.session_kind, decision.vendor_data ?? null)) ?? null,
        externalReference: one.reference,
        finishedAt: now,
        media: one.stored,
        links,
        matches,
      };
    }),
    now,
  );
  for (const [index, { id, sessionNumber }] of stored.entries()) {
    const { one, notes } = withPeople[index]!;
    results.push({
      line: one.line,
      ok: true,
      sessionId: id,
      sessionNumber,
      kind: one.decision.session_kind,
      notes: [...one.notes, ...notes],
    });
  }
  await Promise.all([
    recordAudit(
      tx,
      actor,
      ...stored.map(({ id }) => ({
        action: "session.bring_in" as const,
        subjectKind: "session" as const,
        subjectId: id,
      })),
    ),
    enqueue(
      tx,
      actor.applicationId,
      ...stored.map(({ id }, index) => ({
        type: "status.updated" as const,
        payload: { session_id: id, status: withPeople[index]!.decision.status },
      })),
      ...joinedEvents(
        usable.map(({ decision }) => ({
          kind: decision.session_kind,
          entityId: entityIds.get(entityKey(decision.session_kind, decision.vendor_data ?? null)) ?? null,
        })),
      ),
    ),
  ]);
  return results;
}

function problemsOf(decision: Decision, media: ReadonlyMap<string, Uint8Array>, requireMedia: boolean): LineProblem[] {
  const problems: LineProblem[] = [];
  if (!isFinished(decision.status)) {
    problems.push({
      path: "status",
      message: `Only finished sessions (Approved, Declined, In Review) can be brought in; this one is ${decision.status}.`,
    });
  }
  mapMedia(decision, (link, _kind, path) => {
    const bytes = media.get(link);
    if (!bytes) {
      if (requireMedia) problems.push({ path, message: "The medium it names was not handed over." });
    } else if (bytes.byteLength > MAX_MEDIUM_BYTES) {
      problems.push({ path, message: `A medium may have at most ${MAX_MEDIUM_BYTES / 1024 / 1024} MiB.` });
    } else if (!contentTypeOf(bytes)) {
      problems.push({ path, message: "Media are JPEG, PNG, WebP, PDF, MP4 or WebM; these bytes are none of them." });
    }
    return link;
  });
  return problems;
}

/** Images of a face, the one taken for the purpose first. */
const FACE_KINDS: readonly MediaKind[] = ["liveness_reference", "selfie", "chip_portrait", "portrait"];

/** Puts a decision's media into the vault, each link once, and points the decision at them. */
export async function sealMedia(ring: TenantKeyRing, decision: Decision, media: ReadonlyMap<string, Uint8Array>) {
  const kinds = new Map<string, MediaKind>();
  const notes: LineProblem[] = [];
  mapMedia(decision, (link, kind, path) => {
    if (media.has(link)) kinds.set(link, kinds.get(link) ?? kind);
    else notes.push({ path, message: "No medium was handed over for this link; it is stored as absent." });
    return link;
  });
  const blobs = new Map<string, StoredMedium>(
    await Promise.all(
      [...kinds].map(async ([link, kind]) => {
        const bytes = media.get(link)!;
        return [
          link,
          await putMedium(ring, { kind, contentType: contentTypeOf(bytes) ?? "application/octet-stream", bytes }),
        ] as const;
      }),
    ),
  );
  const faces = FACE_KINDS.flatMap((kind) => [...kinds].filter(([, of]) => of === kind).map(([link]) => link));
  return {
    decision: {
      ...mapMedia(decision, (link) => {
        const blob = blobs.get(link);
        return blob ? storedReference(blob.blobId) : null;
      }),
      [FACE_DIGESTS]: [...new Set(faces.map((link) => faceDigest(media.get(link)!)))],
    } as Decision,
    stored: [...blobs.values()],
    notes,
  };
}

function workflowProblem(
  kind: SessionKind,
  workflow: { kind: SessionKind } | undefined,
  asked: string | undefined,
): LineProblem | null {
  if (!workflow)
    return {
      path: "workflow_id",
      message: asked ? "Workflow not found." : `There is no default workflow for ${kind} sessions.`,
    };
  if (workflow.kind !== kind) return { path: "workflow_id", message: "Workflow type does not match the session kind." };
  return null;
}

const pathOf = (path: PropertyKey[]) =>
  path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    "",
  );

async function inGroups<A, B>(items: A[], size: number, run: (item: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (let at = 0; at < items.length; at += size)
    done.push(...(await Promise.all(items.slice(at, at + size).map(run))));
  return done;
}
