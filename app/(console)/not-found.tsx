import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

export default async function NotFound() {
  const t = await getTranslations("errors.notFound");
  return (
    <MessagePage
      framed
      title={t("title")}
      actions={
        <Button asChild variant="primary">
          <Link href="/">{t("home")}</Link>
        </Button>
      }
    >
      {t("body")}
    </MessagePage>
  );
}
