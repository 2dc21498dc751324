import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Callout } from "@/components/ui/callout";
import { env } from "@/env";
import { requireActor } from "@/lib/auth";
import { loadTestReceiver } from "../../load";
import { TailBlock } from "./tail-block";
import { TestReceiverScreen } from "./test-receiver-screen";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("webhooks");
  return { title: t("tab.testReceiver") };
}

export default async function TestReceiverPage() {
  const actor = await requireActor();
  for (const privilege of ["read:webhooks", "read:sessions"] as const) {
    if (!actor.privileges.has(privilege)) return <NoAccess privilege={privilege} />;
  }
  if (actor.environment !== "sandbox") {
    const t = await getTranslations("webhooks.tester.live");
    return (
      <Callout tone="info" title={t("title")} className="max-w-3xl">
        {t("text")}
      </Callout>
    );
  }
  const answer = await loadTestReceiver(actor);
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <TestReceiverScreen initial={{ answer, at: Date.now() }} />
      <TailBlock publicUrl={env().publicUrl} />
    </div>
  );
}
