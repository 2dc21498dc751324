"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";

/** Headers as they were sent or came back. */
export function HeaderTable({ label, headers }: { label: string; headers: Record<string, string> }) {
  const t = useTranslations("webhooks.attempt");
  // The database keeps no order of keys.
  const lines = Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border border-border">
      <figcaption className="flex h-8 items-center justify-between gap-2 border-border border-b bg-subtle pr-0.5 pl-3 font-medium text-muted text-xs">
        <span>{label}</span>
        <CopyButton text={lines.map(([name, value]) => `${name}: ${value}`).join("\n")} label={label} />
      </figcaption>
      <table aria-label={label} className="w-full table-fixed text-xs max-sm:block">
        <colgroup className="max-sm:hidden">
          <col className="w-60" />
          <col />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("header")}</th>
            <th scope="col">{t("value")}</th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {lines.map(([name, value]) => (
            <tr key={name} className="border-border border-b align-baseline last:border-b-0 max-sm:block max-sm:py-1">
              <th
                scope="row"
                className="py-1 pl-3 text-left font-medium font-mono text-muted max-sm:block max-sm:py-0 max-sm:pr-3"
              >
                {name}
              </th>
              <td className="break-all px-3 py-1 font-mono max-sm:block max-sm:py-0">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
