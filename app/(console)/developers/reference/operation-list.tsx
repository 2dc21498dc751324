"use client";

import { Search } from "lucide-react";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EagerLink } from "@/components/ui/eager-link";
import { Input } from "@/components/ui/input";
import { cn } from "@/lib/cn";
import { MethodBadge } from "../method-badge";

interface Listed {
  operationId: string;
  method: string;
  path: string;
  summary: string;
}

/** Every operation by its subject. On narrow screens it is the page before the one of an operation. */
export function OperationList({ groups }: { groups: readonly { name: string; operations: readonly Listed[] }[] }) {
  const t = useTranslations("developers.reference");
  const { operationId } = useParams<{ operationId?: string }>();
  const [search, setSearch] = useState("");
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = groups
    .map(({ name, operations }) => ({
      name,
      operations: operations.filter((one) => {
        const text = `${name} ${one.method} ${one.path} ${one.summary} ${one.operationId}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ operations }) => operations.length > 0);
  const count = found.reduce((sum, { operations }) => sum + operations.length, 0);

  return (
    <nav
      aria-label={t("list")}
      className={cn(
        "flex min-w-0 flex-col gap-3 lg:sticky lg:top-[calc(var(--topbar)+1rem)] lg:max-h-[calc(100dvh-var(--topbar)-2rem)]",
        operationId && "max-lg:hidden",
      )}
    >
      <search className="flex flex-col gap-1 p-0.5">
        <Input
          type="search"
          aria-label={t("search")}
          placeholder={t("searchPlaceholder")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          prefix={<Search aria-hidden />}
        />
        <p aria-live="polite" className="text-muted text-xs">
          {t("found", { count })}
        </p>
      </search>
      <div className="flex min-w-0 flex-col gap-4 lg:overflow-y-auto lg:pr-1 lg:pb-4">
        {found.map(({ name, operations }) => (
          <section key={name} aria-label={name}>
            <h2 lang="en" className="mb-1 px-2 font-semibold text-muted text-xs">
              {name}
            </h2>
            <ul className="flex flex-col gap-px">
              {operations.map((one) => {
                const current = one.operationId === operationId;
                return (
                  <li key={one.operationId}>
                    <EagerLink
                      href={`/developers/reference/${one.operationId}`}
                      aria-current={current ? "page" : undefined}
                      className={cn(
                        "-outline-offset-2 flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm",
                        current ? "bg-sidebar-active font-medium text-sidebar-active-fg" : "hover:bg-hover",
                      )}
                    >
                      <span className="w-16 shrink-0">
                        <MethodBadge method={one.method} />
                      </span>
                      <span lang="en" className="min-w-0 break-words">
                        {one.summary}
                      </span>
                    </EagerLink>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}
