import type { Messages } from "next-intl";
import type { Locale } from "./locales";

export const NAMESPACES = [
  "common",
  "shell",
  "signIn",
  "overview",
  "exports",
  "queue",
  "sessions",
  "record",
  "decisions",
  "mint",
  "redeem",
  "imports",
  "shareTokens",
  "sharing",
  "requests",
  "partners",
  "policy",
  "agreements",
  "automation",
  "settings",
  "workflows",
  "questionnaires",
  "usage",
  "accounts",
  "join",
  "audit",
  "entities",
  "lists",
  "webhooks",
  "developers",
  "errors",
  "statuses",
  "vendor",
  "verification",
] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** What every client component may use; the rest travels only with the screens that ask for it. */
export const BASE_NAMESPACES = ["common", "errors", "statuses", "sharing"] as const satisfies readonly Namespace[];

export async function loadMessages(locale: Locale): Promise<Messages> {
  const files = await Promise.all(
    NAMESPACES.map(async (namespace) => {
      const file = await import(`../messages/${locale}/${namespace}.json`);
      return [namespace, file.default] as const;
    }),
  );
  // The files of every locale are held to the English keys by messages/messages.test.ts.
  return Object.fromEntries(files) as Messages;
}
