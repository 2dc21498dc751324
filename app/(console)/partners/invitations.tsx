import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { PartnerView } from "@/domain/partners/partners";
import { RelationSteps } from "./relation-steps";

/** Who has invited this application and waits for an answer. */
export function Invitations({ partners, mayWrite }: { partners: readonly PartnerView[]; mayWrite: boolean }) {
  const t = useTranslations("partners");
  const waiting = partners.flatMap((partner) =>
    partner.relations
      .filter(({ state, invitedByUs }) => state === "invited" && invitedByUs === false)
      .map((relation) => ({ partner, relation })),
  );
  if (waiting.length === 0) return null;
  return (
    <Card className="mb-4">
      <CardHeader title={t("invitations.title")} />
      <CardBody className="p-0">
        <ul className="divide-y divide-border">
          {waiting.map(({ partner, relation }) => {
            const { since: _, ...shown } = relation;
            const organisation = partner.application?.organisationName ?? null;
            return (
              <li
                key={`${partner.applicationId}${relation.as}`}
                className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm"
              >
                <span className="min-w-0">
                  <span className="flex flex-wrap items-center gap-2">
                    <span className="font-medium">{organisation ?? t("unknown")}</span>
                    <span className="text-muted">{partner.application?.name}</span>
                    {partner.application && <EnvironmentBadge environment={partner.application.environment} />}
                  </span>
                  <span className="block">{t(`invitations.${relation.as}`)}</span>
                </span>
                {mayWrite && <RelationSteps partner={{ id: partner.applicationId, organisation }} relation={shown} />}
              </li>
            );
          })}
        </ul>
      </CardBody>
    </Card>
  );
}
