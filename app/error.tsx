"use client";

import { useTranslations } from "next-intl";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const t = useTranslations("errors.crashed");
  return (
    <MessagePage
      title={t("title")}
      reference={
        error.digest && (
          <>
            {t("reference")}: <code className="font-mono">{error.digest}</code>
          </>
        )
      }
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            {t("retry")}
          </Button>
          <Button asChild>
            {/* A full load, since what is in memory may be what failed. */}
            <a href="/">{t("home")}</a>
          </Button>
        </>
      }
    >
      {t("body")}
    </MessagePage>
  );
}
