import { Ban, CircleX, Eye, KeyRound, PackageCheck, Send, TimerOff } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { Tone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/relative-time";
import { Timeline } from "@/components/ui/timeline";
import { applicationCards } from "@/domain/access/applications";
import type { LedgerEntry } from "@/domain/share-tokens/ledger-list";
import { REVOKED_OF } from "@/domain/share-tokens/ledger-rules";
import { historyOf } from "@/domain/share-tokens/ledger-wire";
import { refusalText } from "../words";

type Step = ReturnType<typeof historyOf>[number];

const LOOKS: Record<Step["event"], { icon: ReactNode; tone: Tone }> = {
  minted: { icon: <KeyRound />, tone: "accent" },
  delivered: { icon: <Send />, tone: "info" },
  previewed: { icon: <Eye />, tone: "info" },
  refused: { icon: <CircleX />, tone: "warning" },
  redeemed: { icon: <PackageCheck />, tone: "success" },
  revoked: { icon: <Ban />, tone: "danger" },
  expired: { icon: <TimerOff />, tone: "neutral" },
};

/** What happened to one token, oldest first: who did it, from where, and why. */
export async function TokenHistory({ entry: { row, events } }: { entry: LedgerEntry }) {
  const steps = historyOf(row, events);
  const [t, partners] = await Promise.all([
    getTranslations("shareTokens"),
    applicationCards(steps.map((step) => step.partner_application_id)),
  ]);
  const whoOf = ({ by, partner_application_id }: Step) => {
    if (!by) return null;
    if (by.kind === "system") return t("by.system");
    if (by.kind === "api_key") return t("by.api_key", { name: by.name ?? "" });
    if (by.kind === "member") return by.name;
    return t("by.partner", {
      partner: partners.get(partner_application_id)?.organisationName ?? t("by.unknownPartner"),
    });
  };
  const whyOf = ({ event, code }: Step) => {
    if (!code) return null;
    if (event === "refused") return refusalText(t, code);
    if (event === "delivered") return t("way", { way: code });
    const reach = REVOKED_OF.find((one) => one === code);
    return reach ? t(`revokedOf.${reach}`) : null;
  };
  return (
    <Timeline
      items={steps.map((step, place) => {
        const why = whyOf(step);
        const who = [whoOf(step), step.ip && t("from", { ip: step.ip })].filter(Boolean).join(" ");
        return {
          key: String(place),
          ...LOOKS[step.event],
          title: t(`event.${step.event}`),
          time: <DateTime value={step.at} />,
          body: (
            <>
              {why && <span className="block first-letter:uppercase">{why}</span>}
              {who && <span className="block">{who}</span>}
            </>
          ),
        };
      })}
    />
  );
}
