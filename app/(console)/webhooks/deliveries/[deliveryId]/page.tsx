import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { loadDelivery } from "../../load";
import { receiverPrograms } from "../../receivers";
import { WebhooksScope } from "../../scope";
import { DeliveryScreen } from "./delivery-screen";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("webhooks.delivery");
  return { title: t("breadcrumb") };
}

export default async function DeliveryPage({ params }: { params: Promise<{ deliveryId: string }> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:webhooks")) return <NoAccess privilege="read:webhooks" />;
  const { deliveryId } = await params;
  const [answer, programs] = await Promise.all([
    orNotFound(deliveryId, (id) => loadDelivery(actor, id)),
    receiverPrograms(),
  ]);
  return (
    <WebhooksScope actor={actor}>
      <DeliveryScreen initial={{ answer, at: Date.now() }} programs={programs} />
    </WebhooksScope>
  );
}
