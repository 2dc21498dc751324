/** Why a reviewer takes a listed hit for the person or company of the session, or not. */
export const HIT_REASONS = [
  "different_birth_date",
  "different_country",
  "different_person",
  "same_details",
  "too_little_data",
  "other",
] as const;
export type HitReason = (typeof HIT_REASONS)[number];
