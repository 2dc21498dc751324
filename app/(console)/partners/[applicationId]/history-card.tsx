import { getTranslations } from "next-intl/server";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EagerLink } from "@/components/ui/eager-link";
import { DateTime } from "@/components/ui/relative-time";
import { Timeline } from "@/components/ui/timeline";
import type { Actor } from "@/domain/actor";
import { listAuditEntries } from "@/domain/audit/list";
import { ACTION_MESSAGES, isKnownAction, subjectHref } from "../../audit/words";

const ENTRIES = 12;

/** What the trail says of this partner, newest first. */
export async function HistoryCard({ actor, partnerApplicationId }: { actor: Actor; partnerApplicationId: string }) {
  if (!actor.privileges.has("read:audit")) return null;
  const [t, tAudit, { rows }] = await Promise.all([
    getTranslations("partners.page"),
    getTranslations("audit"),
    listAuditEntries(actor, { counterpartyApplicationId: partnerApplicationId }, null, ENTRIES),
  ]);
  return (
    <Card>
      <CardHeader title={t("history")} />
      <CardBody>
        {rows.length === 0 ? (
          <p className="text-muted text-sm">{t("noHistory")}</p>
        ) : (
          <Timeline
            items={rows.map(({ entry }) => {
              const words = isKnownAction(entry.action)
                ? tAudit(`action.${ACTION_MESSAGES[entry.action]}`)
                : entry.action;
              const href =
                entry.subjectKind === "partner"
                  ? undefined
                  : subjectHref(entry.subjectKind, entry.subjectId, entry.action);
              return {
                key: entry.id,
                title: href ? (
                  <EagerLink href={href} className="rounded-sm underline-offset-4 hover:underline">
                    {words}
                  </EagerLink>
                ) : (
                  words
                ),
                time: <DateTime value={entry.at} />,
                body:
                  entry.actorKind === "system"
                    ? tAudit("actor.system")
                    : entry.actorKind === "api_key"
                      ? tAudit("actor.apiKey", { name: entry.actorLabel })
                      : entry.actorLabel,
              };
            })}
          />
        )}
      </CardBody>
    </Card>
  );
}
