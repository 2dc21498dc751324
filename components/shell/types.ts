import type { ReactNode } from "react";
import type { Environment } from "@/components/applications/environment-badge";
import type { Privilege } from "@/domain/access/rules";
import type { Locale } from "@/i18n/locales";

export type ShellApplication = { id: string; name: string; environment: Environment };
export type ShellOrganisation = { id: string; name: string; applications: readonly ShellApplication[] };

export type ShellProps = {
  organisations: readonly ShellOrganisation[];
  current: { organisationId: string; applicationId: string };
  /** `role` is shown as it is: already in the reader's language. */
  member: { name: string; email: string; role: string };
  /** What the member may do here: entries that are of no use are left out. */
  privileges: readonly Privilege[];
  switchApplication: (applicationId: string) => Promise<void>;
  signOut: () => Promise<void>;
  setLocale: (locale: Locale) => Promise<void>;
  children: ReactNode;
};
