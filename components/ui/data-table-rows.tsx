"use client";

import { type Cell, flexRender, type Header, type Row } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import { Checkbox } from "./checkbox";
import { Skeleton } from "./skeleton";

export type Sort = { id: string; direction: "asc" | "desc" };

// In a narrow container each row becomes a card: a grid of label and value, the title cell on top.
const CARD_ROW =
  "group/row @max-2xl:cards:relative @max-2xl:cards:flex @max-2xl:cards:flex-col @max-2xl:cards:gap-1 @max-2xl:cards:border-b @max-2xl:cards:py-3 @max-2xl:cards:last:border-b-0";

// Rows of a table with separated borders have none of their own; a header that sticks needs them separated.
const CELL_LINE = "border-b group-last/row:border-b-0 @max-2xl:cards:border-b-0";

/** Containers, not screens: a sidebar takes room, too. */
export function roomClasses(room: "wide" | "widest" | undefined): string | undefined {
  return room && (room === "wide" ? "@max-[70rem]:hidden" : "@max-[78rem]:hidden");
}

export function HeaderCell<T>({
  header,
  sort,
  onSortChange,
}: {
  header: Header<T, unknown>;
  sort: Sort | null | undefined;
  onSortChange: ((sort: Sort) => void) | undefined;
}) {
  const t = useTranslations("common");
  const { columnDef, id } = header.column;
  const meta = columnDef.meta;
  const label = flexRender(columnDef.header, header.getContext());
  const sortable = Boolean(onSortChange && columnDef.enableSorting);
  const direction = sort?.id === id ? sort.direction : undefined;
  const Arrow = direction === "asc" ? ArrowUp : direction === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      scope="col"
      aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined}
      className={cn(
        "h-9 truncate border-b px-3 text-left font-medium text-muted text-xs",
        meta?.align === "right" && "text-right",
        meta?.align === "center" && "text-center",
        "first:rounded-tl-lg last:rounded-tr-lg @max-2xl:cards:sr-only",
        roomClasses(meta?.room),
      )}
    >
      {sortable ? (
        <button
          type="button"
          title={t("table.sortBy", { column: meta?.label ?? id })}
          onClick={() => onSortChange?.({ id, direction: direction === "desc" ? "asc" : "desc" })}
          className={cn(
            "-mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded-sm px-1 font-medium hover:text-foreground",
            direction && "text-foreground",
          )}
        >
          <span className="truncate">{label}</span>
          <Arrow aria-hidden className={cn("size-3.5 shrink-0", !direction && "opacity-60")} />
        </button>
      ) : meta?.hideHeader ? (
        <span className="sr-only">{label}</span>
      ) : (
        label
      )}
    </th>
  );
}

function BodyCell<T>({ cell, href }: { cell: Cell<T, unknown>; href: string | undefined }) {
  const { columnDef } = cell.column;
  const meta = columnDef.meta;
  const card = meta?.card ?? "row";
  // Called, not mounted: as a component it would be another one whenever the columns are made anew, and the dialog that was
  // opened from a row would close over what it shows only once.
  const content = typeof columnDef.cell === "function" ? columnDef.cell(cell.getContext()) : columnDef.cell;
  // A card has no row of cells to keep: actions that a row does not have leave no label behind.
  const nothing = card === "row" && meta?.hideHeader === true && (content === null || content === false);
  return (
    <td
      className={cn(
        CELL_LINE,
        "h-10 px-3 py-1.5 align-middle",
        !meta?.wrap && "truncate",
        meta?.align === "right" && "text-right tabular-nums",
        meta?.align === "center" && "text-center",
        "@max-2xl:cards:h-auto @max-2xl:cards:min-w-0 @max-2xl:cards:py-0 @max-2xl:cards:text-left",
        card === "row" &&
          "@max-2xl:cards:grid @max-2xl:cards:min-h-6 @max-2xl:cards:grid-cols-[minmax(6rem,34%)_minmax(0,1fr)] @max-2xl:cards:items-center @max-2xl:cards:gap-3",
        card === "title" &&
          "@max-2xl:cards:order-first @max-2xl:cards:block @max-2xl:cards:pr-14 @max-2xl:cards:font-medium",
        card === "corner" &&
          "@max-2xl:cards:absolute @max-2xl:cards:top-2.75 @max-2xl:cards:right-0 @max-2xl:cards:block",
        (card === "hidden" || nothing) && "@max-2xl:cards:hidden",
        roomClasses(meta?.room),
      )}
    >
      {card === "row" && (
        <span aria-hidden className="@max-2xl:cards:block hidden whitespace-normal break-words text-muted text-xs">
          {flexRender(columnDef.header, cell.getContext() as never)}
        </span>
      )}
      <div
        className={cn(
          "min-w-0",
          !meta?.wrap && "truncate",
          card === "row" && "@max-2xl:cards:whitespace-normal @max-2xl:cards:wrap-anywhere",
        )}
      >
        {href && card === "title" ? (
          <Link
            href={href}
            prefetch={false}
            data-row-link
            className="rounded-sm font-medium text-foreground hover:text-accent hover:underline"
          >
            {content}
          </Link>
        ) : (
          content
        )}
      </div>
    </td>
  );
}

export function BodyRow<T>({
  row,
  href,
  name,
  openable,
  selection,
}: {
  row: Row<T>;
  href: string | undefined;
  name: string;
  openable: boolean;
  selection:
    | { checked: boolean; disabled: boolean; onPress: (shift: boolean) => void; onChange: (checked: boolean) => void }
    | undefined;
}) {
  const t = useTranslations("common");
  return (
    <tr
      data-row-id={row.id}
      data-selected={selection?.checked || undefined}
      className={cn(
        "transition-colors data-selected:bg-accent-bg",
        openable && "cursor-pointer hover:bg-subtle data-selected:hover:bg-accent-bg",
        CARD_ROW,
        selection && "@max-2xl:cards:pl-10",
      )}
    >
      {selection && (
        <td
          className={cn(
            CELL_LINE,
            "@max-2xl:cards:absolute @max-2xl:cards:top-3.5 @max-2xl:cards:left-0 select-none pr-0 pl-3 align-middle",
          )}
        >
          <div className="flex">
            <Checkbox
              data-row-check
              aria-label={t("table.selectRow", { label: name })}
              checked={selection.checked}
              disabled={selection.disabled}
              onClick={(event) => selection.onPress(event.shiftKey)}
              onCheckedChange={(checked) => selection.onChange(checked === true)}
            />
          </div>
        </td>
      )}
      {row.getVisibleCells().map((cell) => (
        <BodyCell key={cell.id} cell={cell} href={href} />
      ))}
    </tr>
  );
}

export function SkeletonRows({
  rows,
  columns,
}: {
  rows: number;
  columns: readonly { key: string; wide: boolean; className?: string | undefined }[];
}) {
  return Array.from({ length: rows }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows are identical and never reorder
    <tr key={index} aria-hidden className={CARD_ROW}>
      {columns.map((column) => (
        <td key={column.key} className={cn(CELL_LINE, "@max-2xl:cards:h-6 h-10 px-3", column.className)}>
          <Skeleton className={cn("h-3.5", column.wide ? "w-3/5" : "w-2/3 max-w-24")} />
        </td>
      ))}
    </tr>
  ));
}
