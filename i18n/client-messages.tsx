import { type Messages, NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { BASE_NAMESPACES, type Namespace } from "./messages";

/**
 * Gives the client components below it the messages of the named namespaces, besides the base ones. Server
 * components need nothing: they read every namespace.
 */
export async function ClientMessages({ only, children }: { only: readonly Namespace[]; children: ReactNode }) {
  const messages = await getMessages();
  const names: Namespace[] = [...new Set<Namespace>([...BASE_NAMESPACES, ...only])];
  const subset = Object.fromEntries(names.map((name) => [name, messages[name]])) as Partial<Messages>;
  return <NextIntlClientProvider messages={subset}>{children}</NextIntlClientProvider>;
}
