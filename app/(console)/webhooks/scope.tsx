import type { ReactNode } from "react";
import type { Actor } from "@/domain/actor";
import { ClientMessages } from "@/i18n/client-messages";
import { WebhooksProvider } from "./context";

/** What every screen of webhooks needs: its messages, and who reads it. */
export function WebhooksScope({ actor, children }: { actor: Actor; children: ReactNode }) {
  const { applicationId, environment } = actor;
  const mayWrite = actor.privileges.has("write:webhooks");
  return (
    <ClientMessages only={["webhooks"]}>
      <WebhooksProvider key={applicationId} reader={{ applicationId, environment, mayWrite }}>
        {children}
      </WebhooksProvider>
    </ClientMessages>
  );
}
