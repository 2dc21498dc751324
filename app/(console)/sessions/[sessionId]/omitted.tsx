import { useFormatter, useTranslations } from "next-intl";
import { RecordSection } from "@/components/record/section";
import { Callout } from "@/components/ui/callout";
import type { SessionView } from "@/domain/sessions/read";

export interface OmittedPart {
  /** Anchor on the page. */
  id: string;
  title: string;
  /** Who left it out. */
  issuer: string;
}

/** What the clone came without: at its place in the record, so that nobody takes it for undone. */
export function omittedParts(
  view: SessionView,
  nameOf: (feature: string) => string,
  t: (key: "unknownIssuer") => string,
): { blocks: OmittedPart[]; media: boolean } {
  const { omitted, kind } = view.session;
  const links = new Map(view.provenance?.chain.map((link) => [link.applicationId, link.organisationName]));
  return {
    blocks: (omitted?.features ?? []).map(({ feature, applicationId }) => ({
      id: `omitted-${feature.toLowerCase().replaceAll("_", "-")}`,
      title: nameOf(kind === "business" && feature === "AML" ? "KYB_COMPANY_AML" : feature),
      issuer: links.get(applicationId) ?? t("unknownIssuer"),
    })),
    media: Boolean(omitted?.media),
  };
}

/** Above the whole record: what one will not find below. */
export function OmittedNotice({ parts }: { parts: ReturnType<typeof omittedParts> }) {
  const t = useTranslations("record.omitted");
  const format = useFormatter();
  const list = [...parts.blocks.map(({ title }) => title), ...(parts.media ? [t("media")] : [])];
  if (list.length === 0) return null;
  return (
    <Callout tone="info" title={t("title")}>
      {t("notice", { list: format.list(list) })}
    </Callout>
  );
}

export function OmittedSection({ part }: { part: OmittedPart }) {
  const t = useTranslations("record.omitted");
  return (
    <RecordSection id={part.id} title={part.title} aside={t("by", { issuer: part.issuer })}>
      <p className="text-muted text-sm">{t("block", { issuer: part.issuer })}</p>
    </RecordSection>
  );
}
