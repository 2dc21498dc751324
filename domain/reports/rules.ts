import type { SessionKind } from "../sessions/rules";

/** Contract section 4.5. */
export const REPORTABLE: Record<SessionKind, readonly string[]> = {
  user: ["Approved", "Declined", "In Review", "Kyc Expired"],
  business: ["Approved", "Declined", "In Review"],
};

export const isReportable = ({ kind, status }: { kind: SessionKind; status: string }): boolean =>
  REPORTABLE[kind].includes(status);
