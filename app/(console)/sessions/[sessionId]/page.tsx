import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { BlockView } from "@/components/record/blocks";
import { imagesOf } from "@/components/record/images-of";
import { MediaViewer } from "@/components/record/media-viewer";
import type { RecordContext } from "@/components/record/record-context";
import { RecordSection } from "@/components/record/section";
import { objs } from "@/components/record/values";
import { WarningList } from "@/components/record/warnings";
import { useWords } from "@/components/record/words";
import type { Actor } from "@/domain/actor";
import { type ReasonsView, readDecisionReasons } from "@/domain/decision-reasons/reasons";
import { DomainError } from "@/domain/errors";
import { type ProposedDecision, readProposal } from "@/domain/sessions/proposals";
import { readSession, readSessionNames, type SessionView } from "@/domain/sessions/read";
import { toDecision } from "@/domain/sessions/wire";
import { mediaPath } from "@/domain/vault/media-url";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { AllWarnings } from "./all-warnings";
import { DecisionHeader } from "./decision-header";
import { History } from "./history";
import { OmittedNotice, OmittedSection, omittedParts } from "./omitted";
import { Origin } from "./origin";
import { partsOf, type RecordPart } from "./parts";
import { Relatives } from "./relatives";
import { SectionNav } from "./section-nav";
import { Shares } from "./shares";
import { Summary } from "./summary";

type Props = { params: Promise<{ sessionId: string }> };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// Reading a record opens sealed data; the title and the page share one reading.
const load = cache(async (actor: Actor, sessionId: string): Promise<SessionView> => {
  if (!UUID.test(sessionId)) notFound();
  try {
    return await readSession(actor, sessionId);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ sessionId }, t, actor] = await Promise.all([params, getTranslations("record"), requireActor()]);
  const { session } = await load(actor, sessionId);
  // A name in the title would end up in the browser's history.
  return { title: t("title", { number: String(session.sessionNumber) }) };
}

export default async function SessionPage({ params }: Props) {
  const [{ sessionId }, actor] = await Promise.all([params, requireActor()]);
  const view = await load(actor, sessionId);
  const [names, reasons, proposal] = await Promise.all([
    readSessionNames(
      actor,
      [...view.children, ...view.parents].map((one) => one.sessionId),
    ),
    readDecisionReasons(actor),
    readProposal(actor, view.session.id, view.session.version),
  ]);
  const now = new Date();
  const { session } = view;
  const content = toDecision(view, {
    applicationId: actor.applicationId,
    kybStatusFormat: "title",
    baseUrl: "",
    now,
  });
  const context: RecordContext = {
    children: view.children,
    media: new Map(
      view.media.map(({ blobId, contentType }) => [
        mediaPath({ applicationId: actor.applicationId, sessionId: session.id, blobId }, now),
        contentType,
      ]),
    ),
  };
  return (
    <ClientMessages only={["record", "decisions", "mint"]}>
      <Screen
        actor={actor}
        view={view}
        content={content}
        context={context}
        names={names}
        reasons={reasons}
        proposal={proposal}
      />
    </ClientMessages>
  );
}

function Screen({
  actor,
  view,
  content,
  context,
  names,
  reasons,
  proposal,
}: {
  actor: Actor;
  view: SessionView;
  content: Record<string, unknown>;
  context: RecordContext;
  names: ReadonlyMap<string, string | null>;
  reasons: ReasonsView;
  proposal: ProposedDecision | null;
}) {
  const t = useTranslations("record");
  const words = useWords();
  const parts = partsOf(view.session.kind, content, words.feature);
  const omitted = omittedParts(view, words.feature, t);
  const hasWarnings = parts.some(({ block }) => objs(block.warnings).length > 0);
  const nav = [
    { id: "summary", label: t("nav.summary") },
    ...(hasWarnings ? [{ id: "warnings", label: t("nav.warnings") }] : []),
    ...parts.map(({ id, title, status }) => ({ id, label: title, status })),
    ...omitted.blocks.map(({ id, title }) => ({ id, label: title })),
    { id: "history", label: t("nav.history") },
  ];
  return (
    <MediaViewer images={imagesOf(content, context.media, words)}>
      <DecisionHeader actor={actor} view={view} reasons={reasons} proposal={proposal} />
      <div className="mx-auto grid w-full max-w-[100rem] gap-x-6 px-4 py-4 max-sm:pb-32 sm:px-6 xl:grid-cols-[13.5rem_minmax(0,1fr)]">
        <SectionNav items={nav} />
        <div className="flex min-w-0 flex-col gap-4">
          <OmittedNotice parts={omitted} />
          <AllWarnings parts={parts} />
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <Summary actor={actor} view={view} content={content} />
            <div className="flex min-w-0 flex-col gap-4">
              <Origin actor={actor} view={view} />
              <Relatives view={view} names={names} />
              <Shares actor={actor} view={view} />
            </div>
          </div>
          {parts.length === 0 && <p className="py-8 text-center text-muted text-sm">{t("noBlocks")}</p>}
          {parts.map((part) => (
            <PartSection key={part.id} part={part} context={context} />
          ))}
          {omitted.blocks.map((part) => (
            <OmittedSection key={part.id} part={part} />
          ))}
          <History actor={actor} view={view} reasonLabels={reasons.labels} />
        </div>
      </div>
    </MediaViewer>
  );
}

function PartSection({ part, context }: { part: RecordPart; context: RecordContext }) {
  const t = useTranslations("record");
  return (
    <RecordSection id={part.id} title={part.title} status={part.status}>
      <WarningList
        label={t("warningsOf", { name: part.title })}
        items={objs(part.block.warnings).map((warning) => ({ warning }))}
      />
      <BlockView name={part.key} block={part.block} context={context} />
    </RecordSection>
  );
}
