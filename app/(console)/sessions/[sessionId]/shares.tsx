import { useTranslations } from "next-intl";
import { RevokeOfSession } from "@/components/share-tokens/revoke-of-session";
import { Badge, type Tone } from "@/components/ui/badge";
import { CopyText } from "@/components/ui/copy-text";
import { EagerLink } from "@/components/ui/eager-link";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import { type ApplicationCard, applicationCards } from "@/domain/access/applications";
import type { Actor } from "@/domain/actor";
import type { SessionView, ShareTokenRow } from "@/domain/sessions/read";
import { isFinished } from "@/domain/sessions/rules";
import { type ShareTokenState, shareTokenState } from "@/domain/share-tokens/rules";
import { ClientMessages } from "@/i18n/client-messages";
import { Panel } from "./panel";

const tones: Record<ShareTokenState, Tone> = {
  active: "info",
  redeemed: "success",
  revoked: "danger",
  expired: "neutral",
};

/** Tokens minted here for this session. */
export async function Shares({ actor, view }: { actor: Actor; view: SessionView }) {
  const receivers = await applicationCards(view.shareTokens.map((token) => token.forApplicationId));
  return (
    <SharesPanel
      tokens={view.shareTokens}
      receivers={receivers}
      session={view.session}
      mayRevoke={actor.privileges.has("write:sessions")}
    />
  );
}

function SharesPanel({
  tokens,
  receivers,
  session,
  mayRevoke,
}: {
  tokens: ShareTokenRow[];
  receivers: Map<string, ApplicationCard>;
  session: Pick<SessionView["session"], "id" | "applicationId" | "status">;
  mayRevoke: boolean;
}) {
  const t = useTranslations("record.shares");
  const tLedger = useTranslations("shareTokens.ofSession");
  const now = new Date();
  const open = tokens.filter((token) => shareTokenState(token, now) === "active").length;
  return (
    <Panel
      id="shares"
      title={t("title")}
      aside={
        tokens.length > 0 && (
          <EagerLink
            href={`/share-tokens?session=${session.id}`}
            className="rounded-sm text-muted text-sm underline underline-offset-4 hover:text-accent"
          >
            {tLedger("ledger")}
          </EagerLink>
        )
      }
    >
      {tokens.length === 0 && <p className="text-muted text-sm">{t(isFinished(session.status) ? "none" : "notYet")}</p>}
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
      {mayRevoke && open > 0 && (
        <ClientMessages only={["shareTokens"]}>
          <div>
            <RevokeOfSession applicationId={session.applicationId} sessionId={session.id} open={open} />
          </div>
        </ClientMessages>
      )}
    </Panel>
  );
}
