import { z } from "zod";

/** Read by the server, so that the first paint is already as its reader wants it. It says nothing about anybody. */
export const QUEUE_COOKIE = "aval_queue";

export const OPTIONAL_COLUMNS = [
  "priority",
  "due",
  "assignee",
  "country",
  "workflow",
  "flags",
  "origin",
  "vendorData",
  "opened",
] as const;
export type OptionalColumn = (typeof OPTIONAL_COLUMNS)[number];

const Preferences = z.object({
  hidden: z.array(z.enum(OPTIONAL_COLUMNS)).max(OPTIONAL_COLUMNS.length),
  density: z.enum(["normal", "compact"]),
});
export type Preferences = z.infer<typeof Preferences>;

const DEFAULT: Preferences = { hidden: ["vendorData", "opened"], density: "normal" };

export function parsePreferences(cookie: string | undefined): Preferences {
  try {
    return Preferences.parse(JSON.parse(decodeURIComponent(cookie ?? "")));
  } catch {
    return DEFAULT;
  }
}

export const spellPreferences = (preferences: Preferences): string => encodeURIComponent(JSON.stringify(preferences));
