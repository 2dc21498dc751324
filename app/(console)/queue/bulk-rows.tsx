"use client";

import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { CaseChanges } from "@/domain/cases/change";
import type { ReviewedMany } from "@/domain/sessions/review-many";
import type { QueueItem } from "./load";

export type BulkRow = {
  sessionId: string;
  number: number | null;
  outcome: "does" | "same" | "cannot";
  /** Why not. */
  code: string | null;
  heldBy: string | null;
};

export const ofChanges = ({ rows }: CaseChanges): BulkRow[] =>
  rows.map((row) => ({
    sessionId: row.sessionId,
    number: row.sessionNumber,
    outcome: row.outcome === "changed" ? "does" : row.outcome === "unchanged" ? "same" : "cannot",
    code: row.outcome === "not_found" || row.outcome === "not_in_review" ? row.outcome : null,
    heldBy: row.heldBy,
  }));

export const ofReviews = ({ rows }: ReviewedMany): BulkRow[] =>
  rows.map((row) => ({
    sessionId: row.sessionId,
    number: row.sessionNumber,
    outcome: row.outcome === "decided" ? "does" : row.outcome === "unchanged" ? "same" : "cannot",
    code: row.code,
    heldBy: row.heldBy,
  }));

const TONES: Record<BulkRow["outcome"], Tone> = { does: "success", same: "neutral", cannot: "danger" };
const CODES = [
  "not_found",
  "not_in_review",
  "stale_version",
  "transition_not_allowed",
  "invalid_input",
  "rate_limited",
];

/** One line for each: what will happen to it, or what has. */
export function BulkRows({
  rows,
  items,
  done,
}: {
  rows: readonly BulkRow[];
  items: ReadonlyMap<string, QueueItem>;
  done: boolean;
}) {
  const t = useTranslations("queue.bulk");
  const tQueue = useTranslations("queue");
  const when = done ? "done" : "will";
  return (
    <Table label={t(done ? "results" : "preview")}>
      <TableHead>
        <TableRow>
          <TableHeader>{tQueue("column.number")}</TableHeader>
          <TableHeader>{tQueue("column.name")}</TableHeader>
          <TableHeader>{t(done ? "happened" : "happens")}</TableHeader>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => {
          const item = items.get(row.sessionId);
          const why = row.code && (CODES.includes(row.code) ? t(`code.${row.code as "not_found"}`) : t("code.other"));
          return (
            <TableRow key={row.sessionId}>
              <TableCell className="text-muted tabular-nums">#{row.number ?? item?.number}</TableCell>
              <TableCell>
                <bdi className="wrap-anywhere">{item?.name ?? tQueue("unnamed")}</bdi>
              </TableCell>
              <TableCell>
                <Badge tone={TONES[row.outcome]}>{t(`${when}.${row.outcome}`)}</Badge>
                {(why || (row.heldBy && row.outcome === "does")) && (
                  <span className="mt-0.5 block text-muted text-xs">
                    {why ?? t("heldBy", { who: row.heldBy ?? "" })}
                  </span>
                )}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
