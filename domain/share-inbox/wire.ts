import { z } from "zod";
import { KINDS } from "../sessions/rules";
import { isoSeconds } from "../sessions/wire";
import { EVERYTHING, TermsAnswer } from "../share-tokens/terms";
import type { InboxItem, OpenedInboxItem } from "./inbox";
import { INBOX_STATES } from "./rules";

/** Ours: a token in the receiver's inbox. */
export const WireInboxItem = z.object({
  share_token_id: z.uuid(),
  state: z.enum(INBOX_STATES),
  from_application_id: z.uuid(),
  from_application_name: z.string().nullable(),
  from_organisation_name: z.string().nullable(),
  source_session_id: z.uuid().describe("The issuer's session."),
  session_kind: z.enum(KINDS),
  share: TermsAnswer.describe("What the issuer leaves out."),
  hand_off: z.enum(["inbox", "push"]),
  arrived_at: z.string(),
  expires_at: z.string(),
  settled_at: z.string().nullable().describe("When it was acknowledged or redeemed."),
});

export const WireOpenedInboxItem = WireInboxItem.extend({
  share_token: z.string().nullable().describe("Null once it waits no longer."),
});

export const toInboxItem = ({ entry, state, issuer }: InboxItem) => ({
  share_token_id: entry.shareTokenId,
  state,
  from_application_id: entry.issuerApplicationId,
  from_application_name: issuer?.name ?? null,
  from_organisation_name: issuer?.organisationName ?? null,
  source_session_id: entry.sourceSessionId,
  session_kind: entry.sessionKind,
  share: entry.terms ?? EVERYTHING,
  hand_off: entry.handOff,
  arrived_at: isoSeconds(entry.arrivedAt),
  expires_at: isoSeconds(entry.expiresAt),
  settled_at: entry.settledAt && state !== "expired" ? isoSeconds(entry.settledAt) : null,
});

export const toOpenedInboxItem = (item: OpenedInboxItem) => ({ ...toInboxItem(item), share_token: item.token });
