import { FileCheck2, Fingerprint, Scale } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LanguageMenu } from "@/components/shell/language-menu";
import { Logo } from "@/components/shell/logo";
import { ThemeMenu } from "@/components/shell/theme-menu";
import { ClientMessages } from "@/i18n/client-messages";
import type { Locale } from "@/i18n/locales";
import { Rosette } from "./rosette";

/** The whole sign-in page; its child is the form. */
export async function SignInScreen({
  setLocale,
  children,
}: {
  setLocale: (locale: Locale) => Promise<void>;
  children: ReactNode;
}) {
  const t = await getTranslations("signIn.aside");
  const points = [
    { icon: FileCheck2, text: t("points.once") },
    { icon: Scale, text: t("points.trust") },
    { icon: Fingerprint, text: t("points.audit") },
  ];
  return (
    <ClientMessages only={["signIn", "join", "shell"]}>
      <div className="flex min-h-dvh">
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex h-16 items-center justify-between px-5 sm:px-8">
            <Logo />
            <div className="flex items-center gap-1">
              <LanguageMenu setLocale={setLocale} />
              <ThemeMenu />
            </div>
          </header>
          <main className="flex flex-1 flex-col justify-center px-5 pt-6 pb-16 sm:px-8">
            <div className="mx-auto w-full max-w-sm">{children}</div>
          </main>
        </div>
        {/* The panel keeps its ink in both themes, so it takes the dark tokens whatever the page does. */}
        <aside className="dark relative hidden w-[44%] max-w-3xl overflow-hidden border-border border-l bg-accent-bg text-foreground lg:block">
          <Rosette className="-right-72 -top-56 absolute size-[56rem] text-accent-border" />
          <div className="relative flex h-full flex-col justify-end gap-8 p-12 xl:p-16">
            <div className="max-w-md">
              <p className="text-balance font-semibold text-3xl leading-tight tracking-tight">{t("title")}</p>
              <p className="mt-4 text-lg text-muted">{t("body")}</p>
            </div>
            <ul className="flex max-w-md flex-col gap-3 border-accent-border border-t pt-6">
              {points.map(({ icon: Icon, text }) => (
                <li key={text} className="flex items-start gap-3 text-base">
                  <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
                  {text}
                </li>
              ))}
            </ul>
          </div>
        </aside>
      </div>
    </ClientMessages>
  );
}
