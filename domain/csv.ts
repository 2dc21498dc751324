/**
 * One record of a CSV (RFC 4180), ended by CRLF. A cell that a spreadsheet would take for a formula, because it begins with
 * `=`, `+`, `-`, `@`, a tab or a carriage return, is given an apostrophe in front, which spreadsheets show as text.
 */
export const csvRow = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map(cellOf).join(",")}\r\n`;

function cellOf(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
