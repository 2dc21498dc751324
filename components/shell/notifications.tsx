"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { AtSign, Bell, Inbox } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Notification } from "@/domain/notifications/read";
import { cn } from "@/lib/cn";
import { readList } from "@/lib/use-fresh-list";
import { readNotificationsAction } from "./notification-actions";

const REFRESH_EVERY_MS = 30_000;
const MOST_SHOWN = 99;

type Told = { unread: number; items: (Omit<Notification, "createdAt"> & { createdAt: string })[] };

/** The bell: what colleagues have said or given to one, in this application. */
export function Notifications({ applicationId }: { applicationId: string }) {
  const t = useTranslations("shell.notifications");
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const key = ["notifications", applicationId];
  const { data, isError } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => readList<Told>("notifications", applicationId, "", signal),
    refetchInterval: REFRESH_EVERY_MS,
    refetchOnWindowFocus: "always",
  });
  const unread = data?.unread ?? 0;

  async function seen(ids?: string[]) {
    // A bell that keeps its number a moment longer is no harm; the next look puts it right.
    await readNotificationsAction({ ids }).catch(() => null);
    await client.invalidateQueries({ queryKey: key });
  }

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          type="button"
          aria-label={t("open", { count: unread })}
          className="relative grid size-9 place-items-center rounded-md text-muted hover:bg-hover hover:text-foreground"
        >
          <Bell aria-hidden className="size-4.5" />
          {unread > 0 && (
            <span
              aria-hidden
              className="absolute top-0.5 right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent-solid px-1 font-medium text-2xs text-accent-solid-fg tabular-nums"
            >
              {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
            </span>
          )}
        </button>
      </PopoverTrigger>
      <PopoverContent label={t("title")} align="end" className="w-88 p-0">
        <div className="flex min-h-11 items-center justify-between gap-3 border-border border-b px-3 py-1.5">
          <h2 className="font-semibold">{t("title")}</h2>
          {unread > 0 && (
            <Button size="sm" variant="ghost" onClick={() => void seen()}>
              {t("readAll")}
            </Button>
          )}
        </div>
        {data && data.items.length > 0 ? (
          <ul className="max-h-96 divide-y divide-border overflow-y-auto">
            {data.items.map((one) => (
              <li key={one.id}>
                <Link
                  href={one.sessionId ? `/sessions/${one.sessionId}` : "/queue?assignee=me"}
                  prefetch={false}
                  onClick={() => {
                    setOpen(false);
                    if (!one.isRead) void seen([one.id]);
                  }}
                  className="-outline-offset-2 flex items-start gap-2.5 px-3 py-2.5 hover:bg-hover"
                >
                  <span className="mt-0.5 text-muted [&_svg]:size-4">
                    {one.kind === "mention" ? <AtSign aria-hidden /> : <Inbox aria-hidden />}
                  </span>
                  <span className="min-w-0 flex-1">
                    <span className={cn("block break-words", !one.isRead && "font-medium")}>
                      {!one.isRead && <span className="sr-only">{t("unread")} </span>}
                      {t(one.sessionId ? one.kind : "assignments", {
                        by: one.byLabel,
                        number: String(one.sessionNumber ?? ""),
                        count: one.count,
                      })}
                    </span>
                    <span className="text-muted text-xs">
                      <RelativeTime value={one.createdAt} />
                    </span>
                  </span>
                  {!one.isRead && <span aria-hidden className="mt-1.5 size-2 shrink-0 rounded-full bg-accent-solid" />}
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <p className="px-3 py-6 text-center text-muted">{t(isError && !data ? "failed" : "none")}</p>
        )}
      </PopoverContent>
    </Popover>
  );
}
