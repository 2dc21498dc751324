import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { DateTime } from "@/components/ui/relative-time";
import { readApplication } from "@/domain/access/settings";
import { readDecisionReasons } from "@/domain/decision-reasons/reasons";
import { BUILT_IN } from "@/domain/decision-reasons/rules";
import { requireActor, requireSession } from "@/lib/auth";
import { DecisionReasonsSetting } from "./decision-reasons";
import { EnvironmentSetting } from "./environment-setting";
import { GeneralForm } from "./general-form";
import { RequireAgreementSetting } from "./require-agreement-setting";
import { ReviewDueSetting } from "./review-due-setting";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:settings")) return <NoAccess privilege="read:settings" />;
  const [t, tReason, application, { role }, reasons] = await Promise.all([
    getTranslations("settings"),
    getTranslations("record.decide.reasons"),
    readApplication(actor),
    requireSession(),
    actor.privileges.has("read:sessions") ? readDecisionReasons(actor) : null,
  ]);
  const mayWrite = actor.privileges.has("write:settings");
  const identity = [
    { term: t("id.applicationId"), value: <CopyText text={application.id} label={t("id.applicationId")} /> },
    { term: t("id.clientId"), value: <CopyText text={application.clientId} label={t("id.clientId")} /> },
    { term: t("id.created"), value: <DateTime value={application.createdAt} show="date" /> },
  ];
  return (
    <div className="grid max-w-5xl items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        {!mayWrite && <Callout tone="neutral">{t("readOnly")}</Callout>}
        <GeneralForm
          key={application.id}
          name={application.name}
          kybStatusFormat={application.kybStatusFormat}
          mayWrite={mayWrite}
        />
        <ReviewDueSetting
          key={`${application.id} due`}
          hours={application.reviewDueInHours}
          mayWrite={actor.privileges.has("write:organization")}
        />
        {reasons && (
          <DecisionReasonsSetting
            offered={reasons.offered}
            words={Object.fromEntries(
              Object.values(BUILT_IN)
                .flat()
                .map((code) => [code, tReason(code as "other")]),
            )}
            mayWrite={actor.privileges.has("write:organization")}
          />
        )}
        <RequireAgreementSetting required={application.requireAgreement} isOwner={role === "owner"} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <EnvironmentSetting environment={application.environment} name={application.name} mayWrite={mayWrite} />
        <Card>
          <CardHeader title={t("id.title")} description={t("id.description")} />
          <CardBody>
            <DescriptionList items={identity} />
          </CardBody>
        </Card>
      </div>
    </div>
  );
}
