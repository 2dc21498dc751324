"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Environment } from "@/domain/access/rules";

/** Whose screens these are, and whether the reader may change anything. */
export type WebhooksReader = { applicationId: string; environment: Environment; mayWrite: boolean };

const Context = createContext<WebhooksReader | null>(null);

export function WebhooksProvider({ reader, children }: { reader: WebhooksReader; children: ReactNode }) {
  return <Context.Provider value={reader}>{children}</Context.Provider>;
}

export function useWebhooks(): WebhooksReader {
  const reader = useContext(Context);
  if (!reader) throw new Error("A screen of webhooks is outside its frame.");
  return reader;
}
