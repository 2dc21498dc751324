import { and, desc, eq, inArray, isNotNull, or } from "drizzle-orm";
import type { z } from "zod";
import { inTenant, type Tx } from "@/db/client";
import { automationRuns, partnerAutomations, partners, shareInbox, workflows } from "@/db/schema";
import { type Actor, authorize, ownedBy } from "../actor";
import { recordAudit } from "../audit/record";
import { DomainError, invalidField } from "../errors";
import type { SessionKind } from "../sessions/rules";
import { AutomationsInput, ImportRule, MintRule } from "./rules";

export interface AutomationState<R> {
  enabled: boolean;
  rule: R;
  /** How often it has been set; 0: never. */
  version: number;
  setByLabel: string | null;
  setAt: Date | null;
}

/** Something that was to be done by itself and was refused: a session not minted, or a token that waits in the inbox. */
export interface AutomationFailure {
  automation: "mint_on_finish" | "import_on_arrival";
  sessionId: string | null;
  shareTokenId: string | null;
  code: string;
  at: Date;
}

export interface Automations {
  mintOnFinish: AutomationState<MintRule>;
  importOnArrival: AutomationState<ImportRule>;
  /** Newest first. */
  failures: AutomationFailure[];
}

const FAILURES = 20;

/**
 * What is done by itself with a partner; both are off until somebody switches them on.
 * @throws forbidden, not_found
 */
export async function readAutomations(actor: Actor, input: { partnerApplicationId: string }): Promise<Automations> {
  authorize(actor, "read:partners");
  return inTenant(actor, (tx) => stateOf(tx, actor, input.partnerApplicationId));
}

async function stateOf(tx: Tx, actor: Actor, partner: string): Promise<Automations> {
  const [[known], rows, unminted, unimported] = await Promise.all([
    tx
      .select({ id: partners.partnerApplicationId })
      .from(partners)
      .where(and(ownedBy(actor, partners), eq(partners.partnerApplicationId, partner))),
    tx
      .select()
      .from(partnerAutomations)
      .where(and(ownedBy(actor, partnerAutomations), eq(partnerAutomations.partnerApplicationId, partner))),
    tx
      .select({ sessionId: automationRuns.sessionId, code: automationRuns.code, at: automationRuns.at })
      .from(automationRuns)
      .where(
        and(
          ownedBy(actor, automationRuns),
          eq(automationRuns.partnerApplicationId, partner),
          isNotNull(automationRuns.code),
        ),
      )
      .orderBy(desc(automationRuns.at))
      .limit(FAILURES),
    tx
      .select({ shareTokenId: shareInbox.shareTokenId, code: shareInbox.failureCode, at: shareInbox.arrivedAt })
      .from(shareInbox)
      .where(
        and(
          ownedBy(actor, shareInbox),
          eq(shareInbox.issuerApplicationId, partner),
          eq(shareInbox.state, "waiting"),
          isNotNull(shareInbox.failureCode),
        ),
      )
      .orderBy(desc(shareInbox.arrivedAt))
      .limit(FAILURES),
  ]);
  if (!known) throw new DomainError("not_found", "Not found.");
  const of = (side: "issuer" | "receiver") => rows.find((row) => row.side === side);
  const told = (row: (typeof rows)[number] | undefined) => ({
    enabled: row?.enabled ?? false,
    version: row?.version ?? 0,
    setByLabel: row?.setByLabel ?? null,
    setAt: row?.setAt ?? null,
  });
  const failures: AutomationFailure[] = [
    ...unminted.map((row) => ({
      automation: "mint_on_finish" as const,
      ...row,
      shareTokenId: null,
      code: row.code!,
    })),
    ...unimported.map((row) => ({
      automation: "import_on_arrival" as const,
      ...row,
      sessionId: null,
      code: row.code!,
    })),
  ];
  return {
    mintOnFinish: { ...told(of("issuer")), rule: MintRule.parse(of("issuer")?.rule ?? {}) },
    importOnArrival: { ...told(of("receiver")), rule: ImportRule.parse(of("receiver")?.rule ?? {}) },
    failures: failures.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, FAILURES),
  };
}

/**
 * Switches on or off what is done by itself with a partner, or changes what it is done for. What was said stays in the trail.
 * @throws forbidden, invalid_input (a workflow unknown or of the other kind), not_found, stale_version
 */
export async function setAutomations(actor: Actor, given: AutomationsInput): Promise<Automations> {
  authorize(actor, "write:partners");
  // What is switched on here shares or takes sessions in: it is for those who could do so themselves.
  authorize(actor, "write:sessions");
  const input = AutomationsInput.parse(given);
  const { partnerApplicationId } = input;
  if (input.importOnArrival?.enabled && !landsAnything(input.importOnArrival.rule)) {
    throw invalidField(
      "import_on_arrival",
      "Name the workflow that what arrives lands in: user_workflow_id, business_workflow_id or both.",
    );
  }
  return inTenant(actor, async (tx) => {
    // The partner's row is what one change waits for until another is through.
    await tx
      .select({ id: partners.partnerApplicationId })
      .from(partners)
      .where(and(ownedBy(actor, partners), eq(partners.partnerApplicationId, partnerApplicationId)))
      .for("update");
    const before = await stateOf(tx, actor, partnerApplicationId);
    for (const [given, { version }] of [
      [input.mintOnFinish, before.mintOnFinish],
      [input.importOnArrival, before.importOnArrival],
    ] as const) {
      if (given?.expectedVersion !== undefined && given.expectedVersion !== version)
        throw new DomainError("stale_version", "This has been set anew meanwhile. Look at it again.");
    }
    const { mintOnFinish, importOnArrival } = await withWorkflows(tx, actor, input);
    const changes: (Change | undefined)[] = [
      mintOnFinish && {
        side: "issuer",
        now: mintOnFinish,
        before: before.mintOnFinish,
        detail: {
          kind: mintOnFinish.rule.kinds.join(", "),
          statuses: mintOnFinish.rule.statuses.join(", "),
          workflows: mintOnFinish.rule.workflowIds.join(", ") || null,
          hand_off: mintOnFinish.rule.handOff,
          ttl_in_seconds: mintOnFinish.rule.ttlInSeconds,
        },
      },
      importOnArrival && {
        side: "receiver",
        now: importOnArrival,
        before: before.importOnArrival,
        detail: {
          workflows:
            [importOnArrival.rule.userWorkflowId, importOnArrival.rule.businessWorkflowId].filter(Boolean).join(", ") ||
            null,
        },
      },
    ];
    const made = changes.flatMap((change) => (change && !isSame(change.now, change.before) ? [change] : []));
    if (made.length === 0) return before;
    const setAt = new Date();
    await Promise.all([
      ...made.map(({ side, now, before: { version } }) => {
        const values = {
          enabled: now.enabled,
          rule: { ...now.rule },
          version: version + 1,
          setByLabel: actor.label,
          setAt,
        };
        return tx
          .insert(partnerAutomations)
          .values({ applicationId: actor.applicationId, partnerApplicationId, side, ...values })
          .onConflictDoUpdate({
            target: [
              partnerAutomations.applicationId,
              partnerAutomations.partnerApplicationId,
              partnerAutomations.side,
            ],
            set: values,
          });
      }),
      recordAudit(
        tx,
        actor,
        ...made.map(({ side, now, before: { version }, detail }) => ({
          action: "partner.automation_changed" as const,
          subjectKind: "partner" as const,
          subjectId: partnerApplicationId,
          counterpartyApplicationId: partnerApplicationId,
          detail: { side, enabled: now.enabled, version: version + 1, ...detail },
        })),
      ),
    ]);
    return stateOf(tx, actor, partnerApplicationId);
  });
}

interface Setting {
  enabled: boolean;
  rule: MintRule | ImportRule;
}
interface Change {
  side: "issuer" | "receiver";
  now: Setting;
  before: Setting & { version: number };
  detail: Record<string, string | number | null>;
}
const isSame = (one: Setting, other: Setting & { version: number }) =>
  other.version > 0 && one.enabled === other.enabled && JSON.stringify(one.rule) === JSON.stringify(other.rule);

const landsAnything = ({ userWorkflowId, businessWorkflowId }: ImportRule) =>
  userWorkflowId !== null || businessWorkflowId !== null;

type Sides = Pick<z.output<typeof AutomationsInput>, "mintOnFinish" | "importOnArrival">;

/** With every workflow by its own id: requests may name it by its version's as well (contract section 7). */
async function withWorkflows(tx: Tx, actor: Actor, { mintOnFinish, importOnArrival }: Sides): Promise<Sides> {
  const { userWorkflowId, businessWorkflowId } = importOnArrival?.rule ?? {};
  const named = [...(mintOnFinish?.rule.workflowIds ?? []), userWorkflowId, businessWorkflowId].filter((id) => !!id);
  if (named.length === 0) return { mintOnFinish, importOnArrival };
  const ids = named as string[];
  const found = await tx
    .select({ id: workflows.id, versionId: workflows.versionId, kind: workflows.kind })
    .from(workflows)
    .where(and(ownedBy(actor, workflows), or(inArray(workflows.id, ids), inArray(workflows.versionId, ids))));
  const idOf = (id: string, field: string, kind?: SessionKind): string => {
    const workflow = found.find((one) => one.id === id || one.versionId === id);
    if (!workflow) throw invalidField(field, "Workflow not found.");
    if (kind && workflow.kind !== kind) throw invalidField(field, "This workflow is for the other kind of session.");
    return workflow.id;
  };
  const landing = (id: string | null | undefined, kind: SessionKind) =>
    id ? idOf(id, `import_on_arrival.${kind}_workflow_id`, kind) : null;
  return {
    mintOnFinish: mintOnFinish && {
      ...mintOnFinish,
      rule: {
        ...mintOnFinish.rule,
        workflowIds: [...new Set(mintOnFinish.rule.workflowIds.map((id) => idOf(id, "mint_on_finish.workflow_ids")))],
      },
    },
    importOnArrival: importOnArrival && {
      ...importOnArrival,
      rule: {
        userWorkflowId: landing(userWorkflowId, "user"),
        businessWorkflowId: landing(businessWorkflowId, "business"),
      },
    },
  };
}
