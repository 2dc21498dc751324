import { ScrollText } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";
import { Button } from "@/components/ui/button";
import { Page, PageHeader } from "@/components/ui/page-header";
import { TabLinks } from "@/components/ui/tabs";
import type { Actor } from "@/domain/actor";
import { ClientMessages } from "@/i18n/client-messages";
import type { ListItem } from "../load";
import { ListTypeBadge, OnMatchBadge, useListName } from "../words";
import { ListActions } from "./list-actions";

/** A list's heading, what can be done with it, and its two sides: what is on it, and where that was met. */
export function ListFrame({
  actor,
  list,
  tab,
  children,
}: {
  actor: Actor;
  list: ListItem;
  tab: "entries" | "hits";
  children: ReactNode;
}) {
  const t = useTranslations("lists");
  const name = useListName(list);
  return (
    <ClientMessages only={["lists"]}>
      <Page>
        <PageHeader
          breadcrumbs={<Breadcrumbs items={[{ label: t("title"), href: "/lists" }, { label: <bdi>{name}</bdi> }]} />}
          title={<bdi>{name}</bdi>}
          description={list.isSystem ? t(`systemText.${list.entryType}`) : list.description}
          meta={
            <>
              <ListTypeBadge type={list.listType} isSystem={list.isSystem} />
              <span>{t("holds", { type: t(`entryType.${list.entryType}`) })}</span>
              <span className="inline-flex items-center gap-1.5">
                {t("column.onMatch")}: <OnMatchBadge onMatch={list.onMatch} />
              </span>
            </>
          }
          actions={
            <>
              {actor.privileges.has("read:audit") && (
                <Button asChild variant="ghost">
                  <Link href={`/audit?subject=${list.id}`}>
                    <ScrollText aria-hidden />
                    {t("trail")}
                  </Link>
                </Button>
              )}
              {actor.privileges.has("write:lists") && <ListActions list={list} applicationId={actor.applicationId} />}
            </>
          }
        />
        <div className="mb-4">
          <TabLinks
            label={name}
            items={[
              { href: `/lists/${list.id}`, label: t("tab.entries"), current: tab === "entries", count: list.entries },
              { href: `/lists/${list.id}/hits`, label: t("tab.hits"), current: tab === "hits" },
            ]}
          />
        </div>
        {children}
      </Page>
    </ClientMessages>
  );
}
