"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { PolicyReasons } from "@/components/partners/policy-reasons";
import { usePolicyWords } from "@/components/partners/policy-words";
import type { Kind } from "@/components/sessions/kind-badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field, FieldSet } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { ErrorCode, FieldErrors } from "@/domain/errors";
import type { PolicyReason } from "@/domain/partners/policy";
import { importTokenAction } from "./actions";
import { PreviewCard } from "./preview-card";
import type { OpenedToken } from "./token-says";

export type WorkflowOption = { id: string; label: string; kind: Kind; isDefault: boolean };

type Failure = {
  code: ErrorCode | "unexpected";
  fields?: FieldErrors | undefined;
  sessionId?: string | null | undefined;
  objections?: readonly PolicyReason[];
};

/** How the clone lands in the receiver's application, and the button that redeems. */
export function LandingForm({
  token,
  says,
  workflows,
}: {
  token: string;
  says: OpenedToken;
  workflows: readonly WorkflowOption[];
}) {
  const t = useTranslations("redeem");
  const words = usePolicyWords();
  const router = useRouter();
  const [picked, setPicked] = useState<string | null>(null);
  // Derived, since the list changes under the form when the reader switches to another application.
  const workflowId = (
    workflows.find((one) => one.id === picked) ??
    workflows.find((one) => one.isDefault) ??
    workflows[0]
  )?.id;
  const [trusted, setTrusted] = useState(says.trust.effective);
  const [vendorData, setVendorData] = useState("");
  /** What the preview goes by: a reference that is still being typed is not looked for. */
  const [reference, setReference] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const sent = useRef(false);
  const issuer = says.issuer?.organisationName ?? t("says.issuerUnknown");

  async function submit(event: FormEvent) {
    event.preventDefault();
    // State is too late for the second of two quick presses.
    if (sent.current) return;
    sent.current = true;
    setBusy(true);
    setFailure(null);
    const failed = await redeem();
    if (!failed) return;
    sent.current = false;
    setBusy(false);
    setFailure(failed);
  }

  async function redeem(): Promise<Failure | null> {
    try {
      const result = await importTokenAction({
        shareToken: token,
        ...(workflowId ? { workflowId } : {}),
        trustReview: trusted,
        ...(vendorData.trim() ? { vendorData: vendorData.trim() } : {}),
      });
      if (!result.ok) {
        const sessionId = result.more?.session_id;
        return {
          code: result.code,
          fields: result.fields,
          sessionId: typeof sessionId === "string" ? sessionId : null,
          ...(result.code === "refused_by_policy" && {
            objections: result.more?.reasons as unknown as readonly PolicyReason[],
          }),
        };
      }
      toast.success(t("done.title", { number: result.data.sessionNumber }), {
        description:
          result.data.objections.length > 0 ? (
            <>
              {t("done.policy")} {result.data.objections.map(words.reason).join(" ")}
            </>
          ) : (
            t(result.data.status === "In Review" ? "done.inReview" : "done.kept")
          ),
      });
      // Replaced: going back does not lead to a form whose token is spent.
      router.replace(`/sessions/${result.data.sessionId}`);
      return null;
    } catch {
      return { code: "unexpected" };
    }
  }

  if (workflows.length === 0) {
    return (
      <Callout
        tone="warning"
        title={t("workflow.noneTitle")}
        actions={
          <Button asChild size="sm">
            <Link href="/settings/workflows">{t("workflow.see")}</Link>
          </Button>
        }
      >
        {t(says.kind === "business" ? "workflow.noneBusiness" : "workflow.noneUser")}
      </Callout>
    );
  }

  const workflowError = failure?.fields?.workflow_id || failure?.fields?.workflowId || isAboutWorkflow(failure?.code);
  return (
    <div className="flex flex-col gap-5">
      {workflowId && (
        <PreviewCard
          token={token}
          kind={says.kind}
          issuer={issuer}
          workflowId={workflowId}
          trusted={trusted}
          vendorData={reference}
        />
      )}
      <form method="post" onSubmit={submit} aria-label={t("form.title")}>
        <Card>
          <CardHeader title={t("form.title")} description={t("form.description")} />
          <CardBody className="flex flex-col gap-5">
            <Field
              label={t("workflow.label")}
              hint={t(says.kind === "business" ? "workflow.hintBusiness" : "workflow.hintUser")}
              error={workflowError ? <ErrorText code={failure?.code ?? "unexpected"} /> : undefined}
            >
              <Select
                value={workflowId ?? ""}
                onValueChange={setPicked}
                options={workflows.map((one) => ({
                  value: one.id,
                  label: one.isDefault ? t("workflow.default", { label: one.label }) : one.label,
                }))}
              />
            </Field>
            <FieldSet
              label={t("trust.label")}
              hint={t(`trust.from.${says.trust.reasons[0] ?? "new_partner"}`, { issuer })}
            >
              <RadioGroup
                appearance="cards"
                aria-label={t("trust.label")}
                className="sm:grid-cols-2"
                value={trusted ? "trusted" : "review"}
                onValueChange={(value) => setTrusted(value === "trusted")}
                options={[
                  { value: "review", label: t("trust.review"), description: t("trust.reviewText") },
                  { value: "trusted", label: t("trust.trusted"), description: t("trust.trustedText", { issuer }) },
                ]}
              />
            </FieldSet>
            <Field
              label={t("vendorData.label")}
              optional
              hint={t(says.kind === "business" ? "vendorData.hintBusiness" : "vendorData.hintUser")}
              error={failure?.fields?.vendorData || failure?.fields?.vendor_data ? t("vendorData.error") : undefined}
            >
              <Input
                value={vendorData}
                maxLength={255}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setVendorData(event.target.value)}
                onBlur={() => setReference(vendorData.trim())}
              />
            </Field>
            {failure && !workflowError && (
              <Callout
                tone="danger"
                announce
                title={t("notImported")}
                actions={
                  failure.sessionId && (
                    <Button asChild size="sm">
                      <Link href={`/sessions/${failure.sessionId}`}>{t("openExisting")}</Link>
                    </Button>
                  )
                }
              >
                <ErrorText code={failure.code} />
                {failure.objections && <PolicyReasons reasons={failure.objections} className="mt-1" />}
              </Callout>
            )}
          </CardBody>
          <CardFooter>
            <Button type="submit" variant="primary" loading={busy}>
              {t("submit")}
            </Button>
          </CardFooter>
        </Card>
      </form>
    </div>
  );
}

const isAboutWorkflow = (code: Failure["code"] | undefined) =>
  code === "workflow_not_found" || code === "workflow_kind_mismatch";

function ErrorText({ code }: { code: Failure["code"] }) {
  return useTranslations("errors.code")(code);
}
