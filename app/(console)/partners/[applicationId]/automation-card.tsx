import { useLocale, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { EagerLink } from "@/components/ui/eager-link";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import type { AutomationFailure, AutomationState, Automations } from "@/domain/automations/settings";
import type { SessionKind } from "@/domain/sessions/rules";
import { formatDuration } from "@/lib/format";
import { AutomationSteps } from "./automation-steps";

export interface AutomationWorkflow {
  id: string;
  label: string;
  kind: SessionKind;
}

type Props = {
  partner: { id: string; name: string };
  automations: Automations;
  /** What this side is in a relation with them: a side that it is not has nothing to do by itself. */
  sides: readonly ("issuer" | "receiver")[];
  workflows: readonly AutomationWorkflow[];
  mayWrite: boolean;
};

/** What is done by itself with a partner, and what of it was refused. */
export function AutomationCard({ partner, automations, sides, workflows, mayWrite }: Props) {
  const t = useTranslations("automation");
  const { mintOnFinish, importOnArrival, failures } = automations;
  const shown = (side: "issuer" | "receiver", { version }: AutomationState<unknown>) =>
    version > 0 || sides.includes(side);
  return (
    <Card>
      <CardHeader title={t("title")} description={t("description")} />
      <CardBody className="flex flex-col gap-6">
        {shown("issuer", mintOnFinish) && (
          <Section
            which="mint"
            state={mintOnFinish}
            partner={partner}
            steps={mayWrite && <AutomationSteps partner={partner} workflows={workflows} mint={mintOnFinish} />}
          >
            <MintRuleList state={mintOnFinish} workflows={workflows} />
          </Section>
        )}
        {shown("receiver", importOnArrival) && (
          <Section
            which="import"
            state={importOnArrival}
            partner={partner}
            steps={mayWrite && <AutomationSteps partner={partner} workflows={workflows} arrival={importOnArrival} />}
          >
            <ImportRuleList state={importOnArrival} workflows={workflows} />
          </Section>
        )}
        {failures.length > 0 && <Failures failures={failures} />}
      </CardBody>
    </Card>
  );
}

function Section({
  which,
  state,
  partner,
  steps,
  children,
}: {
  which: "mint" | "import";
  state: AutomationState<unknown>;
  partner: { name: string };
  steps: React.ReactNode;
  children: React.ReactNode;
}) {
  const t = useTranslations("automation");
  return (
    <section aria-label={t(`${which}.title`)} className="flex flex-col gap-3 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="flex flex-wrap items-center gap-2 font-medium">
          {t(`${which}.title`)}
          <Badge tone={state.enabled ? "success" : "neutral"}>{t(state.enabled ? "on" : "off")}</Badge>
        </h3>
        {steps}
      </div>
      <p className="text-muted">{t(`${which}.about`, { partner: partner.name })}</p>
      {state.enabled && children}
      <p className="text-muted">
        {state.setAt ? (
          <>
            {t("setBy", { version: state.version, name: state.setByLabel ?? "" })}, <DateTime value={state.setAt} />
          </>
        ) : (
          t("never")
        )}
      </p>
    </section>
  );
}

function useWorkflowName(workflows: readonly AutomationWorkflow[]) {
  const t = useTranslations("automation");
  return (id: string) => workflows.find((one) => one.id === id)?.label ?? t("unknownWorkflow");
}

function MintRuleList({
  state: { rule },
  workflows,
}: {
  state: Automations["mintOnFinish"];
  workflows: readonly AutomationWorkflow[];
}) {
  const t = useTranslations("automation");
  const tStatus = useTranslations("statuses.session");
  const locale = useLocale();
  const nameOf = useWorkflowName(workflows);
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const statusNames = { Approved: "approved", Declined: "declined", "In Review": "inReview" } as const;
  return (
    <DescriptionList
      items={[
        {
          key: "sessions",
          term: t("mint.term.sessions"),
          value: t("mint.what", {
            kinds: list.format(rule.kinds.map((kind) => t(`kind.${kind}`))),
            statuses: list.format(rule.statuses.map((status) => tStatus(statusNames[status]))),
          }),
        },
        {
          key: "workflows",
          term: t("mint.term.workflows"),
          value:
            rule.workflowIds.length === 0
              ? t("mint.everyWorkflow")
              : t("mint.ofWorkflows", { list: list.format(rule.workflowIds.map(nameOf)) }),
        },
        { key: "handOff", term: t("mint.term.handOff"), value: t(`mint.handOff.${rule.handOff}`) },
        {
          key: "ttl",
          term: t("mint.term.ttl"),
          value: rule.ttlInSeconds === null ? t("mint.ttlUsual") : formatDuration(rule.ttlInSeconds, locale),
        },
      ]}
    />
  );
}

function ImportRuleList({
  state: { rule },
  workflows,
}: {
  state: Automations["importOnArrival"];
  workflows: readonly AutomationWorkflow[];
}) {
  const t = useTranslations("automation");
  const nameOf = useWorkflowName(workflows);
  return (
    <DescriptionList
      items={(["user", "business"] as const).map((kind) => {
        const id = kind === "user" ? rule.userWorkflowId : rule.businessWorkflowId;
        return { key: kind, term: t(`import.term.${kind}`), value: id ? nameOf(id) : t("import.wait") };
      })}
    />
  );
}

function Failures({ failures }: { failures: readonly AutomationFailure[] }) {
  const t = useTranslations("automation.failures");
  const tError = useTranslations("errors.code");
  return (
    <section aria-label={t("title")} className="flex flex-col gap-3 text-sm">
      <h3 className="font-medium">{t("title")}</h3>
      <ul className="flex flex-col divide-y divide-border">
        {failures.map((one) => (
          <li
            key={one.sessionId ?? one.shareTokenId}
            className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2 first:pt-0 last:pb-0"
          >
            <div className="min-w-0">
              <p>{t(one.automation)}</p>
              <p className="text-muted">{tError(tError.has(one.code as never) ? (one.code as never) : "unexpected")}</p>
            </div>
            <div className="flex flex-wrap items-baseline gap-x-4 text-muted">
              <RelativeTime value={one.at} />
              <EagerLink
                href={one.sessionId ? `/sessions/${one.sessionId}` : `/imports/new?inbox=${one.shareTokenId}`}
                className="rounded-sm text-foreground underline underline-offset-4 hover:text-accent"
              >
                {t(one.sessionId ? "session" : "inbox")}
              </EagerLink>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
