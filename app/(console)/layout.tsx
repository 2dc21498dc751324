// Names come in every script, and not every machine has a face for theirs. A file is fetched only for signs that a page shows.
import "@fontsource-variable/noto-sans-arabic/index.css";
import "@fontsource-variable/noto-sans-sc/index.css";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { organisationsOf } from "@/domain/access/console";
import { ClientMessages } from "@/i18n/client-messages";
import { requireSession } from "@/lib/auth";
import { setLocaleAction } from "../sign-in/locale";
import { signOutAction, switchApplicationAction } from "./actions";
import { ExportWatch } from "./exports/export-watch";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { member, actor, role } = await requireSession();
  if (!actor || !role) redirect("/no-application");
  const [organisations, t] = await Promise.all([organisationsOf(member.id), getTranslations("shell")]);
  return (
    <Shell
      organisations={organisations}
      current={{ organisationId: actor.organisationId, applicationId: actor.applicationId }}
      member={{ name: member.name, email: member.email, role: t(`roles.${role}`) }}
      privileges={[...actor.privileges]}
      switchApplication={switchApplicationAction}
      signOut={signOutAction}
      setLocale={setLocaleAction}
    >
      {children}
      <ClientMessages only={["exports"]}>
        <ExportWatch key={actor.applicationId} applicationId={actor.applicationId} />
      </ClientMessages>
    </Shell>
  );
}
