import { Link2Off } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { Calm } from "../calm";
import { VerificationFrame } from "../frame";

export default async function UnknownLink() {
  const [locale, t] = await Promise.all([getLocale(), getTranslations("verification.unknown")]);
  return (
    <VerificationFrame locale={locale}>
      <Calm icon={<Link2Off aria-hidden />} title={t("title")}>
        {t("text")}
      </Calm>
    </VerificationFrame>
  );
}
