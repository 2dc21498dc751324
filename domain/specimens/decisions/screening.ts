import { type HitWish, listedHits, type Screened } from "./listed-hits";
import type { UserCase, Verdict } from "./user-case";
import { warning } from "./warnings";

interface Screening {
  who: Screened;
  on: Date;
  documentNumber: string | null;
  verdict: Verdict;
  wish: HitWish | null;
  monitored: boolean;
}

export function screeningBlock({ who, on, documentNumber, verdict, wish, monitored }: Screening) {
  const hits = wish ? listedHits(who, on, wish) : [];
  return {
    node_id: "feature_aml",
    status: verdict.status,
    total_hits: hits.length,
    entity_type: who.entityType,
    score: Math.max(0, ...hits.map((hit) => hit.match_score)),
    screened_data: {
      full_name: who.name,
      nationality: who.alpha2,
      date_of_birth: who.birthDate,
      document_number: documentNumber,
    },
    is_ongoing_monitoring_enabled: monitored,
    next_ongoing_monitoring_bill_date: monitored
      ? new Date(on.getTime() + 365 * 86_400_000).toISOString().slice(0, 10)
      : null,
    hits,
    warnings: verdict.warnings,
  };
}

export function personScreening(one: UserCase) {
  const { person, document } = one;
  const own = one.problem === "POSSIBLE_MATCH_FOUND";
  const listed = own && one.status === "Declined";
  const open = own && one.status === "In Review";
  const wish: HitWish | null = listed
    ? { count: 1, review: "Confirmed Match", exact: true, dataset: "SANCTION" }
    : one.hits > 0
      ? { count: one.hits, review: open ? "Unreviewed" : "False Positive" }
      : null;
  const status = listed ? "Declined" : open ? "In Review" : "Approved";
  const log = listed ? "error" : open ? "warning" : "information";
  return screeningBlock({
    who: {
      key: one.key,
      entityType: "person",
      name: person.fullName,
      firstName: person.firstName,
      lastName: person.lastName,
      birthDate: person.birthDate,
      countryName: person.country.name,
      alpha2: person.country.alpha2,
      gender: person.gender,
    },
    on: one.startedAt,
    documentNumber: document.number,
    verdict: { status, warnings: wish ? [warning("POSSIBLE_MATCH_FOUND", log, { total_hits: wish.count })] : [] },
    wish,
    monitored: one.random.fork("monitoring").chance(0.3),
  });
}
