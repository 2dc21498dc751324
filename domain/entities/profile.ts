import type { Searchable } from "../vault/blind-index";
import type { TenantKeyRing } from "../vault/tenant-keys";
import { openWithOwnKey, sealWithOwnKey } from "../vault/text";
import type { Profile } from "./rules";

const place = (entityId: string) => `entity|${entityId}`;

export function sealProfile(ring: TenantKeyRing, entityId: string, profile: Profile): Buffer | null {
  const kept = Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== null && value !== undefined));
  if (Object.keys(kept).length === 0) return null;
  return sealWithOwnKey(ring, place(entityId), Buffer.from(JSON.stringify(kept)));
}

export function openProfile(ring: TenantKeyRing, entityId: string, sealed: Buffer | null): Profile {
  return sealed ? (JSON.parse(openWithOwnKey(ring, place(entityId), sealed).toString("utf8")) as Profile) : {};
}

export const searchableOfProfile = (profile: Profile): Searchable => ({
  names: [profile.displayName, profile.fullName, profile.legalName],
  documentNumbers: [profile.registrationNumber],
  emails: profile.approvedEmails ?? [],
  phones: profile.approvedPhones ?? [],
});

const reasonPlace = (changeId: string) => `entity-change|${changeId}`;

export const sealReason = (ring: TenantKeyRing, changeId: string, reason: string) =>
  sealWithOwnKey(ring, reasonPlace(changeId), Buffer.from(reason));

export const openReason = (ring: TenantKeyRing, changeId: string, sealed: Buffer) =>
  openWithOwnKey(ring, reasonPlace(changeId), sealed).toString("utf8");
