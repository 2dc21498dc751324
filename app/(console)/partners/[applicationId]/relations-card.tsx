import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DateTime } from "@/components/ui/relative-time";
import type { RelationView } from "@/domain/partners/relation-rules";
import { RelationBadge } from "../relation-badge";
import { RelationSteps } from "../relation-steps";

/** What the two are to each other, each way for itself. */
export function RelationsCard({
  partner,
  relations,
  mayWrite,
}: {
  partner: { id: string; organisation: string | null };
  relations: readonly RelationView[];
  mayWrite: boolean;
}) {
  const t = useTranslations("partners");
  return (
    <Card>
      <CardHeader title={t("page.relations")} />
      <CardBody className="flex flex-col gap-4">
        {relations.length === 0 && <p className="text-muted text-sm">{t("page.noRelation")}</p>}
        {relations.map(({ since, ...relation }) => (
          <section key={relation.as} aria-label={t(`side.${relation.as}`)} className="flex flex-col gap-2 text-sm">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <h3 className="font-medium">{t(`side.${relation.as}`)}</h3>
              <RelationBadge state={relation.state} />
            </div>
            <p className="text-muted">
              {t(`page.about_state.${aboutOf(relation)}`)} <DateTime value={since} show="date" />
            </p>
            {mayWrite && <RelationSteps partner={partner} relation={relation} />}
          </section>
        ))}
      </CardBody>
    </Card>
  );
}

function aboutOf({ state, invitedByUs, pausedByUs }: Omit<RelationView, "since">) {
  if (state === "invited") return invitedByUs ? "invitedByUs" : "invitedByThem";
  if (state === "paused") return pausedByUs ? "pausedByUs" : "pausedByThem";
  if (state === "ended") return "ended";
  return invitedByUs === null ? "shared" : "paired";
}
