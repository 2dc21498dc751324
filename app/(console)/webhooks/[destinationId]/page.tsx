import type { Metadata } from "next";
import { getTimeZone, getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { NoAccess } from "@/components/access/no-access";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { loadDeliveries, loadDestination, loadPulse } from "../load";
import { WebhooksScope } from "../scope";
import { loadSearchParams } from "../search-params";
import { DestinationScreen } from "./destination-screen";

type Props = { params: Promise<{ destinationId: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("webhooks");
  return { title: t("column.destination") };
}

export default async function DestinationPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:webhooks")) return <NoAccess privilege="read:webhooks" />;
  const [{ destinationId }, given, timeZone] = await Promise.all([
    params,
    loadSearchParams(searchParams),
    getTimeZone(),
  ]);
  const search = { ...given, destination: destinationId };
  const [destination, deliveries, pulse] = await orNotFound(destinationId, (id) =>
    Promise.all([loadDestination(actor, id), loadDeliveries(actor, search, timeZone), loadPulse(actor, id)]),
  );
  const at = Date.now();
  return (
    <WebhooksScope actor={actor}>
      <DestinationScreen
        initial={{ answer: destination, at }}
        deliveries={{ search, answer: deliveries, at }}
        pulse={{ answer: pulse, at }}
      />
    </WebhooksScope>
  );
}
