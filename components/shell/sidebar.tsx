"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { EagerLink } from "@/components/ui/eager-link";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";
import { Logo } from "./logo";
import { isCurrent, navigationFor } from "./navigation";
import type { ShellProps } from "./types";

const itemClasses =
  "flex h-8 w-full items-center gap-2.5 rounded-md px-2.5 font-medium text-sm transition-colors [&_svg]:size-4 [&_svg]:shrink-0";

export function NavLinks({
  privileges,
  collapsed = false,
  onNavigate,
}: {
  privileges: ShellProps["privileges"];
  collapsed?: boolean;
  onNavigate?: () => void;
}) {
  const t = useTranslations("shell.nav");
  const pathname = usePathname();
  return (
    <ul className="flex flex-col gap-0.5">
      {navigationFor(privileges).map(({ key, href, icon: Icon }) => {
        const current = isCurrent(pathname, href);
        const link = (
          <EagerLink
            href={href}
            aria-current={current ? "page" : undefined}
            onClick={onNavigate}
            className={cn(
              itemClasses,
              current
                ? "bg-sidebar-active text-sidebar-active-fg"
                : "text-sidebar-foreground hover:bg-sidebar-hover [&_svg]:text-sidebar-muted",
            )}
          >
            <Icon aria-hidden />
            <span className={cn(collapsed ? "sr-only" : "truncate")}>{t(key)}</span>
          </EagerLink>
        );
        return (
          <li key={key}>
            {collapsed ? (
              <Tooltip content={t(key)} side="right">
                {link}
              </Tooltip>
            ) : (
              link
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function Sidebar({
  privileges,
  collapsed,
  onCollapsedChange,
}: {
  privileges: ShellProps["privileges"];
  collapsed: boolean;
  onCollapsedChange: (collapsed: boolean) => void;
}) {
  const t = useTranslations("shell");
  const label = collapsed ? t("sidebar.expand") : t("sidebar.collapse");
  const toggle = (
    <button
      type="button"
      aria-expanded={!collapsed}
      aria-label={label}
      onClick={() => onCollapsedChange(!collapsed)}
      className={cn(itemClasses, "text-sidebar-muted hover:bg-sidebar-hover hover:text-sidebar-foreground")}
    >
      {collapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
      {!collapsed && <span className="truncate">{label}</span>}
    </button>
  );
  return (
    <nav
      aria-label={t("nav.label")}
      className={cn(
        "print:hidden sticky top-0 hidden h-dvh shrink-0 flex-col border-border border-r bg-sidebar lg:flex lg:print:hidden",
        collapsed ? "w-14" : "w-56",
      )}
    >
      <div className={cn("flex h-(--topbar) shrink-0 items-center", collapsed ? "justify-center" : "px-4")}>
        <EagerLink href="/" className="rounded-md">
          <Logo showName={!collapsed} />
        </EagerLink>
      </div>
      <div className="flex-1 overflow-y-auto px-2 py-2">
        <NavLinks privileges={privileges} collapsed={collapsed} />
      </div>
      <div className="border-border border-t p-2">
        {collapsed ? (
          <Tooltip content={label} side="right">
            {toggle}
          </Tooltip>
        ) : (
          toggle
        )}
      </div>
    </nav>
  );
}
