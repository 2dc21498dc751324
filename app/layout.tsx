import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { getLocale } from "next-intl/server";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { ThemeProvider } from "@/components/shell/theme-provider";
import { TimeZoneReporter } from "@/components/shell/time-zone-reporter";
import { Toaster } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import { ClientMessages } from "@/i18n/client-messages";
import { QueryProvider } from "@/lib/query-client";
import { fontVariables } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Aval", template: "%s · Aval" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f8fafb" },
    { media: "(prefers-color-scheme: dark)", color: "#0c1215" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, head] = await Promise.all([getLocale(), headers()]);
  const nonce = head.get("x-nonce") ?? undefined;
  return (
    <html lang={locale} className={fontVariables} suppressHydrationWarning>
      <body className="min-h-dvh">
        <ThemeProvider nonce={nonce}>
          <ClientMessages only={[]}>
            <QueryProvider>
              <NuqsAdapter>
                <TooltipProvider delayDuration={300} skipDelayDuration={200}>
                  {children}
                </TooltipProvider>
                <Toaster />
                <TimeZoneReporter />
              </NuqsAdapter>
            </QueryProvider>
          </ClientMessages>
        </ThemeProvider>
      </body>
    </html>
  );
}
