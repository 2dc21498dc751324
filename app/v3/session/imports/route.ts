import { z } from "zod";
import { invalidField } from "@/domain/errors";
import { bringInDecisions, type LineResult, MAX_DECISIONS_PER_BRING_IN } from "@/domain/sessions/bring-in";
import { route } from "@/lib/route";

const DATA_URL = /^data:[\w.+/-]*;base64,/;

/**
 * Finished decisions of the application's own vendor, in the contract's shape, with their media (contract section 4,
 * in the additive inline form): every line is stored or refused with its reasons.
 */
export const POST = route({
  method: "POST",
  path: "/v3/session/imports/",
  summary: "Bring in finished decisions of your own vendor",
  privilege: "write:sessions",
  maxBodyBytes: 64 * 1024 * 1024,
  roundNumbers: true,
  body: z.object({
    workflow_id: z.uuid().nullish(),
    decisions: z.array(z.unknown()).min(1).max(MAX_DECISIONS_PER_BRING_IN),
    /** By the link that a decision names: a `data:` URL or plain base64. */
    media: z.record(z.string(), z.string()).nullish(),
    require_media: z.boolean().default(false),
  }),
  responds: {
    status: 200,
    description: "What became of each line.",
    schema: z.object({
      imported: z.int(),
      refused: z.int(),
      results: z.array(
        z.object({
          line: z.int(),
          status: z.enum(["imported", "refused"]),
          session_id: z.uuid().nullable(),
          session_number: z.int().nullable(),
          errors: z.array(z.object({ path: z.string(), message: z.string() })),
          notes: z.array(z.object({ path: z.string(), message: z.string() })),
        }),
      ),
    }),
  },
  idempotent: true,
  run: (actor, { body }) => {
    const media = new Map<string, Buffer>();
    for (const [link, value] of Object.entries(body.media ?? {})) {
      const base64 = value.replace(DATA_URL, "");
      if (!/^[A-Za-z0-9+/\s]*={0,2}$/.test(base64))
        throw invalidField(`media.${link}`, "Must be base64 or a data: URL.");
      media.set(link, Buffer.from(base64, "base64"));
    }
    return bringInDecisions(actor, body.decisions, media, {
      workflowId: body.workflow_id ?? undefined,
      requireMedia: body.require_media,
    });
  },
  answer: (results: LineResult[]) => ({
    imported: results.filter((result) => result.ok).length,
    refused: results.filter((result) => !result.ok).length,
    results: results.map((result) => ({
      line: result.line,
      status: result.ok ? "imported" : "refused",
      session_id: result.ok ? result.sessionId : null,
      session_number: result.ok ? result.sessionNumber : null,
      errors: result.ok ? [] : result.problems,
      notes: result.ok ? result.notes : [],
    })),
  }),
});
