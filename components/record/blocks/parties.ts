import { num, type Obj, obj, text } from "../values";

export interface Party {
  key: string;
  name: string | null;
  company: boolean;
  roles: { role: string; percent: number | null }[];
  registry: boolean;
  declared: boolean;
  skipped: boolean;
  requiresVerification: boolean;
  uuids: string[];
  sessionId: string | null;
  sessionStatus: string | null;
}

/** Roles come as objects, as plain strings, or as a single `role` (contract section 3.7). */
export function rolesOf(party: Obj): Party["roles"] {
  const given = Array.isArray(party.roles) ? party.roles : [party.role];
  return given.flatMap((one) => {
    const role = text(obj(one)?.role) ?? text(one);
    return role ? [{ role: role.toLowerCase(), percent: num(obj(one)?.ownership_percent) }] : [];
  });
}

/** The same person stands in several lists, under different ids; here they are one, with all that is said of them. */
export function mergeParties(lists: { submitted: Obj[]; officers: Obj[]; owners: Obj[] }): Party[] {
  const merged = new Map<string, Party>();
  const add = (party: Obj, list: keyof typeof lists) => {
    const name = text(party.name) ?? text(party.full_name);
    const company = party.entity_type === "company";
    const key = `${company ? "c" : "p"}|${(name ?? text(party.uuid) ?? String(merged.size)).toLocaleLowerCase().replace(/\s+/g, " ")}`;
    const known = merged.get(key) ?? {
      key,
      name,
      company,
      roles: [],
      registry: false,
      declared: false,
      skipped: false,
      requiresVerification: false,
      uuids: [],
      sessionId: null,
      sessionStatus: null,
    };
    const own = rolesOf(party);
    if (own.length === 0 && list === "owners") own.push({ role: "ubo", percent: null });
    for (const role of own) {
      const same = known.roles.find((one) => one.role === role.role);
      if (!same)
        known.roles.push({
          role: role.role,
          percent: role.percent ?? (role.role === "ubo" ? num(party.ownership_percent) : null),
        });
      else same.percent ??= role.percent;
    }
    const uuid = text(party.uuid);
    if (uuid) known.uuids.push(uuid);
    known.registry ||= list !== "submitted" || party.source === "REGISTRY";
    known.declared ||= list === "submitted" && party.source !== "REGISTRY";
    known.skipped ||= party.is_skipped === true;
    known.requiresVerification ||= party.requires_verification === true;
    known.sessionId ??= text(party.kyc_session_id);
    known.sessionStatus ??= text(party.kyc_session_status);
    merged.set(key, known);
  };
  for (const list of ["owners", "officers", "submitted"] as const) for (const party of lists[list]) add(party, list);
  return [...merged.values()];
}
