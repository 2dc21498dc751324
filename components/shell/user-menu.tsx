"use client";

import { Keyboard, LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useShortcutsHelp } from "./shortcuts";
import type { ShellProps } from "./types";

export function UserMenu({ member, signOut }: Pick<ShellProps, "member" | "signOut">) {
  const t = useTranslations("shell");
  const showShortcuts = useShortcutsHelp();
  const [leaving, start] = useTransition();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <button
          type="button"
          aria-label={t("accountMenu", { name: member.name })}
          aria-busy={leaving || undefined}
          className="grid size-9 place-items-center rounded-full"
        >
          <Avatar name={member.name} />
        </button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-64">
        <div className="flex items-center gap-3 px-2 py-2">
          <Avatar name={member.name} size="lg" />
          <div className="min-w-0">
            <p className="truncate font-medium text-sm">{member.name}</p>
            <p className="truncate text-muted text-xs" title={member.email}>
              {member.email}
            </p>
            <p className="truncate text-muted text-xs">{member.role}</p>
          </div>
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={showShortcuts}>
          <Keyboard aria-hidden />
          {t("shortcuts.open")}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={leaving} onSelect={() => start(() => signOut())}>
          <LogOut aria-hidden />
          {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
