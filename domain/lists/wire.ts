import { z } from "zod";
import { isoSeconds, type WireContext } from "../sessions/wire";
import { mediaPath } from "../vault/media-url";
import type { EntryView, ListView } from "./read";
import { ENTRY_TYPES, LIST_TYPES, ON_MATCH } from "./rules";

/** The contract's JSON of lists (section 7); `on_match` and `image_url` are our own. */

export const ListRow = z.object({
  uuid: z.uuid(),
  name: z.string(),
  description: z.string().nullable(),
  list_type: z.enum(LIST_TYPES),
  entry_type: z.enum(ENTRY_TYPES),
  is_system: z.boolean(),
  on_match: z.enum(ON_MATCH),
  entry_count: z.int(),
  last_entry_added_at: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export const EntryRow = z.object({
  uuid: z.uuid(),
  value: z.string(),
  display_label: z.string().nullable(),
  comment: z.string().nullable(),
  added_by: z.string(),
  reference_session_id: z.uuid().nullable(),
  reference_session_number: z.int().nullable(),
  reference_object_uuid: z.uuid().nullable(),
  metadata: z.record(z.string(), z.json()).nullable(),
  image_url: z.string().nullable(),
  created_at: z.string(),
});

export const BlocklistRow = EntryRow.extend({ item_type: z.enum(ENTRY_TYPES), session_id: z.uuid().nullable() });

export const CreateListBody = z
  .object({
    name: z.string().trim().min(1).max(255),
    description: z.string().trim().max(1_000).nullish(),
    list_type: z.enum(LIST_TYPES),
    entry_type: z.enum(ENTRY_TYPES),
    on_match: z.enum(ON_MATCH).nullish(),
  })
  .transform(({ name, description, list_type, entry_type, on_match }) => ({
    name,
    description,
    listType: list_type,
    entryType: entry_type,
    onMatch: on_match ?? undefined,
  }));

export const UpdateListBody = z
  .object({
    name: z.string().trim().min(1).max(255).optional(),
    description: z.string().trim().max(1_000).nullish(),
    on_match: z.enum(ON_MATCH).optional(),
  })
  .transform(({ name, description, on_match }) => ({ name, description, onMatch: on_match }));

export const EntryBody = z
  .object({
    value: z.string().trim().min(1).max(512).nullish(),
    display_label: z.string().trim().max(255).nullish(),
    comment: z.string().trim().max(1_000).nullish(),
    metadata: z.record(z.string(), z.json()).nullish(),
    reference_session_id: z.uuid().nullish(),
    reference_object_uuid: z.uuid().nullish(),
  })
  .transform(({ value, display_label, comment, metadata, reference_session_id, reference_object_uuid }) => ({
    value: value ?? undefined,
    displayLabel: display_label,
    comment,
    metadata,
    referenceSessionId: reference_session_id,
    referenceObjectId: reference_object_uuid,
  }));

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;
const DATA_URL = /^data:[\w.+/-]*;base64,/;

/** Base64, or a `data:` URL of it. */
export const Base64Image = z.string().transform((given, context) => {
  const text = given.replace(DATA_URL, "");
  if (text === "" || !BASE64.test(text)) {
    context.addIssue("Must be a base64 encoded image.");
    return z.NEVER;
  }
  return Buffer.from(text, "base64");
});

export const FaceBody = z
  .object({
    image: Base64Image,
    display_label: z.string().trim().max(255).nullish(),
    comment: z.string().trim().max(1_000).nullish(),
  })
  .transform(({ image, display_label, comment }) => ({ image, displayLabel: display_label, comment }));

export const toList = ({ list, entryCount, lastEntryAddedAt }: ListView): z.output<typeof ListRow> => ({
  uuid: list.id,
  name: list.name,
  description: list.description,
  list_type: list.listType,
  entry_type: list.entryType as (typeof ENTRY_TYPES)[number],
  is_system: list.isSystem,
  on_match: list.onMatch,
  entry_count: entryCount,
  last_entry_added_at: lastEntryAddedAt && isoSeconds(lastEntryAddedAt),
  created_at: isoSeconds(list.createdAt),
  updated_at: isoSeconds(list.updatedAt),
});

export const toEntry = (entry: EntryView, context: WireContext): z.output<typeof EntryRow> => ({
  uuid: entry.id,
  value: entry.value,
  display_label: entry.displayLabel,
  comment: entry.comment,
  added_by: entry.addedByKind === "api_key" ? "API Client" : entry.addedByLabel,
  reference_session_id: entry.referenceSessionId,
  reference_session_number: entry.referenceSessionNumber,
  reference_object_uuid: entry.referenceObjectId,
  metadata: entry.metadata as Record<string, z.core.util.JSONType> | null,
  image_url:
    entry.image && context.baseUrl + mediaPath({ applicationId: context.applicationId, ...entry.image }, context.now),
  created_at: isoSeconds(entry.createdAt),
});

export const toBlocklistRow = (entry: EntryView, context: WireContext): z.output<typeof BlocklistRow> => ({
  ...toEntry(entry, context),
  item_type: entry.entryType,
  session_id: entry.referenceSessionId,
});
