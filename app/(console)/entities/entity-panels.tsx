import { Ban, CircleCheck, FilePlus2, Flag, PencilLine } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { MediaThumb } from "@/components/record/media-thumb";
import { Fold } from "@/components/record/section";
import { useWords } from "@/components/record/words";
import { FeatureStatusBadge } from "@/components/sessions/status-badge";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, Section } from "@/components/ui/card";
import { CopyText } from "@/components/ui/copy-text";
import { DescriptionList } from "@/components/ui/description-list";
import { type Json, JsonView } from "@/components/ui/json-view";
import { DateTime } from "@/components/ui/relative-time";
import { Timeline, type TimelineItem } from "@/components/ui/timeline";
import type { AuditListRow } from "@/domain/audit/list";
import type { EntityChange, EntityView } from "@/domain/entities/read";
import { ENTITY_STATUSES, type EntityStatus, FIELD_NAMES } from "@/domain/entities/rules";
import { countryName, formatCalendarDate } from "@/lib/format";
import { EntityStatusBadge } from "./entity-status-badge";

/** What is known of them: what was said here first, then what their sessions say. */
export function EntityProfile({ view, portrait }: { view: EntityView; portrait: string | null }) {
  const t = useTranslations("entities");
  const locale = useLocale();
  const { entity, profile } = view;
  const isUser = entity.kind === "user";
  const countries = entity.countryCode ? [entity.countryCode] : view.countries;
  const lines = (values: string[]) =>
    values.length > 0 && (
      <span className="grid">
        {values.map((value) => (
          <span key={value} className="break-all">
            {value}
          </span>
        ))}
      </span>
    );
  return (
    <Card>
      <CardHeader title={t("profile.title")} />
      <CardBody className="flex flex-col gap-4">
        {portrait && (
          <div className="w-24">
            <MediaThumb src={portrait} shape="portrait" />
          </div>
        )}
        <DescriptionList
          items={[
            {
              term: t(isUser ? "form.fullName" : "form.legalName"),
              value: view.fullName && <bdi>{view.fullName}</bdi>,
            },
            { term: t("form.displayName"), value: profile.displayName && <bdi>{profile.displayName}</bdi> },
            ...(isUser
              ? [
                  {
                    term: t("form.dateOfBirth"),
                    value: view.dateOfBirth && formatCalendarDate(view.dateOfBirth, locale),
                  },
                ]
              : [{ term: t("form.registrationNumber"), value: view.registrationNumber }]),
            {
              term: t(isUser ? "form.issuingStates" : "form.countryCode"),
              value: countries.map((code) => countryName(code, locale)).join(", "),
            },
            ...(isUser
              ? [
                  { term: t("form.approvedEmails"), value: lines(view.emails) || null },
                  { term: t("form.approvedPhones"), value: lines(view.phones) || null },
                ]
              : []),
            {
              term: t("form.tags"),
              value:
                (profile.tags && profile.tags.length > 0 && (
                  <span className="flex flex-wrap gap-1">
                    {profile.tags.map((tag) => (
                      <Badge key={tag} size="sm">
                        {tag}
                      </Badge>
                    ))}
                  </span>
                )) ||
                null,
            },
            { term: t("profile.firstSession"), value: view.firstSessionAt && <DateTime value={view.firstSessionAt} /> },
            { term: t("profile.lastSession"), value: view.lastSessionAt && <DateTime value={view.lastSessionAt} /> },
            { term: t("profile.id"), value: <CopyText text={entity.id} label={t("profile.id")} shorten /> },
          ]}
        />
        {profile.metadata && Object.keys(profile.metadata).length > 0 && (
          <Fold summary={t("form.metadata")} open>
            <JsonView value={profile.metadata as Json} />
          </Fold>
        )}
      </CardBody>
    </Card>
  );
}

/** The newest status of each check, whichever session it was in. */
export function EntityChecks({ features }: { features: EntityView["features"] }) {
  const t = useTranslations("entities");
  const words = useWords();
  const rows = Object.entries(features);
  return (
    <Card>
      <CardHeader title={t("checks.title")} />
      <CardBody>
        {rows.length === 0 ? (
          <p className="text-muted text-sm">{t("checks.none")}</p>
        ) : (
          <ul className="divide-y divide-border text-sm">
            {rows.map(([feature, status]) => (
              <li key={feature} className="flex items-center justify-between gap-3 py-1.5 first:pt-0 last:pb-0">
                <span className="min-w-0 break-words">{words.feature(feature)}</span>
                <FeatureStatusBadge status={status} size="sm" />
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

const STATUS_LOOKS: Record<EntityStatus, { icon: TimelineItem["icon"]; tone: Tone }> = {
  ACTIVE: { icon: <CircleCheck />, tone: "success" },
  FLAGGED: { icon: <Flag />, tone: "warning" },
  BLOCKED: { icon: <Ban />, tone: "danger" },
};

const FIELD_OF: ReadonlyMap<string, string> = new Map<string, string>([
  ...Object.entries(FIELD_NAMES).map(([field, name]) => [name, field] as const),
  ["country_code", "countryCode"],
]);
const isStatus = (text: string): text is EntityStatus => ENTITY_STATUSES.some((one) => one === text);

/** All that was done with them here, the latest first: every change of status with its reason, and who changed the profile. */
export function EntityHistory({
  view,
  changes,
  entries,
}: {
  view: EntityView;
  changes: EntityChange[];
  /** Of the audit trail; empty for those who may not read it. */
  entries: AuditListRow["entry"][];
}) {
  const t = useTranslations("entities.history");
  const tField = useTranslations("entities.form") as unknown as (key: string) => string;
  const by = (kind: string, label: string) =>
    kind === "system" ? t("bySystem") : t(kind === "api_key" ? "byKey" : "by", { name: label });
  const created = entries.find(({ action }) => action === "entity.create");
  const items: (TimelineItem & { at: Date })[] = [
    ...changes.map((change) => ({
      key: change.id,
      at: change.at,
      time: <DateTime value={change.at} />,
      title: (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          {isStatus(change.previousStatus) && <EntityStatusBadge status={change.previousStatus} size="sm" />}
          <span aria-hidden className="text-muted">
            →
          </span>
          <span className="sr-only">{t("became")}</span>
          {isStatus(change.newStatus) && <EntityStatusBadge status={change.newStatus} size="sm" />}
        </span>
      ),
      body: (
        <>
          {by(change.actorKind, change.actorLabel)}
          {change.reason && <bdi className="mt-0.5 block whitespace-pre-wrap text-foreground">{change.reason}</bdi>}
        </>
      ),
      ...(isStatus(change.newStatus) && STATUS_LOOKS[change.newStatus]),
    })),
    ...entries
      .filter(({ action }) => action === "entity.update")
      .map((entry) => ({
        key: entry.id,
        at: entry.at,
        time: <DateTime value={entry.at} />,
        title: t("changed", {
          fields: String(entry.detail.changed ?? "")
            .split(",")
            .map((name) => {
              const field = FIELD_OF.get(name);
              return field ? tField(field) : name;
            })
            .join(", "),
        }),
        body: by(entry.actorKind, entry.actorLabel),
        icon: <PencilLine />,
      })),
    {
      key: "created",
      at: view.entity.createdAt,
      time: <DateTime value={view.entity.createdAt} />,
      title: t(created ? "registered" : "firstSeen"),
      body: created && by(created.actorKind, created.actorLabel),
      icon: <FilePlus2 />,
    },
  ];
  // Of one moment, what comes first here came last: a status that was set at once follows the registration.
  return (
    <Section title={t("title")}>
      <Card>
        <CardBody>
          <Timeline items={items.sort((one, other) => other.at.getTime() - one.at.getTime())} />
        </CardBody>
      </Card>
    </Section>
  );
}
