import { useTranslations } from "next-intl";
import { StopSharing } from "@/components/share-tokens/stop-sharing";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ClientMessages } from "@/i18n/client-messages";

/** The kill switch, where one looks for it when something has gone wrong with a partner. */
export function StopCard({ applicationId, partner }: { applicationId: string; partner: { id: string; name: string } }) {
  const t = useTranslations("shareTokens.stop");
  return (
    <Card>
      <CardHeader title={t("title")} />
      <CardBody className="flex flex-col items-start gap-3">
        <p className="text-muted text-sm">{t("about")}</p>
        <ClientMessages only={["shareTokens"]}>
          <StopSharing applicationId={applicationId} partner={partner} />
        </ClientMessages>
      </CardBody>
    </Card>
  );
}
