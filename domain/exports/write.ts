import { csvRow } from "../csv";
import type { ExportFormat } from "./rules";

export type Cell = string | number | boolean | null | string[];

/**
 * One piece of the file. A CSV begins with its header, a JSON is an array of objects with the columns as names; the pieces in
 * a row are the whole file.
 */
export function pieceOf(
  format: ExportFormat,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  place: { isFirst: boolean; isLast: boolean },
): string {
  if (format === "csv") {
    const lines = rows.map((row) => csvRow(row.map((cell) => (Array.isArray(cell) ? cell.join("; ") : cell))));
    return (place.isFirst ? csvRow(columns) : "") + lines.join("");
  }
  const objects = rows.map((row) =>
    JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))),
  );
  const begin = place.isFirst ? "[" : objects.length > 0 ? ",\n" : "";
  return begin + objects.join(",\n") + (place.isLast ? "]\n" : "");
}
