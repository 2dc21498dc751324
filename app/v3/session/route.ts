import { z } from "zod";
import { invalidField } from "@/domain/errors";
import {
  ContactDetails,
  type CreatedSession,
  createSession,
  ExpectedDetails,
  MAX_PORTRAIT_BYTES,
} from "@/domain/sessions/create";
import { CALLBACK_METHODS, KINDS, LANGUAGES } from "@/domain/sessions/rules";
import { sessionUrl, wireStatus } from "@/domain/sessions/wire";
import { ScenarioName } from "@/domain/walks/rules";
import { route } from "@/lib/route";

const DATA_URL = /^data:[\w.+/-]*;base64,/;

/** Contract section 4.1. */
export const POST = route({
  method: "POST",
  path: "/v3/session/",
  summary: "Start a verification session",
  description:
    "Creates a session that its person walks through by `url`. An unfinished session of the same `vendor_data` on the " +
    "workflow's current version is answered again, with `callback` and `metadata` renewed. A session that nobody began " +
    "expires, and one that was begun is abandoned, after the term of its workflow.",
  privilege: "write:sessions",
  tool: "create_session",
  rateScope: "session-v2-create",
  maxBodyBytes: 4 * 1024 * 1024,
  body: z.object({
    workflow_id: z.uuid().describe("The workflow, or one of its versions. It alone decides between KYC and KYB."),
    vendor_data: z
      .string()
      .trim()
      .min(1)
      .max(255)
      .nullish()
      .describe("Your own id of the person or business. Do not put personal data into it."),
    callback: z
      .url({ protocol: /^(?!(javascript|data|vbscript|file|blob)$)[a-z][a-z0-9+.-]*$/i, error: "Enter a valid URL." })
      .max(2_000)
      .nullish()
      .describe("Where the person is sent back to; an app's own scheme will do."),
    callback_method: z.enum(CALLBACK_METHODS).nullish(),
    metadata: z.json().nullish(),
    language: z.enum(LANGUAGES).nullish(),
    sandbox_scenario: ScenarioName.nullish().describe(
      "Sandbox only: how the session will turn out when its person walks through it.",
    ),
    portrait_image: z.string().nullish().describe("Base64 of a JPEG, PNG or WebP of at most 2 MB."),
    contact_details: ContactDetails.nullish(),
    expected_details: ExpectedDetails.nullish(),
  }),
  responds: {
    status: 201,
    description: "The session and its link.",
    schema: z.object({
      session_id: z.uuid(),
      session_kind: z.enum(KINDS),
      session_number: z.int(),
      session_token: z.string(),
      url: z.url(),
      vendor_data: z.string().nullable(),
      metadata: z.json().nullable(),
      status: z.string(),
      callback: z.string().nullable(),
      workflow_id: z.uuid(),
      workflow_version: z.int(),
    }),
  },
  errors: ["environment_mismatch"],
  idempotent: true,
  run: (actor, { body }) =>
    createSession(actor, {
      workflowId: body.workflow_id,
      vendorData: body.vendor_data ?? undefined,
      callback: body.callback ?? undefined,
      callbackMethod: body.callback_method ?? undefined,
      metadata: body.metadata ?? undefined,
      language: body.language ?? undefined,
      scenario: body.sandbox_scenario ?? undefined,
      contactDetails: body.contact_details ?? undefined,
      expectedDetails: body.expected_details ?? undefined,
      portrait: body.portrait_image ? portraitOf(body.portrait_image) : undefined,
    }),
  answer: (created: CreatedSession, context) => ({
    session_id: created.sessionId,
    session_kind: created.kind,
    session_number: created.sessionNumber,
    session_token: created.token,
    url: sessionUrl(created.token, context),
    vendor_data: created.vendorData,
    metadata: created.metadata,
    status: wireStatus(created.kind, created.status, context.kybStatusFormat),
    callback: created.callback,
    workflow_id: created.workflowId,
    workflow_version: created.workflowVersion,
  }),
});

function portraitOf(text: string): Buffer {
  const base64 = text.replace(DATA_URL, "").replace(/\s/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw invalidField("portrait_image", "Must be base64.");
  const bytes = Buffer.from(base64, "base64");
  if (bytes.byteLength > MAX_PORTRAIT_BYTES) throw invalidField("portrait_image", "The image may have at most 2 MB.");
  return bytes;
}
