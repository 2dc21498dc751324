import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { localeOf } from "@/domain/sessions/rules";
import { readWalk } from "@/domain/walks/read";
import type { Locale } from "@/i18n/locales";
import { currentApplicant } from "@/lib/applicant";
import { VerificationFrame } from "./frame";
import { WalkScreen } from "./walk-screen";

/** The address's language, else the session's, else the person's own. */
async function pageOf(token: string, language: string | null) {
  const applicant = await currentApplicant(token);
  if (!applicant) notFound();
  const page = await readWalk(applicant);
  const spoken = language ?? page.language;
  return { page, locale: spoken ? localeOf(spoken) : await getLocale() };
}

export async function verificationMetadata(token: string, language: string | null): Promise<Metadata> {
  const { locale } = await pageOf(token, language);
  const t = await getTranslations({ locale, namespace: "verification" });
  return { title: t("metaTitle"), referrer: "no-referrer", robots: { index: false, follow: false, noarchive: true } };
}

export async function Verification({ token, language }: { token: string; language: string | null }) {
  const { page, locale } = await pageOf(token, language);
  const name = page.application.organisationName || page.application.name;
  return (
    <VerificationFrame locale={locale as Locale} name={name} environment={page.environment}>
      <WalkScreen token={token} name={name} initial={page} />
    </VerificationFrame>
  );
}
