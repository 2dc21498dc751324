import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy-text";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import { type ApplicationCard, applicationCards } from "@/domain/access/applications";
import type { SessionView, ShareTokenRow } from "@/domain/sessions/read";
import { isFinished } from "@/domain/sessions/rules";
import { type ShareTokenState, shareTokenState } from "@/domain/share-tokens/rules";
import { Panel } from "./panel";

const tones: Record<ShareTokenState, Tone> = {
  active: "info",
  redeemed: "success",
  revoked: "danger",
  expired: "neutral",
};

/** Tokens minted here for this session. */
export async function Shares({ view }: { view: SessionView }) {
  const receivers = await applicationCards(view.shareTokens.map((token) => token.forApplicationId));
  return <SharesPanel tokens={view.shareTokens} receivers={receivers} finished={isFinished(view.session.status)} />;
}

function SharesPanel({
  tokens,
  receivers,
  finished,
}: {
  tokens: ShareTokenRow[];
  receivers: Map<string, ApplicationCard>;
  finished: boolean;
}) {
  const t = useTranslations("record.shares");
  const now = new Date();
  return (
    <Panel id="shares" title={t("title")}>
      {tokens.length === 0 && <p className="text-muted text-sm">{t(finished ? "none" : "notYet")}</p>}
      <ul className="flex flex-col empty:hidden">
        {tokens.map((token) => {
          const receiver = receivers.get(token.forApplicationId);
          const state = shareTokenState(token, now);
          return (
            <li
              key={token.id}
              className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 border-border border-b py-2 text-sm first:pt-0 last:border-b-0 last:pb-0"
            >
              <span className="min-w-0">
                <span className="block break-words font-medium">{receiver?.organisationName ?? t("unknown")}</span>
                <span className="block text-muted text-xs">
                  {receiver?.name} · <CopyText text={token.id} label={t("token")} shorten />
                </span>
              </span>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 sm:flex-col sm:items-end sm:text-right">
                <Badge size="sm" tone={tones[state]}>
                  {t(`state.${state}`)}
                </Badge>
                <span className="text-muted text-xs">
                  {state === "redeemed" && token.redeemedAt ? (
                    <DateTime value={token.redeemedAt} />
                  ) : state === "revoked" && token.revokedAt ? (
                    <DateTime value={token.revokedAt} />
                  ) : (
                    <>
                      {t(state === "expired" ? "expired" : "expires")} <RelativeTime value={token.expiresAt} />
                    </>
                  )}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
