import { CircleCheck, CircleX, ShieldCheck, ShieldOff, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DateTime } from "@/components/ui/relative-time";
import { Timeline, type TimelineItem } from "@/components/ui/timeline";
import type { TrustChange, TrustState } from "@/domain/partners/trust";
import { TrustSwitch } from "../trust-switch";
import { TrustRequest } from "./trust-request";

/** Whether this partner's decisions are kept, who asked for it and who agreed. */
export function TrustCard({
  partner,
  trust,
  memberId,
  mayWrite,
}: {
  partner: { id: string; organisation: string | null };
  trust: TrustState;
  memberId: string;
  mayWrite: boolean;
}) {
  const t = useTranslations("partners");
  const { trustDefault, waiting, history, fourEyes, confirmers } = trust;
  return (
    <Card>
      <CardHeader
        title={t("page.trust")}
        actions={
          <TrustSwitch
            partner={{ ...partner, trustDefault, isWaiting: waiting !== null }}
            rule={{ fourEyes, confirmers }}
            mayWrite={mayWrite}
          />
        }
      />
      <CardBody className="flex flex-col gap-4">
        <p className="text-sm">{t(trustDefault ? "trust.nowOn" : "trust.nowOff")}</p>
        {waiting && (
          <TrustRequest
            partner={partner}
            request={{
              number: waiting.number,
              requestedByLabel: waiting.requestedByLabel,
              requestedAt: waiting.requestedAt,
              isOwn: waiting.requestedById === memberId,
            }}
            rule={{ fourEyes, confirmers }}
            mayWrite={mayWrite}
          />
        )}
        {history.length > 0 && <History history={history} />}
      </CardBody>
    </Card>
  );
}

const LOOKS = {
  on: { icon: <ShieldCheck />, tone: "success" },
  off: { icon: <ShieldOff />, tone: "neutral" },
  withdrawn: { icon: <Undo2 />, tone: "neutral" },
  declined: { icon: <CircleX />, tone: "danger" },
  waiting: { icon: <CircleCheck />, tone: "warning" },
} as const;

function History({ history }: { history: readonly TrustChange[] }) {
  const t = useTranslations("partners.trust.history");
  const items = history.map((change): TimelineItem => {
    const what = change.state === "in_effect" ? (change.trusted ? "on" : "off") : change.state;
    const byTwo = change.state === "in_effect" && change.settledByLabel !== change.requestedByLabel;
    return {
      key: String(change.number),
      ...LOOKS[what],
      title: change.version === null ? t(what) : t("versioned", { version: change.version, what: t(what) }),
      time: <DateTime value={change.settledAt ?? change.requestedAt} />,
      body:
        byTwo || change.state === "declined"
          ? t(change.state === "declined" ? "declinedBy" : "confirmedBy", {
              requested: change.requestedByLabel,
              settled: change.settledByLabel ?? "",
            })
          : t("by", { name: change.requestedByLabel }),
    };
  });
  return <Timeline items={items} />;
}
