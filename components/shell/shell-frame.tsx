"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ShortcutsProvider } from "./shortcuts";
import { Sidebar } from "./sidebar";
import { SIDEBAR_COOKIE } from "./sidebar-state";
import { TopBar } from "./top-bar";
import type { ShellProps } from "./types";

export function ShellFrame({ initiallyCollapsed, children, ...props }: ShellProps & { initiallyCollapsed: boolean }) {
  const t = useTranslations("shell");
  const [collapsed, setCollapsed] = useState(initiallyCollapsed);

  function collapse(next: boolean) {
    setCollapsed(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser
    document.cookie = `${SIDEBAR_COOKIE}=${next ? "collapsed" : "open"}; path=/; max-age=31536000; samesite=lax`;
  }

  return (
    <ShortcutsProvider>
      <div data-shell className="flex min-h-dvh">
        <a
          href="#content"
          className="-translate-y-16 fixed top-2 left-2 z-60 rounded-md bg-accent-solid px-3 py-2 font-medium text-accent-solid-fg text-sm focus:translate-y-0"
        >
          {t("skipToContent")}
        </a>
        <Sidebar privileges={props.privileges} collapsed={collapsed} onCollapsedChange={collapse} />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar {...props} />
          <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
            {children}
          </main>
        </div>
      </div>
    </ShortcutsProvider>
  );
}
