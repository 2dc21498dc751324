import { parse } from "csv-parse/sync";
import { type Failure, MAX_ROWS, type SourceFormat } from "./rules";

/** One row: its fields, or why it cannot be read. */
export type FileRow = { fields: Record<string, unknown> } | { problem: string };

export type ParsedFile = { ok: true; rows: FileRow[] } | { ok: false; failure: Failure };

/** Pure. A row that cannot be read is refused by itself; a file that cannot be read at all is refused as a whole. */
export function parseFile(bytes: Uint8Array, format: SourceFormat): ParsedFile {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, failure: "source_not_readable" };
  }
  const rows = format === "csv" ? csvRows(text) : ndjsonRows(text);
  if (!rows) return { ok: false, failure: "source_not_readable" };
  if (rows.length === 0) return { ok: false, failure: "no_rows" };
  if (rows.length > MAX_ROWS) return { ok: false, failure: "too_many_rows" };
  return { ok: true, rows };
}

function csvRows(text: string): FileRow[] | null {
  let table: string[][];
  try {
    table = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, trim: true }) as string[][];
  } catch {
    return null;
  }
  const [head, ...body] = table;
  const columns = (head ?? []).map((name) => name.toLowerCase().replace(/\s+/g, "_"));
  if (columns.length === 0 || new Set(columns).size !== columns.length || !columns.includes("status")) return null;
  return body.map((cells) =>
    cells.length === columns.length
      ? { fields: Object.fromEntries(columns.map((name, index) => [name, cells[index]])) }
      : { problem: `This row has ${cells.length} fields, the heading has ${columns.length}.` },
  );
}

function ndjsonRows(text: string): FileRow[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line): FileRow => {
      try {
        const value: unknown = JSON.parse(line);
        if (value !== null && typeof value === "object" && !Array.isArray(value))
          return { fields: value as Record<string, unknown> };
      } catch {
        // Named below, like everything else that is no object.
      }
      return { problem: "This line is not a JSON object." };
    });
}
