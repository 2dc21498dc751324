import { Download, Handshake, KeyRound, type LucideIcon, ScrollText, Settings, UsersRound } from "lucide-react";

export type NavKey = "sessions" | "imports" | "shareTokens" | "partners" | "audit" | "settings";

export const NAVIGATION: readonly { key: NavKey; href: string; icon: LucideIcon }[] = [
  { key: "sessions", href: "/sessions", icon: UsersRound },
  { key: "imports", href: "/imports", icon: Download },
  { key: "shareTokens", href: "/share-tokens", icon: KeyRound },
  { key: "partners", href: "/partners", icon: Handshake },
  { key: "audit", href: "/audit", icon: ScrollText },
  { key: "settings", href: "/settings", icon: Settings },
];

export function isCurrent(pathname: string, href: string) {
  return pathname === href || pathname.startsWith(`${href}/`);
}
