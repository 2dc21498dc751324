"use client";

import { Menu } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Sheet, SheetBody, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { ApplicationSwitcher } from "./application-switcher";
import { LanguageMenu } from "./language-menu";
import { Notifications } from "./notifications";
import { NavLinks } from "./sidebar";
import { ThemeMenu } from "./theme-menu";
import type { ShellProps } from "./types";
import { UserMenu } from "./user-menu";

export function TopBar({
  organisations,
  current,
  member,
  privileges,
  switchApplication,
  signOut,
  setLocale,
}: Omit<ShellProps, "children">) {
  const t = useTranslations("shell");
  const [menuOpen, setMenuOpen] = useState(false);
  const application = organisations
    .find((entry) => entry.id === current.organisationId)
    ?.applications.find((entry) => entry.id === current.applicationId);

  return (
    <header className="print:hidden sticky top-0 z-30 flex h-(--topbar) shrink-0 items-center gap-1.5 border-border border-b bg-background px-3 sm:gap-2 sm:px-4">
      {application?.environment === "sandbox" && (
        <span
          aria-hidden
          className="absolute inset-x-0 top-0 h-0.75 bg-[repeating-linear-gradient(-45deg,var(--warning-solid)_0_8px,transparent_8px_14px)]"
        />
      )}
      <Sheet open={menuOpen} onOpenChange={setMenuOpen}>
        <SheetTrigger asChild>
          <IconButton label={t("openMenu")} icon={<Menu />} tooltip={false} className="lg:hidden" />
        </SheetTrigger>
        <SheetContent side="left" size="sm" title="Aval">
          <SheetBody className="flex flex-col justify-between gap-6 px-2 py-3">
            <nav aria-label={t("nav.label")}>
              <NavLinks privileges={privileges} onNavigate={() => setMenuOpen(false)} />
            </nav>
            <div className="flex items-center gap-2 px-2 sm:hidden">
              <ThemeMenu />
              <LanguageMenu setLocale={setLocale} />
            </div>
          </SheetBody>
        </SheetContent>
      </Sheet>
      <ApplicationSwitcher organisations={organisations} current={current} switchApplication={switchApplication} />
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <div className="hidden items-center gap-1 sm:flex">
          <LanguageMenu setLocale={setLocale} />
          <ThemeMenu />
        </div>
        {privileges.includes("read:sessions") && <Notifications applicationId={current.applicationId} />}
        <UserMenu member={member} signOut={signOut} />
      </div>
    </header>
  );
}
