import { Compass } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { Actor } from "@/domain/actor";

const STEPS = [
  { key: "redeem", href: "/imports/new", privilege: "write:sessions" },
  { key: "partner", href: "/partners", privilege: "read:partners" },
  { key: "integrate", href: "/developers/integrate", privilege: "read:sessions" },
] as const;

/** What to do first in an application in which nothing has happened. */
export async function FirstSteps({ actor }: { actor: Actor }) {
  const t = await getTranslations("overview.first");
  return (
    <Card>
      <EmptyState icon={<Compass />} title={t("title")} description={t("description")} />
      <ol className="grid gap-px overflow-hidden rounded-b-lg border-border border-t bg-border md:grid-cols-3">
        {STEPS.filter(({ privilege }) => actor.privileges.has(privilege)).map(({ key, href }) => (
          <li key={key} className="flex flex-col items-start gap-2 bg-surface p-4">
            <h2 className="font-medium text-base">{t(`${key}.title`)}</h2>
            <p className="grow text-muted text-sm">{t(`${key}.text`)}</p>
            <Button asChild>
              <Link href={href}>{t(`${key}.action`)}</Link>
            </Button>
          </li>
        ))}
      </ol>
    </Card>
  );
}
