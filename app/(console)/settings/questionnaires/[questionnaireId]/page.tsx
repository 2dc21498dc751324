import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Badge } from "@/components/ui/badge";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { EagerLink } from "@/components/ui/eager-link";
import { DateTime } from "@/components/ui/relative-time";
import { readAsking, readQuestionnaire } from "@/domain/questionnaires/manage";
import { type Asking, Element } from "@/domain/questionnaires/rules";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { orNotFound } from "@/lib/or-not-found";
import { DeleteQuestionnaire } from "../delete-questionnaire";
import { QuestionnaireEditor } from "../questionnaire-editor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("questionnaires");
  return { title: t("column.title") };
}

export default async function QuestionnairePage({ params }: { params: Promise<{ questionnaireId: string }> }) {
  const actor = await requireActor();
  if (!actor.privileges.has("read:questionnaires")) return <NoAccess privilege="read:questionnaires" />;
  const { questionnaireId } = await params;
  const mayReadWorkflows = actor.privileges.has("read:workflows");
  const [t, form, asked] = await Promise.all([
    getTranslations("questionnaires"),
    orNotFound(questionnaireId, (id) => readQuestionnaire(actor, id)),
    mayReadWorkflows
      ? orNotFound(questionnaireId, (id) => readAsking(actor, [id.toLowerCase()]))
      : new Map<string, Asking[]>(),
  ]);
  const asking = asked.get(form.id) ?? [];
  const mayWrite = actor.privileges.has("write:questionnaires");
  const isDraft = form.status === "draft";
  const facts = [
    {
      term: t("facts.state"),
      value: <Badge tone={isDraft ? "neutral" : "success"}>{isDraft ? t("draft") : t("published")}</Badge>,
    },
    { term: t("facts.version"), value: form.version },
    {
      term: t("facts.asking"),
      value:
        asking.length === 0 ? (
          t("noWorkflow")
        ) : (
          <ul>
            {asking.map((one) => (
              <li key={one.id}>
                <EagerLink
                  href={`/settings/workflows/${one.id}`}
                  className="inline-block min-h-6 text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current"
                >
                  {one.isDraft ? t("inDraft", { name: one.label }) : one.label}
                </EagerLink>
              </li>
            ))}
          </ul>
        ),
    },
    { term: t("facts.id"), value: <CopyText text={form.id} shorten label={t("facts.id")} /> },
    { term: t("facts.published"), value: form.publishedAt && <DateTime value={form.publishedAt} show="date" /> },
    { term: t("facts.updated"), value: <DateTime value={form.updatedAt} show="date" /> },
  ];
  return (
    <ClientMessages only={["questionnaires"]}>
      <div className="flex max-w-6xl flex-col gap-3">
        <Breadcrumbs items={[{ label: t("title"), href: "/settings/questionnaires" }, { label: form.title }]} />
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <h2 className="min-w-0 break-words font-semibold text-lg leading-6">{form.title}</h2>
            {isDraft && <Badge>{t("draft")}</Badge>}
          </div>
          {mayWrite && <DeleteQuestionnaire id={form.id} title={form.title} asking={asking} />}
        </div>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            {!mayWrite && <Callout tone="neutral">{t("readOnly")}</Callout>}
            <QuestionnaireEditor
              // What was saved, by whomever, is a new beginning.
              key={form.updatedAt.toISOString()}
              initial={{
                title: form.title,
                description: form.description ?? "",
                defaultLanguage: form.defaultLanguage,
                languages: form.languages,
                elements: form.elements.map((element) => Element.parse(element)),
              }}
              editing={{ id: form.id, updatedAt: form.updatedAt, version: form.version, isDraft }}
              mayWrite={mayWrite}
            />
          </div>
          <Card>
            <CardHeader title={t("facts.title")} />
            <CardBody>
              <DescriptionList items={facts} />
            </CardBody>
          </Card>
        </div>
      </div>
    </ClientMessages>
  );
}
