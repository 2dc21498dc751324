import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { LogoMark } from "@/components/shell/logo";
import { ThemeMenu } from "@/components/shell/theme-menu";
import type { Locale } from "@/i18n/locales";

/** Around every state of a verification: whose it is, and in which language. */
export async function VerificationFrame({
  locale,
  name,
  environment,
  children,
}: {
  locale: Locale;
  name?: string;
  environment?: "sandbox" | "live";
  children: ReactNode;
}) {
  const [t, messages] = await Promise.all([
    getTranslations({ locale, namespace: "verification" }),
    getMessages({ locale }),
  ]);
  const { common, errors, statuses, verification, shell } = messages;
  return (
    <NextIntlClientProvider locale={locale} messages={{ common, errors, statuses, verification, shell }}>
      <div lang={locale} className="flex min-h-dvh flex-col">
        <header className="border-border border-b bg-surface">
          <div className="mx-auto flex min-h-14 w-full max-w-2xl items-center gap-3 px-4 py-2 sm:px-6">
            <LogoMark />
            <p className="min-w-0 flex-1 truncate font-medium text-base">
              {name ? t("for", { name }) : t("metaTitle")}
            </p>
            {environment && <EnvironmentBadge environment={environment} />}
            <ThemeMenu />
          </div>
        </header>
        <main className="mx-auto w-full max-w-2xl flex-1 px-4 py-6 sm:px-6 sm:py-10">{children}</main>
      </div>
    </NextIntlClientProvider>
  );
}
