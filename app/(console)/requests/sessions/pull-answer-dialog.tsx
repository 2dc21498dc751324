"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { ShareField } from "@/components/share-tokens/share-field";
import { useFeatureNames } from "@/components/share-tokens/terms-text";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { DescriptionList } from "@/components/ui/description-list";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { ceilingOf } from "@/domain/agreements/rules";
import type { ErrorCode } from "@/domain/errors";
import {
  isPullDeclineReason,
  PULL_DECLINE_REASONS,
  type PullDeclineReason,
  termsForWanted,
} from "@/domain/pull-requests/rules";
import { isFinished } from "@/domain/sessions/rules";
import {
  formatTtl,
  TTL_DEFAULT_IN_SECONDS,
  TTL_MAX_IN_SECONDS,
  TTL_PRESETS_IN_SECONDS,
} from "@/domain/share-tokens/rules";
import { EVERYTHING, type ShareInput, type ShareTerms, sameTerms, sharesSomething } from "@/domain/share-tokens/terms";
import { approvePullAction, declinePullAction } from "./actions";
import type { PullItem } from "./load";

type Props = { request: PullItem; onClose: (answered: boolean) => void };

/** What the reference names here and what of it goes out; or no, with a reason that tells nothing of that. */
export function PullAnswerDialog({ request, onClose }: Props) {
  const t = useTranslations("requests.pull");
  const tError = useTranslations("errors.code");
  const nameOf = useFeatureNames();
  const shareable = request.sessions.filter(({ status }) => isFinished(status));
  const [chosen, setChosen] = useState(shareable[0]?.id ?? null);
  const session = shareable.find(({ id }) => id === chosen);
  const ceiling = ceilingOf(request.ceiling ?? undefined);
  /** What was asked for, as far as the agreement allows it. */
  const wantedOf = (features: readonly string[]): ShareTerms => {
    const wanted = termsForWanted(request.blocks, features);
    return {
      omit: [...new Set([...wanted.omit, ...ceiling.omit.filter((feature) => features.includes(feature))])],
      media: wanted.media && ceiling.media,
    };
  };
  const [terms, setTerms] = useState(() => wantedOf(session?.features ?? []));
  const longest = request.ceiling?.ttlCeilingInSeconds ?? TTL_MAX_IN_SECONDS;
  const [ttl, setTtl] = useState(Math.min(TTL_DEFAULT_IN_SECONDS, longest));
  const lifetimes = [
    ...new Set([
      ...TTL_PRESETS_IN_SECONDS.filter((seconds) => seconds <= longest),
      Math.min(longest, TTL_MAX_IN_SECONDS),
    ]),
  ];
  const [reason, setReason] = useState<PullDeclineReason | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState<"approve" | "decline" | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const sent = useRef(false);
  const nothingLeft =
    session !== undefined &&
    !sharesSomething(
      terms,
      session.features.map((feature) => ({ feature })),
    );

  async function answer(what: "approve" | "decline") {
    if (what === "decline" && !reason) return setAsked(true);
    if (what === "approve" && (!session || nothingLeft)) return;
    // State is too late for the second of two quick presses.
    if (sent.current) return;
    sent.current = true;
    setBusy(what);
    setFailure(null);
    const result = await (what === "approve"
      ? approvePullAction({
          pullRequestId: request.id,
          sessionId: session?.id,
          ttlInSeconds: ttl,
          ...(!sameTerms(terms, EVERYTHING) && { share: terms as ShareInput }),
        })
      : declinePullAction({ pullRequestId: request.id, reason: reason ?? "other" })
    ).catch(() => null);
    sent.current = false;
    setBusy(null);
    if (!result?.ok) return setFailure(result?.code ?? "unexpected");
    toast.success(t(what === "approve" ? "answer.approved" : "answer.declined"));
    onClose(true);
  }

  return (
    <Dialog open onOpenChange={(open) => !open && busy === null && onClose(false)}>
      <DialogContent
        size="lg"
        title={t("answer.title", { partner: request.partner ?? "—" })}
        description={t("answer.description")}
      >
        <DialogBody className="flex flex-col gap-5">
          <DescriptionList
            items={[
              { key: "reference", term: t(`reference.${request.referenceKind}`), value: request.reference },
              { key: "reason", term: t("column.reason"), value: request.reason && t(`reason.${request.reason}`) },
              {
                key: "wanted",
                term: t("column.wanted"),
                value: request.blocks.length > 0 ? request.blocks.map(nameOf).join(", ") : t("everything"),
              },
            ]}
          />
          {session ? (
            <>
              <Field label={t("answer.session")}>
                <Select
                  value={session.id}
                  onValueChange={(id) => {
                    setChosen(id);
                    const next = shareable.find((one) => one.id === id);
                    setTerms(wantedOf(next?.features ?? []));
                  }}
                  options={shareable.map(({ id, number, name }) => ({
                    value: id,
                    label: `#${number}${name ? ` · ${name}` : ""}`,
                  }))}
                />
              </Field>
              <ShareField
                sessions={[{ ...session, kind: request.kind }]}
                value={terms}
                ceiling={ceiling}
                onChange={setTerms}
                nothingLeft={nothingLeft}
              />
              <Field label={t("answer.ttl")} hint={t("answer.ttlHint")}>
                <Select
                  value={String(ttl)}
                  onValueChange={(value) => setTtl(Number(value))}
                  options={lifetimes.map((seconds) => ({
                    value: String(seconds),
                    label: formatTtl(seconds),
                  }))}
                />
              </Field>
            </>
          ) : (
            <Callout tone="warning" title={t("answer.nothing")}>
              {t("answer.nothingText")}
            </Callout>
          )}
          <Field
            label={t("answer.reason")}
            hint={t("answer.reasonHint")}
            error={asked && !reason ? t("answer.reasonMissing") : undefined}
          >
            <Select
              value={reason ?? ""}
              placeholder={t("answer.reasonPlaceholder")}
              onValueChange={(value) => isPullDeclineReason(value) && setReason(value)}
              options={PULL_DECLINE_REASONS.map((value) => ({ value, label: t(`decline.${value}`) }))}
            />
          </Field>
          {failure && (
            <Callout tone="danger" announce title={t("answer.failed")}>
              {tError(failure)}
            </Callout>
          )}
        </DialogBody>
        <DialogFooter>
          <Button
            variant="danger"
            loading={busy === "decline"}
            disabled={busy !== null}
            onClick={() => answer("decline")}
          >
            {t("answer.decline")}
          </Button>
          <Button
            variant="primary"
            loading={busy === "approve"}
            disabled={busy !== null || !session}
            onClick={() => answer("approve")}
          >
            {t("answer.approve")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
