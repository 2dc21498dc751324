"use client";

import { type ColumnDef, getCoreRowModel, type RowData, useReactTable } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import { type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from "react";
import { cn } from "@/lib/cn";
import { Checkbox } from "./checkbox";
import { BodyRow, HeaderCell, roomClasses, SkeletonRows, type Sort } from "./data-table-rows";
import { EmptyState } from "./empty-state";
import { useFits } from "./use-fits";
import { useRowSelection } from "./use-row-selection";

declare module "@tanstack/react-table" {
  interface ColumnMeta<TData extends RowData, TValue> {
    align?: "left" | "right" | "center";
    /** Takes the width that the other columns leave; minSize keeps it readable. */
    grow?: boolean;
    /** Lets the text run over several lines; otherwise it is cut with an ellipsis. */
    wrap?: boolean;
    /** Where the cell goes when rows become cards. `title` is also the cell that carries the row's link. */
    card?: "title" | "row" | "corner" | "hidden";
    /** Left out where the table has less room than this, so that the others stay readable. */
    room?: "wide" | "widest";
    /** The header is for screen readers only, as above a column of buttons. */
    hideHeader?: boolean;
    /** Plain-text name of the column where the header is not a string. */
    label?: string;
  }
}

// The value type differs per column, so a list of columns can only be typed loosely.
// biome-ignore lint/suspicious/noExplicitAny: TanStack's own recommendation for a mixed list
export type DataTableColumn<T> = ColumnDef<T, any>;
export type { Sort } from "./data-table-rows";

type DataTableProps<T> = {
  label: string;
  columns: DataTableColumn<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** What a row is called: "Select {name}". */
  rowName?: (row: T) => string;
  rowHref?: (row: T) => string | undefined;
  onRowOpen?: (row: T) => void;
  selected?: ReadonlySet<string>;
  onSelectedChange?: (selected: Set<string>) => void;
  canSelect?: (row: T) => boolean;
  sort?: Sort | null;
  onSortChange?: (sort: Sort) => void;
  loading?: boolean;
  skeletonRows?: number;
  empty?: ReactNode;
  /** In a narrow container: rows become cards, or the table scrolls sideways. */
  narrow?: "cards" | "scroll";
  className?: string;
};

const INTERACTIVE = "a,button,input,select,textarea,label,[role=menuitem],[role=checkbox]";

/**
 * Dense list with a sticky header and fixed column widths. Arrow keys (or j, k) move between rows, x selects,
 * Shift extends the selection, Enter opens.
 */
export function DataTable<T>({
  label,
  columns,
  rows,
  rowId,
  rowName,
  rowHref,
  onRowOpen,
  selected,
  onSelectedChange,
  canSelect,
  sort,
  onSortChange,
  loading = false,
  skeletonRows = 8,
  empty,
  narrow = "cards",
  className,
}: DataTableProps<T>) {
  const t = useTranslations("common");
  const frame = useRef<HTMLDivElement>(null);
  const table = useReactTable({
    data: rows as T[],
    columns,
    getCoreRowModel: getCoreRowModel(),
    getRowId: rowId,
    manualSorting: true,
    defaultColumn: { size: 140, minSize: 0, enableSorting: false },
  });
  const model = table.getRowModel().rows;
  const selectable = model.filter((row) => canSelect?.(row.original) ?? true).map((row) => row.id);
  const selection = useRowSelection({ ids: selectable, selected, onSelectedChange });

  const leaves = table.getVisibleLeafColumns();
  const width = leaves.reduce(
    (sum, { columnDef, getSize }) =>
      columnDef.meta?.room ? sum : sum + (columnDef.meta?.grow ? columnDef.minSize || 160 : getSize()),
    selection ? 40 : 0,
  );
  const fits = useFits(frame, width);

  function open(event: MouseEvent<HTMLTableSectionElement>) {
    const target = event.target as HTMLElement;
    const line = target.closest<HTMLElement>("tr[data-row-id]");
    if (!line || target.closest(INTERACTIVE) || window.getSelection()?.toString()) return;
    const link = line.querySelector<HTMLAnchorElement>("a[data-row-link]");
    if (link && (event.metaKey || event.ctrlKey)) window.open(link.href, "_blank", "noopener");
    else if (link) link.click();
    else {
      const row = model.find((entry) => entry.id === line.dataset.rowId);
      if (row) onRowOpen?.(row.original);
    }
  }

  function move(event: KeyboardEvent<HTMLTableSectionElement>) {
    const target = event.target as HTMLElement;
    const line = target.closest<HTMLElement>("tr[data-row-id]");
    if (!line || target.closest("input,textarea,select,[role=menu]") || event.metaKey || event.ctrlKey || event.altKey)
      return;
    const id = line.dataset.rowId ?? "";
    if (event.key === "x" && selection && selectable.includes(id)) {
      event.preventDefault();
      return selection.toggle(id, !selection.has(id), event.shiftKey);
    }
    const step = ["ArrowDown", "j", "J"].includes(event.key) ? 1 : ["ArrowUp", "k", "K"].includes(event.key) ? -1 : 0;
    if (step === 0) return;
    const lines = [...event.currentTarget.querySelectorAll<HTMLElement>("tr[data-row-id]")];
    const next = lines[lines.indexOf(line) + step];
    // The link before the checkbox, which comes first in the row: Enter opens what one has moved to.
    const slots = target.closest("[data-row-check]")
      ? ["[data-row-check]"]
      : ["[data-row-link]", "[data-row-check]", "button"];
    const focus = slots.map((slot) => next?.querySelector<HTMLElement>(slot)).find(Boolean);
    if (!next || !focus) return;
    event.preventDefault();
    focus.focus();
    next.scrollIntoView({ block: "nearest" });
    if (event.shiftKey && selection) {
      selection.toggle(id, true, false);
      selection.toggle(next.dataset.rowId ?? "", true, true);
    }
  }

  return (
    <div ref={frame} className={cn("@container min-w-0 rounded-lg border border-border bg-surface", className)}>
      <div
        data-narrow={narrow}
        className={cn("relative rounded-[inherit]", fits ? "overflow-visible" : "overflow-x-auto")}
        {...(!fits ? { role: "region", "aria-label": label, tabIndex: 0 } : {})}
      >
        <table
          aria-label={label}
          aria-busy={loading || undefined}
          className="@max-2xl:cards:block w-full min-w-(--table-width) @max-2xl:cards:min-w-0 table-fixed border-separate border-spacing-0 text-sm"
          style={{ "--table-width": `${width}px` } as CSSProperties}
        >
          <colgroup>
            {selection && <col style={{ width: 40 }} />}
            {leaves.map((column) => (
              <col
                key={column.id}
                className={roomClasses(column.columnDef.meta?.room)}
                style={column.columnDef.meta?.grow ? undefined : { width: column.getSize() }}
              />
            ))}
          </colgroup>
          <thead
            className={cn(
              "@max-2xl:cards:block [&_th]:bg-surface",
              fits && "[&_th]:sticky [&_th]:top-(--table-top,var(--topbar)) [&_th]:z-10",
            )}
          >
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} className="@max-2xl:cards:relative @max-2xl:cards:block">
                {selection && (
                  <th scope="col" className="@max-2xl:cards:block h-9 rounded-tl-lg border-b pr-0 pl-3 text-left">
                    <div className="flex h-full items-center gap-3">
                      <Checkbox
                        aria-label={t("table.selectAll")}
                        checked={selection.all ? true : selection.some ? "indeterminate" : false}
                        disabled={loading || selectable.length === 0}
                        onCheckedChange={(checked) => selection.toggleAll(checked === true)}
                      />
                      <span aria-hidden className="@max-2xl:cards:inline hidden font-normal text-muted text-xs">
                        {t("table.selectAll")}
                      </span>
                    </div>
                  </th>
                )}
                {group.headers.map((header) => (
                  <HeaderCell key={header.id} header={header} sort={sort} onSortChange={onSortChange} />
                ))}
              </tr>
            ))}
          </thead>
          <tbody className="@max-2xl:cards:block" onClick={open} onKeyDown={move}>
            {loading ? (
              <SkeletonRows
                rows={skeletonRows}
                columns={[
                  ...(selection ? [{ key: "select", wide: false }] : []),
                  ...leaves.map(({ id, columnDef: { meta } }) => ({
                    key: id,
                    wide: Boolean(meta?.grow),
                    className: roomClasses(meta?.room),
                  })),
                ]}
              />
            ) : (
              model.map((row) => (
                <BodyRow
                  key={row.id}
                  row={row}
                  href={rowHref?.(row.original)}
                  name={rowName?.(row.original) ?? row.id}
                  openable={Boolean(rowHref || onRowOpen)}
                  selection={
                    selection && {
                      checked: selection.has(row.id),
                      disabled: !selectable.includes(row.id),
                      onPress: selection.press,
                      onChange: (checked) => selection.toggle(row.id, checked),
                    }
                  }
                />
              ))
            )}
          </tbody>
        </table>
        {!loading && model.length === 0 && (empty ?? <EmptyState title={t("empty")} />)}
      </div>
    </div>
  );
}
