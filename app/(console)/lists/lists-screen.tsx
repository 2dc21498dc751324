"use client";

import { X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { StaleNotice } from "@/components/ui/stale-notice";
import { ENTRY_TYPES, type EntryType, LIST_TYPES, type ListType } from "@/domain/lists/rules";
import { formatNumber } from "@/lib/format";
import { type Rendered, useFreshList } from "@/lib/use-fresh-list";
import type { ListItem } from "./load";
import { listsSearchParams } from "./search-params";
import { ListTypeBadge, listName, OnMatchBadge } from "./words";

const ANY = "any";

export function ListsScreen({ applicationId, rendered }: { applicationId: string; rendered: Rendered<ListItem[]> }) {
  const t = useTranslations("lists");
  const tCommon = useTranslations("common");
  const locale = useLocale();
  const [search, setSearch] = useQueryStates(listsSearchParams, { history: "push", scroll: false });
  const { answer, problem } = useFreshList("lists", applicationId, "", rendered);
  const rows = answer.filter(
    (list) => (!search.type || list.listType === search.type) && (!search.holds || list.entryType === search.holds),
  );
  const columns = useMemo<DataTableColumn<ListItem>[]>(
    () => [
      {
        id: "name",
        header: t("column.name"),
        minSize: 200,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => <bdi title={listName(original, t)}>{listName(original, t)}</bdi>,
      },
      {
        id: "type",
        header: t("column.type"),
        size: 165,
        cell: ({ row: { original } }) => <ListTypeBadge type={original.listType} isSystem={original.isSystem} />,
      },
      {
        id: "holds",
        header: t("column.holds"),
        size: 160,
        cell: ({ row }) => t(`entryType.${row.original.entryType}`),
      },
      {
        id: "onMatch",
        header: t("column.onMatch"),
        size: 150,
        cell: ({ row }) => <OnMatchBadge onMatch={row.original.onMatch} />,
      },
      {
        id: "entries",
        header: t("column.entries"),
        size: 90,
        meta: { align: "right" },
        cell: ({ row }) => formatNumber(row.original.entries, locale),
      },
      {
        id: "last",
        header: t("column.lastEntry"),
        size: 140,
        cell: ({ row: { original } }) =>
          original.lastEntryAt ? (
            <RelativeTime value={original.lastEntryAt} />
          ) : (
            <span className="text-muted">{t("never")}</span>
          ),
      },
    ],
    [t, locale],
  );
  const isFiltered = Boolean(search.type || search.holds);
  return (
    <>
      <search aria-label={t("filter.label")} className="mb-3 flex flex-wrap items-end gap-2">
        <Field label={t("column.type")} className="w-44 max-sm:w-full">
          <Select
            value={search.type ?? ANY}
            onValueChange={(type) => setSearch({ type: type === ANY ? null : (type as ListType) })}
            options={[
              { value: ANY, label: t("filter.anyType") },
              ...LIST_TYPES.map((type) => ({ value: type, label: t(`listType.${type}`) })),
            ]}
          />
        </Field>
        <Field label={t("column.holds")} className="w-56 max-sm:w-full">
          <Combobox
            clearable
            value={search.holds}
            onValueChange={(holds) => setSearch({ holds: holds as EntryType | null })}
            placeholder={t("filter.anyEntry")}
            options={ENTRY_TYPES.map((type) => ({ value: type, label: t(`entryType.${type}`) }))}
          />
        </Field>
        {isFiltered && (
          <Button variant="ghost" icon={<X aria-hidden />} onClick={() => setSearch(null)}>
            {tCommon("clearAll")}
          </Button>
        )}
      </search>
      {problem && <StaleNotice code={problem} />}
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => listName(row, t)}
        rowHref={(row) => `/lists/${row.id}`}
        empty={
          <EmptyState
            title={t("noMatch.title")}
            description={t("noMatch.description")}
            actions={<Button onClick={() => setSearch(null)}>{t("noMatch.clear")}</Button>}
          />
        }
      />
    </>
  );
}
