"use client";

import { useQuery } from "@tanstack/react-query";
import { Ban } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { Blockable } from "@/domain/lists/manage";
import { useAct } from "@/lib/use-act";
import { readList } from "@/lib/use-fresh-list";
import { blockAction } from "./actions";

type Row = { item: Blockable; value: string; listId: string; isBlocked: boolean };

/** Puts what the record shows on the system blocklists, or takes it off. */
export function BlockDialog({ sessionId, applicationId }: { sessionId: string; applicationId: string }) {
  const t = useTranslations("record.block");
  const tCommon = useTranslations("common");
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" icon={<Ban aria-hidden />}>
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent title={t("title")} description={t("text")}>
        <DialogBody>
          <Items sessionId={sessionId} applicationId={applicationId} />
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild>
            <Button>{tCommon("close")}</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Items({ sessionId, applicationId }: { sessionId: string; applicationId: string }) {
  const t = useTranslations("record.block");
  const tErrors = useTranslations("errors.code");
  const list = `blockable/${sessionId}`;
  const { data, isError, refetch, isFetching } = useQuery({
    queryKey: [list, applicationId],
    queryFn: ({ signal }) => readList<Row[]>(list, applicationId, "", signal),
    refetchOnMount: "always",
  });
  const { run, failure } = useAct(applicationId, list, "lists");
  const [acting, setActing] = useState<Blockable | null>(null);
  const [comment, setComment] = useState("");

  async function change({ item, isBlocked }: Row) {
    setActing(item);
    const done = await run(() => blockAction({ sessionId, item, block: !isBlocked, comment: comment.trim() || null }));
    if (done) {
      await refetch();
      toast.success(t(isBlocked ? "doneUnblock" : "doneBlock", { item: t(`item.${item}`) }));
    }
    setActing(null);
  }

  if (isError) return <ErrorState onRetry={() => refetch()} retrying={isFetching} />;
  if (!data)
    return (
      <Loading className="flex flex-col gap-3">
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
      </Loading>
    );
  if (data.length === 0) return <p className="text-muted text-sm">{t("nothing")}</p>;
  return (
    <div className="flex flex-col gap-4">
      <ul className="divide-y divide-border text-sm">
        {data.map((row) => {
          const item = t(`item.${row.item}`);
          return (
            <li key={row.item} className="flex items-center justify-between gap-3 py-2 first:pt-0">
              <span className="min-w-0">
                <span className="flex flex-wrap items-center gap-2">
                  <span className="font-medium">{item}</span>
                  {row.isBlocked && (
                    <>
                      <Badge tone="danger" size="sm" icon={<Ban aria-hidden />}>
                        {t("blocked")}
                      </Badge>
                      <Link
                        href={`/lists/${row.listId}`}
                        prefetch={false}
                        className="rounded-sm text-accent text-xs underline decoration-accent-border underline-offset-4 hover:decoration-current"
                      >
                        {t("list")}
                      </Link>
                    </>
                  )}
                </span>
                <bdi className="block break-all text-muted">{row.item === "face" ? t("faceValue") : row.value}</bdi>
              </span>
              <Button
                size="sm"
                aria-label={t(row.isBlocked ? "unblockItem" : "blockItem", { item })}
                loading={acting === row.item}
                onClick={() => change(row)}
              >
                {t(row.isBlocked ? "unblock" : "block")}
              </Button>
            </li>
          );
        })}
      </ul>
      <Field label={t("why")} hint={t("whyHint")} optional>
        <Textarea
          value={comment}
          rows={2}
          maxLength={1000}
          dir="auto"
          onChange={(event) => setComment(event.target.value)}
        />
      </Field>
      {failure && (
        <Callout tone="danger" announce>
          {tErrors(failure.code)}
        </Callout>
      )}
    </div>
  );
}
