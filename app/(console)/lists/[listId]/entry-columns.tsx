"use client";

import Link from "next/link";
import type { useTranslations } from "next-intl";
import type { DataTableColumn } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import type { EntryType } from "@/domain/lists/rules";
import { entityHref } from "../../entities/href";
import type { EntryItem } from "../load";
import { EntryValue } from "./entry-value";
import { RemoveEntry } from "./remove-entry";

const linkClasses =
  "rounded-sm underline decoration-border-strong underline-offset-4 hover:text-accent hover:decoration-current";

export function entryColumns({
  t,
  listId,
  entryType,
  isSystem,
  applicationId,
  mayWrite,
}: {
  t: ReturnType<typeof useTranslations<"lists">>;
  listId: string;
  entryType: EntryType;
  isSystem: boolean;
  applicationId: string;
  mayWrite: boolean;
}): DataTableColumn<EntryItem>[] {
  const dash = (
    <span aria-hidden className="text-muted">
      —
    </span>
  );
  return [
    {
      id: "value",
      header: t(`entryType.${entryType}`),
      minSize: 200,
      meta: { grow: true, card: "title" },
      cell: ({ row: { original } }) => {
        const value = <EntryValue entryType={entryType} entry={original} />;
        return original.objectId && (entryType === "user" || entryType === "business") ? (
          <Link href={entityHref(entryType, original.objectId)} prefetch={false} className={linkClasses}>
            {value}
          </Link>
        ) : (
          value
        );
      },
    },
    {
      id: "label",
      header: t("entries.label"),
      size: 170,
      cell: ({ row: { original } }) => (original.label ? <bdi title={original.label}>{original.label}</bdi> : dash),
    },
    {
      id: "comment",
      header: t("entries.comment"),
      size: 220,
      meta: { wrap: true },
      cell: ({ row: { original } }) =>
        original.comment ? (
          <bdi title={original.comment} className="line-clamp-2 break-words">
            {original.comment}
          </bdi>
        ) : (
          dash
        ),
    },
    {
      id: "from",
      header: t("entries.from"),
      size: 104,
      cell: ({ row: { original } }) =>
        original.session ? (
          <Link href={`/sessions/${original.session.id}`} prefetch={false} className={linkClasses}>
            {t("entries.session", { number: String(original.session.number) })}
          </Link>
        ) : (
          <span className="text-muted">{t("entries.byHand")}</span>
        ),
    },
    {
      id: "added",
      header: t("entries.added"),
      size: 190,
      meta: { room: "widest" },
      cell: ({ row: { original } }) =>
        original.addedBy.kind === "system"
          ? t("entries.bySystem")
          : original.addedBy.kind === "api_key"
            ? t("entries.byKey", { name: original.addedBy.label })
            : original.addedBy.label,
    },
    {
      id: "at",
      header: t("entries.at"),
      size: 120,
      cell: ({ row }) => <RelativeTime value={row.original.createdAt} />,
    },
    {
      id: "hits",
      header: t("entries.hits"),
      size: 84,
      meta: { align: "right" },
      cell: ({ row: { original } }) =>
        original.hits === 0 ? (
          <span className="text-muted">0</span>
        ) : (
          <Link
            href={`/lists/${listId}/hits?entry=${original.id}`}
            prefetch={false}
            aria-label={t("entries.hitsOf", { count: original.hits })}
            className={linkClasses}
          >
            {original.hitsCapped ? t("entries.capped", { count: original.hits }) : original.hits}
          </Link>
        ),
    },
    ...(mayWrite
      ? [
          {
            id: "actions",
            header: t("entries.actions"),
            size: 56,
            meta: { hideHeader: true, align: "right", card: "corner" },
            cell: ({ row }: { row: { original: EntryItem } }) => (
              <RemoveEntry
                listId={listId}
                entry={row.original}
                applicationId={applicationId}
                unblocks={isSystem && (entryType === "user" || entryType === "business") ? entryType : null}
              />
            ),
          } satisfies DataTableColumn<EntryItem>,
        ]
      : []),
  ];
}
