import Link from "next/link";
import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";

/** What to do where four eyes are asked for and there are two. */
export function NobodyToConfirm() {
  const t = useTranslations("partners.trust.nobody");
  const link = (href: string) => (chunks: React.ReactNode) => (
    <Link href={href} className="underline underline-offset-4">
      {chunks}
    </Link>
  );
  return (
    <Callout tone="warning" title={t("title")}>
      {t.rich("text", { members: link("/settings/members"), organisation: link("/settings/organization") })}
    </Callout>
  );
}
