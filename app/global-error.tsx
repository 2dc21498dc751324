"use client";

import { useSyncExternalStore } from "react";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
import { DEFAULT_LOCALE, isLocale, LOCALE_COOKIE, matchLocale } from "@/i18n/locales";
import en from "@/messages/en/errors.json";
import es from "@/messages/es/errors.json";
import ptBR from "@/messages/pt-BR/errors.json";
import { fontVariables } from "./fonts";
import "./globals.css";

const texts = { en: en.crashed, "pt-BR": ptBR.crashed, es: es.crashed };

const never = () => () => {};

// The layout with its providers is what failed, so language and theme are found here again.
function readerLocale() {
  const chosen = document.cookie.match(new RegExp(`(?:^|; )${LOCALE_COOKIE}=([^;]+)`))?.[1];
  return isLocale(chosen) ? chosen : matchLocale(navigator.languages.join(","));
}

function readerTheme() {
  const chosen = localStorage.getItem("aval_theme");
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  return dark ? "dark" : "";
}

export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  const locale = useSyncExternalStore(never, readerLocale, () => DEFAULT_LOCALE);
  const theme = useSyncExternalStore(never, readerTheme, () => "");
  const t = texts[locale];
  return (
    <html lang={locale} className={`${fontVariables} ${theme}`}>
      <head>
        <title>{`${t.title} · Aval`}</title>
      </head>
      <body className="min-h-dvh">
        <MessagePage
          title={t.title}
          reference={
            error.digest && (
              <>
                {t.reference}: <code className="font-mono">{error.digest}</code>
              </>
            )
          }
          actions={
            <>
              <Button variant="primary" onClick={() => window.location.reload()}>
                {t.retry}
              </Button>
              <Button asChild>
                {/* A full load, since what is in memory failed. */}
                <a href="/">{t.home}</a>
              </Button>
            </>
          }
        >
          {t.body}
        </MessagePage>
      </body>
    </html>
  );
}
