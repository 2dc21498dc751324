import { useFormatter, useTranslations } from "next-intl";
import type { ShareTerms } from "@/domain/share-tokens/terms";

type Loose = { (key: string): string; has(key: string): boolean };

/** Names of blocks; one that is not known yet goes by its code. */
export function useFeatureNames(): (feature: string) => string {
  const t = useTranslations("sharing.features") as unknown as Loose;
  return (feature) => (t.has(feature) ? t(feature) : feature);
}

/** What a share carries, by what it leaves out. */
export function TermsText({ terms }: { terms: ShareTerms | null }) {
  const t = useTranslations("sharing.terms");
  const format = useFormatter();
  const nameOf = useFeatureNames();
  const left = [...(terms?.omit ?? []).map(nameOf), ...(terms && !terms.media ? [t("media")] : [])];
  const text = left.length === 0 ? t("everything") : t("without", { list: format.list(left) });
  return <span title={text}>{text}</span>;
}
