import { Lock } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page-header";
import { type Privilege, privilegesOf, ROLES } from "@/domain/access/rules";

/** Instead of a page that the reader's role does not open: says whose roles do. */
export function NoAccess({ privilege }: { privilege: Privilege }) {
  const t = useTranslations("errors.noAccess");
  const roleName = useTranslations("shell.roles");
  const format = useFormatter();
  const roles = ROLES.filter((role) => privilegesOf(role).includes(privilege)).map((role) => roleName(role));
  return (
    <Page width="narrow">
      <div className="flex flex-col items-start py-10">
        <span
          aria-hidden
          className="mb-4 grid size-10 place-items-center rounded-lg border border-border bg-subtle text-muted"
        >
          <Lock className="size-5" />
        </span>
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        <p className="mt-1 max-w-prose text-muted text-sm">{t("body", { roles: format.list(roles) })}</p>
        <Button asChild className="mt-5">
          <Link href="/sessions">{t("back")}</Link>
        </Button>
      </div>
    </Page>
  );
}
