import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { KindBadge } from "@/components/sessions/kind-badge";
import { Badge } from "@/components/ui/badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { EagerLink } from "@/components/ui/eager-link";
import { DateTime } from "@/components/ui/relative-time";
import { currentPrices } from "@/domain/billing/prices";
import { UNITS_PER_DOLLAR } from "@/domain/billing/rules";
import { MOST_COUNTED, readWorkflowVersions } from "@/domain/workflows/read";
import { parseFeature } from "@/domain/workflows/rules";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { featureNames, loadQuestionnaireChoices } from "../load";
import { Versions } from "../versions";
import { WorkflowEditor } from "../workflow-editor";
import { WorkflowMenu } from "../workflow-menu";
import { FourEyesSwitch } from "./four-eyes-switch";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("workflows");
  return { title: t("column.label") };
}

export default async function WorkflowPage({ params }: { params: Promise<{ workflowId: string }> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:workflows")) return <NoAccess privilege="read:workflows" />;
  const { workflowId } = await params;
  const [{ workflow, versions, sessionCount }, t, format, names, questionnaires] = await Promise.all([
    orNotFound(workflowId, (id) => readWorkflowVersions(actor, id)),
    getTranslations("workflows"),
    getFormatter(),
    featureNames(),
    loadQuestionnaireChoices(actor),
  ]);
  const draft = versions.find((one) => one.status === "draft");
  const current = versions.find((one) => one.versionId === workflow.versionId)!;
  const edited = draft ?? current;
  const isPublished = workflow.status === "published";
  const isArchived = workflow.archivedAt !== null;
  const mayWrite = actor.privileges.has("write:workflows") && !isArchived;
  const nameOf = (feature: string) => {
    const known = parseFeature(feature);
    return known ? names[known] : feature;
  };
  const prices = currentPrices();
  const state = isArchived ? "archived" : isPublished ? "published" : "draft";
  const facts = [
    {
      term: t("facts.state"),
      value: <Badge tone={state === "published" ? "success" : "neutral"}>{t(`badge.${state}`)}</Badge>,
    },
    { term: t("column.kind"), value: <KindBadge kind={workflow.kind} /> },
    {
      term: t("facts.sessions"),
      value:
        sessionCount === 0 || !actor.privileges.has("read:sessions") ? (
          t("facts.sessionCount", { count: sessionCount })
        ) : (
          <EagerLink
            href={`/sessions?workflow=${workflow.id}`}
            className="text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current"
          >
            {sessionCount > MOST_COUNTED
              ? t("facts.sessionMany", { count: format.number(MOST_COUNTED) })
              : t("facts.sessionCount", { count: sessionCount })}
          </EagerLink>
        ),
    },
    {
      term: t("facts.price"),
      value: format.number(prices[workflow.kind === "business" ? "kyb" : "kyc"] / UNITS_PER_DOLLAR, {
        style: "currency",
        currency: "USD",
        maximumFractionDigits: 4,
      }),
    },
    { term: t("column.id"), value: <CopyText text={workflow.id} shorten label={t("column.id")} /> },
    {
      term: t("facts.versionId"),
      value: <CopyText text={current.versionId} shorten label={t("facts.versionId")} />,
    },
    { term: t("facts.created"), value: <DateTime value={workflow.createdAt} show="date" /> },
  ];
  return (
    <ClientMessages only={["workflows"]}>
      <div className="flex max-w-6xl flex-col gap-3">
        <Breadcrumbs items={[{ label: t("title"), href: "/settings/workflows" }, { label: current.label }]} />
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <h2 className="min-w-0 break-words font-semibold text-lg leading-6">{current.label}</h2>
            {workflow.isDefault && <Badge tone="accent">{t("badge.default")}</Badge>}
            {draft && <Badge>{isPublished ? t("badge.hasDraft") : t("badge.draft")}</Badge>}
            {isArchived && <Badge>{t("badge.archived")}</Badge>}
          </div>
          {mayWrite && (
            <WorkflowMenu
              workflow={{
                id: workflow.id,
                label: current.label,
                isDefault: workflow.isDefault,
                isPublished,
                draft: draft && isPublished ? { versionId: draft.versionId, version: draft.version } : null,
              }}
            />
          )}
        </div>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            {isArchived ? (
              <Callout tone="neutral">{t("isArchived")}</Callout>
            ) : (
              !mayWrite && <Callout tone="neutral">{t("readOnly")}</Callout>
            )}
            {draft && !isArchived && (
              <Callout tone="info">
                {isPublished
                  ? t("editsDraft", { version: String(draft.version), current: String(current.version) })
                  : t("neverPublished")}
              </Callout>
            )}
            <WorkflowEditor
              // What was saved, by whomever, is a new beginning.
              key={`${edited.versionId} ${edited.updatedAt.toISOString()}`}
              initial={{
                kind: workflow.kind,
                label: edited.label,
                steps: edited.steps,
                settings: edited.settings,
              }}
              editing={{
                id: workflow.id,
                versionId: edited.versionId,
                updatedAt: edited.updatedAt,
                version: edited.version,
                isDraft: edited.status === "draft",
              }}
              names={names}
              questionnaires={questionnaires}
              mayWrite={mayWrite}
            />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <Card>
              <CardHeader title={t("facts.title")} />
              <CardBody>
                <DescriptionList items={facts} />
              </CardBody>
            </Card>
            {!isArchived && (
              <Card>
                <CardBody>
                  <FourEyesSwitch
                    key={String(workflow.fourEyes)}
                    workflowId={workflow.id}
                    fourEyes={workflow.fourEyes}
                    mayWrite={actor.privileges.has("write:organization")}
                  />
                </CardBody>
              </Card>
            )}
            <Versions versions={versions} currentId={isPublished ? current.versionId : ""} nameOf={nameOf} />
          </div>
        </div>
      </div>
    </ClientMessages>
  );
}
