"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import type { OfferedLink } from "@/domain/partners/links";
import { acceptLinkAction, readLinkAction } from "../actions";

/** A link to pair by: what it offers is shown first, and used up only when one accepts. */
export function AcceptLink() {
  const t = useTranslations("partners.accept");
  const tError = useTranslations("errors.code");
  const router = useRouter();
  const [link, setLink] = useState("");
  const [offer, setOffer] = useState<OfferedLink | null>(null);
  const [failure, setFailure] = useState<ErrorCode | "unexpected" | null>(null);
  const [busy, setBusy] = useState(false);

  const read = useCallback(async (given: string) => {
    setBusy(true);
    setFailure(null);
    const result = await readLinkAction({ link: given }).catch(() => null);
    setBusy(false);
    if (result?.ok) setOffer(result.data);
    else setFailure(result?.code ?? "unexpected");
  }, []);

  // The secret is in the fragment, which no server sees.
  useEffect(() => {
    const secret = window.location.hash.slice(1);
    if (!secret) return;
    setLink(window.location.href);
    void read(secret);
  }, [read]);

  async function accept() {
    setBusy(true);
    setFailure(null);
    const result = await acceptLinkAction({ link }).catch(() => null);
    if (result?.ok) {
      toast.success(t("done", { partner: result.data.application.organisationName }));
      router.replace(`/partners/${result.data.application.id}`);
      return;
    }
    setBusy(false);
    setFailure(result?.code ?? "unexpected");
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !link.trim()) return;
    void (offer ? accept() : read(link));
  }

  return (
    <form noValidate onSubmit={submit} aria-label={t("title")}>
      <Card>
        <CardBody className="flex flex-col gap-4">
          <Field label={t("link")} hint={t("hint")}>
            <Input
              value={link}
              maxLength={500}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-xs"
              onChange={(event) => {
                setLink(event.target.value);
                setOffer(null);
                setFailure(null);
              }}
            />
          </Field>
          {offer && (
            <Callout tone="success" announce title={t("from")}>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <span className="font-medium">{offer.from.organisationName}</span>
                <span>{offer.from.name}</span>
                <EnvironmentBadge environment={offer.from.environment} />
              </span>
              <span className="mt-1 block">{t(`as.${offer.as}`)}</span>
            </Callout>
          )}
          {failure && (
            <Callout tone="danger" announce>
              {failure === "not_found" ? t("gone") : failure === "conflict" ? t("known") : tError(failure)}
            </Callout>
          )}
        </CardBody>
        <CardFooter>
          <Button type="submit" variant="primary" loading={busy} disabled={!link.trim()}>
            {t(offer ? "accept" : "read")}
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}
