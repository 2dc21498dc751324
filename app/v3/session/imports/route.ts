import { z } from "zod";
import type { BulkImport } from "@/domain/bulk-imports/read";
import { IMPORT_TYPES, SOURCE_FORMATS } from "@/domain/bulk-imports/rules";
import { startBulkImport } from "@/domain/bulk-imports/start";
import { BulkImportWire, toBulkImport } from "@/domain/bulk-imports/wire";
import { invalidField } from "@/domain/errors";
import { bringInDecisions, type LineResult, MAX_DECISIONS_PER_BRING_IN } from "@/domain/sessions/bring-in";
import { Reply, route } from "@/lib/route";

const DATA_URL = /^data:[\w.+/-]*;base64,/;

const Results = z.object({
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
});

/** Contract section 4.8 by `source_file_url`; and, in the same place, decisions handed over at once. */
export const POST = route({
  method: "POST",
  path: "/v3/session/imports/",
  summary: "Bring in earlier results: from a file, or in the request",
  description:
    "With `source_file_url` a file is fetched and brought in row by row in the background; follow it by its `uuid`. With " +
    "`decisions` (ours) up to 500 finished decisions in the contract's shape are stored at once, with the `media` they " +
    "name. Every row is stored or refused by itself.",
  privilege: "write:sessions",
  maxBodyBytes: 64 * 1024 * 1024,
  roundNumbers: true,
  body: z
    .object({
      source_file_url: z.string().trim().min(1).max(4_000).optional().describe("https; a private address is refused."),
      import_type: z.enum(IMPORT_TYPES).optional(),
      source_format: z.enum(SOURCE_FORMATS).optional(),
      workflow_id: z.uuid().nullish().describe("The default workflow of the kind when absent."),
      decisions: z.array(z.unknown()).min(1, "This list may not be empty.").max(MAX_DECISIONS_PER_BRING_IN).optional(),
      media: z.record(z.string(), z.string()).nullish().describe("By link: a `data:` URL or plain base64."),
      require_media: z.boolean().default(false),
    })
    .superRefine((body, context) => {
      const required = (name: string) =>
        context.addIssue({ code: "custom", path: [name], message: "This field is required." });
      if (body.source_file_url === undefined && body.import_type === undefined) {
        if (body.decisions === undefined) required("decisions");
        return;
      }
      for (const name of ["source_file_url", "import_type", "source_format"] as const)
        if (body[name] === undefined) required(name);
    }),
  responds: [
    { status: 200, description: "What became of each decision.", schema: Results },
    { status: 201, description: "The import, which goes on in the background.", schema: BulkImportWire },
  ],
  errors: ["workflow_not_found", "workflow_kind_mismatch"],
  idempotent: true,
  run: (actor, { body }): Promise<LineResult[] | BulkImport> => {
    if (body.source_file_url !== undefined) {
      return startBulkImport(actor, {
        sourceUrl: body.source_file_url,
        importType: body.import_type!,
        sourceFormat: body.source_format!,
        workflowId: body.workflow_id ?? undefined,
      });
    }
    const media = new Map<string, Buffer>();
    for (const [link, value] of Object.entries(body.media ?? {})) {
      const base64 = value.replace(DATA_URL, "");
      if (!/^[A-Za-z0-9+/\s]*={0,2}$/.test(base64))
        throw invalidField(`media.${link}`, "Must be base64 or a data: URL.");
      media.set(link, Buffer.from(base64, "base64"));
    }
    return bringInDecisions(actor, body.decisions!, media, {
      workflowId: body.workflow_id ?? undefined,
      requireMedia: body.require_media,
    });
  },
  answer: (result: LineResult[] | BulkImport) =>
    Array.isArray(result) ? toResults(result) : new Reply(201, toBulkImport(result)),
});

const toResults = (results: LineResult[]) => ({
  imported: results.filter((result) => result.ok).length,
  refused: results.filter((result) => !result.ok).length,
  results: results.map((result) => ({
    line: result.line,
    status: result.ok ? ("imported" as const) : ("refused" as const),
    session_id: result.ok ? result.sessionId : null,
    session_number: result.ok ? result.sessionNumber : null,
    errors: result.ok ? [] : result.problems,
    notes: result.ok ? result.notes : [],
  })),
});
