"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { usePolicyWords } from "@/components/partners/policy-words";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CardBody, CardFooter } from "@/components/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import type { ErrorCode } from "@/domain/errors";
import type { PolicyTrial } from "@/domain/partners/policies";
import { MAX_RULES, type PolicyRule, RULE_NAMES } from "@/domain/partners/policy";
import { savePolicyAction, tryPolicyAction } from "../actions";
import { type DraftRule, draftOf, newRule, ruleOf } from "./draft";
import { PolicyTrialCallout } from "./policy-trial";
import { RuleRow } from "./rule-row";

type Busy = "saving" | "trying" | null;
type Failure = { of: "save" | "try"; code: ErrorCode | "unexpected" };

export function PolicyEditor({
  partnerApplicationId,
  version,
  saved,
  mayTry,
}: {
  partnerApplicationId: string;
  version: number;
  saved: readonly PolicyRule[];
  mayTry: boolean;
}) {
  const t = useTranslations("policy");
  const tError = useTranslations("errors.code");
  const words = usePolicyWords();
  const nextKey = useRef(saved.length);
  const [drafts, setDrafts] = useState<DraftRule[]>(() => saved.map(draftOf));
  const [busy, setBusy] = useState<Busy>(null);
  // Rules are marked only once somebody wants to use them.
  const [marked, setMarked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [trial, setTrial] = useState<PolicyTrial | null>(null);

  const rules = drafts.map(ruleOf);
  const isChanged = JSON.stringify(rules) !== JSON.stringify(saved);

  function change(next: DraftRule[]) {
    setDrafts(next);
    setTrial(null);
    setFailure(null);
  }

  function add(rule: DraftRule["rule"]) {
    change([...drafts, newRule(rule, nextKey.current++)]);
    setMarked(false);
  }

  function whole(): PolicyRule[] | null {
    setMarked(true);
    const found = rules.filter((rule) => rule !== null);
    return found.length === rules.length ? found : null;
  }

  async function run<T>(
    doing: Exclude<Busy, null>,
    act: (rules: PolicyRule[]) => Promise<{ ok: true; data: T } | { ok: false; code: ErrorCode }>,
    done: (data: T) => void,
  ) {
    const ready = whole();
    if (!ready || busy) return;
    setBusy(doing);
    setFailure(null);
    const of = doing === "saving" ? "save" : "try";
    try {
      const result = await act(ready);
      if (result.ok) done(result.data);
      else setFailure({ of, code: result.code });
    } catch {
      setFailure({ of, code: "unexpected" });
    } finally {
      setBusy(null);
    }
  }

  const save = () =>
    run(
      "saving",
      (ready) => savePolicyAction({ partnerApplicationId, rules: ready, expectedVersion: version }),
      (after) => void toast.success(t("saved", { version: after.version })),
    );
  const attempt = () => run("trying", (ready) => tryPolicyAction({ partnerApplicationId, rules: ready }), setTrial);

  return (
    <>
      <CardBody className="flex flex-col gap-4">
        {drafts.length === 0 && <p className="text-muted text-sm">{t("none")}</p>}
        {drafts.length > 0 && (
          <ul className="flex flex-col divide-y divide-border">
            {drafts.map((draft, index) => (
              <RuleRow
                key={draft.key}
                draft={draft}
                isMarked={marked && rules[index] === null}
                onChange={(next) => change(drafts.map((one) => (one.key === draft.key ? next : one)))}
                onRemove={() => change(drafts.filter((one) => one.key !== draft.key))}
              />
            ))}
          </ul>
        )}
        <div>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button icon={<Plus aria-hidden />} disabled={drafts.length >= MAX_RULES}>
                {t("add")}
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="start">
              {RULE_NAMES.map((rule) => (
                <DropdownMenuItem key={rule} onSelect={() => add(rule)}>
                  {words.name(rule)}
                </DropdownMenuItem>
              ))}
            </DropdownMenuContent>
          </DropdownMenu>
        </div>
        {trial && <PolicyTrialCallout trial={trial} />}
        {failure && (
          <Callout tone="danger" announce title={t(failure.of === "save" ? "notSaved" : "trial.failed")}>
            {tError(failure.code)}
          </Callout>
        )}
      </CardBody>
      <CardFooter>
        {isChanged && (
          <Button variant="ghost" onClick={() => change(saved.map(draftOf))}>
            {t("discard")}
          </Button>
        )}
        {mayTry && (
          <Button loading={busy === "trying"} onClick={attempt}>
            {t("try")}
          </Button>
        )}
        <Button variant="primary" loading={busy === "saving"} disabled={!isChanged} onClick={save}>
          {t("save")}
        </Button>
      </CardFooter>
    </>
  );
}
