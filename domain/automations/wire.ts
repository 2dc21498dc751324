import { z } from "zod";
import { FINISHED, KINDS } from "../sessions/rules";
import { isoSeconds } from "../sessions/wire";
import { TtlInSeconds } from "../share-tokens/rules";
import type { AutomationState, Automations } from "./settings";

/** Ours: what is done by itself with a partner, as the API tells of it. */

const MintFields = z.object({
  enabled: z.boolean(),
  kinds: z.array(z.enum(KINDS)).describe("Which kinds of sessions are minted."),
  statuses: z.array(z.enum(FINISHED)).describe("Which decisions are minted."),
  workflow_ids: z.array(z.uuid()).describe("Of which workflows of yours; empty: of every one."),
  hand_off: z.enum(["inbox", "push"]),
  ttl_in_seconds: z.int().nullable().describe("Null: an hour, or what the agreement allows if that is less."),
});
const ImportFields = z.object({
  enabled: z.boolean(),
  user_workflow_id: z.uuid().nullable().describe("Where people land. Null: their tokens wait in the inbox."),
  business_workflow_id: z.uuid().nullable().describe("Where companies land. Null: their tokens wait in the inbox."),
});
const Setting = z.object({
  version: z.int().describe("How often it has been set; 0: never."),
  set_by: z.string().nullable(),
  set_at: z.string().nullable(),
});

const expected_version = z
  .int()
  .min(0)
  .nullish()
  .describe("The version that you looked at. Given, it is 409 when somebody has set it since.");

export const AutomationBody = z.object({
  mint_on_finish: z
    .object({
      enabled: z.boolean(),
      kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).nullish().describe("Absent: both."),
      statuses: z.array(z.enum(FINISHED)).min(1).max(FINISHED.length).nullish().describe("Absent: Approved."),
      workflow_ids: z.array(z.uuid()).max(100).nullish().describe("Absent or empty: of every workflow."),
      hand_off: z.enum(["inbox", "push"]).nullish().describe("Absent: inbox."),
      ttl_in_seconds: TtlInSeconds.nullish().describe("Absent: an hour, or what the agreement allows if that is less."),
      expected_version,
    })
    .nullish()
    .describe("You as the issuer. Absent: as it is."),
  import_on_arrival: z
    .object({
      enabled: z.boolean(),
      user_workflow_id: z.uuid().nullish().describe("Where people land. Absent: their tokens wait in the inbox."),
      business_workflow_id: z
        .uuid()
        .nullish()
        .describe("Where companies land. Absent: their tokens wait in the inbox."),
      expected_version,
    })
    .nullish()
    .describe("You as the receiver. Absent: as it is."),
});

export const AutomationAnswer = z.object({
  mint_on_finish: MintFields.extend(Setting.shape),
  import_on_arrival: ImportFields.extend(Setting.shape),
  failures: z
    .array(
      z.object({
        automation: z.enum(["mint_on_finish", "import_on_arrival"]),
        session_id: z.uuid().nullable().describe("Your session that was not minted."),
        share_token_id: z.uuid().nullable().describe("The token that was not imported and waits in the inbox."),
        code: z.string().describe("Why, as the same request would have been refused."),
        at: z.string(),
      }),
    )
    .describe("The newest 20 that were refused and are not done since."),
});

export function fromAutomationBody({
  mint_on_finish: mint,
  import_on_arrival: arrival,
}: z.output<typeof AutomationBody>) {
  return {
    ...(mint && {
      mintOnFinish: {
        enabled: mint.enabled,
        expectedVersion: mint.expected_version ?? undefined,
        rule: {
          kinds: mint.kinds ?? undefined,
          statuses: mint.statuses ?? undefined,
          workflowIds: mint.workflow_ids ?? undefined,
          handOff: mint.hand_off ?? undefined,
          ttlInSeconds: mint.ttl_in_seconds ?? undefined,
        },
      },
    }),
    ...(arrival && {
      importOnArrival: {
        enabled: arrival.enabled,
        expectedVersion: arrival.expected_version ?? undefined,
        rule: {
          userWorkflowId: arrival.user_workflow_id ?? undefined,
          businessWorkflowId: arrival.business_workflow_id ?? undefined,
        },
      },
    }),
  };
}

const toSetting = ({ version, setByLabel, setAt }: AutomationState<unknown>) => ({
  version,
  set_by: setByLabel,
  set_at: setAt && isoSeconds(setAt),
});

export const toAutomations = ({
  mintOnFinish: mint,
  importOnArrival: arrival,
  failures,
}: Automations): z.input<typeof AutomationAnswer> => ({
  mint_on_finish: {
    enabled: mint.enabled,
    kinds: mint.rule.kinds,
    statuses: mint.rule.statuses,
    workflow_ids: mint.rule.workflowIds,
    hand_off: mint.rule.handOff,
    ttl_in_seconds: mint.rule.ttlInSeconds,
    ...toSetting(mint),
  },
  import_on_arrival: {
    enabled: arrival.enabled,
    user_workflow_id: arrival.rule.userWorkflowId,
    business_workflow_id: arrival.rule.businessWorkflowId,
    ...toSetting(arrival),
  },
  failures: failures.map(({ automation, sessionId, shareTokenId, code, at }) => ({
    automation,
    session_id: sessionId,
    share_token_id: shareTokenId,
    code,
    at: isoSeconds(at),
  })),
});
