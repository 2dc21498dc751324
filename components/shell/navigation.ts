import {
  Building2,
  CodeXml,
  Download,
  Handshake,
  Inbox,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  ListPlus,
  type LucideIcon,
  ScrollText,
  Settings,
  UserRound,
  UsersRound,
  Webhook,
} from "lucide-react";
import type { Privilege } from "@/domain/access/rules";

export type NavKey =
  | "overview"
  | "queue"
  | "sessions"
  | "users"
  | "businesses"
  | "imports"
  | "shareTokens"
  | "requests"
  | "partners"
  | "lists"
  | "webhooks"
  | "developers"
  | "audit"
  | "settings";

/** An entry with a privilege is for members who have it; without one it is for everybody. */
const NAVIGATION: readonly { key: NavKey; href: string; icon: LucideIcon; privilege?: Privilege }[] = [
  { key: "overview", href: "/", icon: LayoutDashboard },
  { key: "queue", href: "/queue", icon: Inbox, privilege: "read:sessions" },
  { key: "sessions", href: "/sessions", icon: UsersRound },
  { key: "users", href: "/users", icon: UserRound, privilege: "read:users" },
  { key: "businesses", href: "/businesses", icon: Building2, privilege: "read:businesses" },
  { key: "imports", href: "/imports", icon: Download },
  { key: "shareTokens", href: "/share-tokens", icon: KeyRound },
  { key: "requests", href: "/requests", icon: ListPlus },
  { key: "partners", href: "/partners", icon: Handshake },
  { key: "lists", href: "/lists", icon: ListChecks, privilege: "read:lists" },
  { key: "webhooks", href: "/webhooks", icon: Webhook, privilege: "read:webhooks" },
  { key: "developers", href: "/developers", icon: CodeXml },
  { key: "audit", href: "/audit", icon: ScrollText },
  { key: "settings", href: "/settings", icon: Settings },
];

export const navigationFor = (privileges: readonly Privilege[]) =>
  NAVIGATION.filter(({ privilege }) => !privilege || privileges.includes(privilege));

export function isCurrent(pathname: string, href: string) {
  return pathname === href || pathname.startsWith(`${href}/`);
}
