import { and, eq, exists, isNotNull } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { automationRuns, type outbox, partnerAutomations, sessionLinks, sessions, shareInbox } from "@/db/schema";
import { type Actor, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, type ErrorCode } from "../errors";
import { importSharedSession } from "../imports/import";
import { isFinished } from "../sessions/rules";
import { openToken } from "../share-inbox/token";
import { type MintedToken, mintShareToken } from "../share-tokens/mint";
import { tenantKeyRing } from "../vault/tenant-keys";
import { ImportRule, isMinted, MintRule } from "./rules";

type Relay = typeof outbox.$inferSelect;

/** Another worker, or this one before it died, has minted it. */
class MintedAlready extends Error {}

/**
 * A session of ours has finished: it is minted for every partner for whom that was switched on, once for each. What the mint
 * refuses is kept with its code, and tried again when the session is decided anew. What came from somebody else is not shared on,
 * and key people go along with their company.
 */
export async function mintOnFinish(actor: Actor, relay: Relay): Promise<void> {
  const sessionId = String(relay.payload.session_id);
  const { session, automations } = await inTenant(actor, async (tx) => {
    const [[session], automations] = await Promise.all([
      tx
        .select({
          kind: sessions.kind,
          status: sessions.status,
          workflowId: sessions.workflowId,
          from: sessions.sharedFromSession,
          isKeyPerson: exists(
            tx
              .select({ id: sessionLinks.childSessionId })
              .from(sessionLinks)
              .where(and(ownedBy(actor, sessionLinks), eq(sessionLinks.childSessionId, sessions.id))),
          ).mapWith(Boolean),
        })
        .from(sessions)
        .where(and(ownedBy(actor, sessions), eq(sessions.id, sessionId))),
      tx
        .select()
        .from(partnerAutomations)
        .where(
          and(
            ownedBy(actor, partnerAutomations),
            eq(partnerAutomations.side, "issuer"),
            eq(partnerAutomations.enabled, true),
          ),
        ),
    ]);
    return { session, automations };
  });
  if (!session || session.from || session.isKeyPerson || !isFinished(session.status)) return;
  for (const { partnerApplicationId, rule: stored, setByLabel } of automations) {
    const rule = MintRule.parse(stored);
    if (!isMinted(rule, session)) continue;
    try {
      await mintShareToken(
        {
          ...actor,
          beforeCommit: async (tx, result) => {
            const { id: shareTokenId } = result as MintedToken;
            const run = { shareTokenId, code: null, at: new Date() };
            // The row decides: whoever comes second finds it minted, and its own token goes with its transaction.
            const written = await tx
              .insert(automationRuns)
              .values({ applicationId: actor.applicationId, partnerApplicationId, sessionId, ...run })
              .onConflictDoUpdate({
                target: [automationRuns.applicationId, automationRuns.partnerApplicationId, automationRuns.sessionId],
                set: run,
                setWhere: isNotNull(automationRuns.code),
              })
              .returning({ id: automationRuns.sessionId });
            if (written.length === 0) throw new MintedAlready();
            await recordAudit(tx, actor, {
              action: "partner.automation_minted",
              subjectKind: "partner",
              subjectId: partnerApplicationId,
              counterpartyApplicationId: partnerApplicationId,
              detail: { session_id: sessionId, share_token_id: shareTokenId, switched_on_by: setByLabel },
            });
          },
        },
        {
          sessionId,
          forApplicationId: partnerApplicationId,
          ttlInSeconds: rule.ttlInSeconds ?? undefined,
          handOff: rule.handOff,
        },
      );
    } catch (error) {
      if (error instanceof MintedAlready) continue;
      if (!(error instanceof DomainError)) throw error;
      await keepFailure(actor, { partnerApplicationId, sessionId, setByLabel, code: error.code });
    }
  }
}

async function keepFailure(
  actor: Actor,
  of: { partnerApplicationId: string; sessionId: string; setByLabel: string; code: ErrorCode },
): Promise<void> {
  const { partnerApplicationId, sessionId, code } = of;
  await inTenant(actor, async (tx) => {
    const run = { code, at: new Date() };
    const written = await tx
      .insert(automationRuns)
      .values({ applicationId: actor.applicationId, partnerApplicationId, sessionId, ...run })
      .onConflictDoUpdate({
        target: [automationRuns.applicationId, automationRuns.partnerApplicationId, automationRuns.sessionId],
        set: run,
        setWhere: isNotNull(automationRuns.code),
      })
      .returning({ id: automationRuns.sessionId });
    if (written.length === 0) return;
    await recordAudit(tx, actor, {
      action: "partner.automation_failed",
      subjectKind: "partner",
      subjectId: partnerApplicationId,
      counterpartyApplicationId: partnerApplicationId,
      detail: { session_id: sessionId, code, switched_on_by: of.setByLabel },
    });
  });
}

/**
 * A token has arrived: it is imported if that was switched on for its issuer, by the partner's setting of trust and under the
 * policy. What is refused stays in the inbox with its code, for a person to look at.
 */
export async function importOnArrival(actor: Actor, shareTokenId: string): Promise<void> {
  const due = await inTenant(actor, async (tx) => {
    const [[found], ring] = await Promise.all([
      tx
        .select({ entry: shareInbox, automation: partnerAutomations })
        .from(shareInbox)
        .innerJoin(
          partnerAutomations,
          and(
            eq(partnerAutomations.applicationId, shareInbox.applicationId),
            eq(partnerAutomations.partnerApplicationId, shareInbox.issuerApplicationId),
            eq(partnerAutomations.side, "receiver"),
            eq(partnerAutomations.enabled, true),
          ),
        )
        .where(and(ownedBy(actor, shareInbox), eq(shareInbox.shareTokenId, shareTokenId))),
      tenantKeyRing(tx, actor.applicationId),
    ]);
    if (!found?.entry.sealedToken || found.entry.failureCode) return null;
    const { entry, automation } = found;
    const rule = ImportRule.parse(automation.rule);
    const workflowId = entry.sessionKind === "user" ? rule.userWorkflowId : rule.businessWorkflowId;
    if (!workflowId) return null;
    return {
      entry,
      workflowId,
      setByLabel: automation.setByLabel,
      token: openToken(ring, shareTokenId, entry.sealedToken!),
    };
  });
  if (!due) return;
  const { issuerApplicationId } = due.entry;
  try {
    // An import is once for a token by its primary key: a worker that dies in between finds it redeemed.
    await importSharedSession(
      {
        ...actor,
        beforeCommit: (tx, result) =>
          recordAudit(tx, actor, {
            action: "partner.automation_imported",
            subjectKind: "partner",
            subjectId: issuerApplicationId,
            counterpartyApplicationId: issuerApplicationId,
            detail: {
              session_id: (result as { sessionId: string }).sessionId,
              share_token_id: shareTokenId,
              switched_on_by: due.setByLabel,
            },
          }),
      },
      { shareToken: due.token, workflowId: due.workflowId },
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await inTenant(actor, async (tx) => {
      const kept = await tx
        .update(shareInbox)
        .set({ failureCode: error.code })
        .where(
          and(ownedBy(actor, shareInbox), eq(shareInbox.shareTokenId, shareTokenId), eq(shareInbox.state, "waiting")),
        )
        .returning({ id: shareInbox.shareTokenId });
      if (kept.length === 0) return;
      await recordAudit(tx, actor, {
        action: "partner.automation_failed",
        subjectKind: "partner",
        subjectId: issuerApplicationId,
        counterpartyApplicationId: issuerApplicationId,
        detail: { share_token_id: shareTokenId, code: error.code, switched_on_by: due.setByLabel },
      });
    });
  }
}
