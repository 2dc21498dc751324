import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { BlockView } from "@/components/record/blocks";
import { Consistency } from "@/components/record/consistency";
import { EvidencePanel } from "@/components/record/evidence-panel";
import { imagesOf } from "@/components/record/images-of";
import { MediaViewer } from "@/components/record/media-viewer";
import { ownersOf } from "@/components/record/owners-of";
import { OwnershipPanel } from "@/components/record/ownership-panel";
import { Places } from "@/components/record/places";
import { placesOf } from "@/components/record/places-of";
import type { RecordContext } from "@/components/record/record-context";
import { RecordSection } from "@/components/record/section";
import { num, objs, text, texts } from "@/components/record/values";
import { WarningList } from "@/components/record/warnings";
import { useWords } from "@/components/record/words";
import type { Actor } from "@/domain/actor";
import { type ReasonsView, readDecisionReasons } from "@/domain/decision-reasons/reasons";
import { DomainError } from "@/domain/errors";
import { consistencyOf } from "@/domain/sessions/consistency";
import { type ProposedDecision, readProposal } from "@/domain/sessions/proposals";
import { readSession, readSessionNames, type SessionView } from "@/domain/sessions/read";
import { toDecision } from "@/domain/sessions/wire";
import { mediaPath } from "@/domain/vault/media-url";
import { ClientMessages } from "@/i18n/client-messages";
import { requireActor } from "@/lib/auth";
import { cn } from "@/lib/cn";
import { alpha2Of } from "@/lib/format";
import { AllWarnings } from "./all-warnings";
import { Changes } from "./changes";
import { DecisionHeader } from "./decision-header";
import { History } from "./history";
import { OmittedNotice, OmittedSection, omittedParts } from "./omitted";
import { Origin } from "./origin";
import { Panel } from "./panel";
import { partsOf, type RecordPart } from "./parts";
import { Relatives } from "./relatives";
import { type ResolvableHit, ResolveHits } from "./resolve-hits";
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
  const facts = consistencyOf(view.session.kind, content, alpha2Of);
  // What does not fit together is read before anything else.
  const differs = facts.some(({ verdict }) => verdict === "differs");
  const consistency = facts.length > 0 && (
    <Panel id="consistency" title={t(`consistency.title.${view.session.kind}`)}>
      <Consistency
        facts={facts}
        placeOf={({ feature, index }) => parts.filter((part) => part.feature === feature)[index]?.id ?? null}
      />
    </Panel>
  );
  const images = imagesOf(content, context.media, words);
  const owners = view.session.kind === "business" ? ownersOf(content, view.children) : null;
  const places = placesOf(content);
  const hasEvidence = context.media.size > 0 || owners !== null || places.length > 0;
  const nav = [
    { id: "summary", label: t("nav.summary") },
    ...(facts.length > 0 ? [{ id: "consistency", label: t("nav.consistency") }] : []),
    ...(hasWarnings ? [{ id: "warnings", label: t("nav.warnings") }] : []),
    ...parts.map(({ id, title, status }) => ({ id, label: title, status })),
    ...omitted.blocks.map(({ id, title }) => ({ id, label: title })),
    { id: "history", label: t("nav.history") },
  ];
  return (
    <MediaViewer images={images}>
      <DecisionHeader actor={actor} view={view} reasons={reasons} proposal={proposal} />
      <div className="mx-auto grid w-full max-w-[110rem] gap-x-6 px-4 py-4 max-sm:pb-32 sm:px-6 min-[112rem]:grid-cols-[13.5rem_minmax(0,1fr)]">
        <SectionNav items={nav} />
        <div
          className={cn(
            "grid min-w-0 items-start gap-4",
            hasEvidence && "xl:grid-cols-[minmax(0,1fr)_minmax(24rem,42%)] xl:gap-x-6",
          )}
        >
          <div className="flex min-w-0 flex-col gap-4">
            <OmittedNotice parts={omitted} />
            <AllWarnings parts={parts} />
            {differs && consistency}
            <Summary actor={actor} view={view} content={content} />
            {!differs && consistency}
          </div>
          {hasEvidence && (
            <div className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-[calc(var(--topbar)+5.25rem)] xl:col-start-2 xl:row-span-2 xl:row-start-1 xl:max-h-[calc(100dvh-var(--topbar)-6rem)] xl:overflow-y-auto">
              {owners && (
                <Panel id="ownership" title={t("ownershipGraph.title")}>
                  <OwnershipPanel owners={owners} />
                </Panel>
              )}
              {context.media.size > 0 && (
                <Panel id="evidence" title={t("evidence.title")}>
                  <EvidencePanel content={content} images={images} context={context} />
                </Panel>
              )}
              {places.length > 0 && (
                <Panel id="places" title={t("places.title")}>
                  <Places places={places} />
                </Panel>
              )}
            </div>
          )}
          <div className="flex min-w-0 flex-col gap-4">
            <Origin actor={actor} view={view} />
            <Changes view={view} />
            <Relatives view={view} names={names} />
            {parts.length === 0 && <p className="py-8 text-center text-muted text-sm">{t("noBlocks")}</p>}
            {parts.map((part) => (
              <PartSection
                key={part.id}
                part={part}
                context={context}
                sessionId={view.session.id}
                actor={{ applicationId: actor.applicationId, canWrite: actor.privileges.has("write:sessions") }}
              />
            ))}
            {omitted.blocks.map((part) => (
              <OmittedSection key={part.id} part={part} />
            ))}
            <Shares actor={actor} view={view} />
            <History actor={actor} view={view} reasonLabels={reasons.labels} />
          </div>
        </div>
      </div>
    </MediaViewer>
  );
}

function PartSection({
  part,
  context,
  sessionId,
  actor,
}: {
  part: RecordPart;
  context: RecordContext;
  sessionId: string;
  actor: { applicationId: string; canWrite: boolean };
}) {
  const t = useTranslations("record");
  const hits = part.key === "aml_screenings" && actor.canWrite ? openHits(part.block) : [];
  return (
    <RecordSection id={part.id} title={part.title} status={part.status}>
      <WarningList
        label={t("warningsOf", { name: part.title })}
        items={objs(part.block.warnings).map((warning) => ({ warning }))}
      />
      <BlockView name={part.key} block={part.block} context={context} />
      {hits.length > 0 && (
        <ResolveHits
          applicationId={actor.applicationId}
          sessionId={sessionId}
          nodeId={text(part.block.node_id)}
          hits={hits}
        />
      )}
    </RecordSection>
  );
}

/** Hits that can be named to the server, with what tells them apart. */
function openHits(block: RecordPart["block"]): ResolvableHit[] {
  return objs(block.hits).flatMap((hit) => {
    const id = text(hit.id);
    return id
      ? [
          {
            id,
            name: text(hit.caption),
            datasets: texts(hit.datasets),
            match: num(hit.match_score),
            reviewStatus: text(hit.review_status) ?? "Unreviewed",
          },
        ]
      : [];
  });
}
