import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { NoAccess } from "@/components/access/no-access";
import { requireActor } from "@/lib/auth";
import { DeliveriesScreen } from "../../deliveries-screen";
import { loadDeliveries, loadDestinations, loadPulse } from "../../load";
import { Pulse } from "../../pulse";
import { loadSearchParams } from "../../search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("webhooks");
  return { title: t("tab.deliveries") };
}

export default async function DeliveriesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:webhooks")) return <NoAccess privilege="read:webhooks" />;
  const [search, timeZone] = await Promise.all([loadSearchParams(searchParams), getTimeZone()]);
  const [answer, destinations, pulse] = await Promise.all([
    loadDeliveries(actor, search, timeZone),
    loadDestinations(actor),
    loadPulse(actor, null),
  ]);
  const at = Date.now();
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Pulse initial={{ answer: pulse, at }} />
      <DeliveriesScreen
        initial={{ search, answer, at }}
        destinations={destinations.map(({ id, label, url }) => ({ id, label, url }))}
      />
    </div>
  );
}
