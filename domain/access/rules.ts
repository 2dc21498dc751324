export const ROLES = ["owner", "admin", "compliance_officer", "developer", "reader"] as const;
export type Role = (typeof ROLES)[number];

export const PRIVILEGES = [
  "read:sessions",
  "write:sessions",
  "read:partners",
  "write:partners",
  "read:audit",
  "read:settings",
  "write:settings",
  "write:keys",
] as const;
export type Privilege = (typeof PRIVILEGES)[number];

/** Contract section 6.1 and 8: five system roles. A reader sees; a developer sets up; compliance decides and shares. */
const GRANTS: Record<Role, readonly Privilege[]> = {
  owner: PRIVILEGES,
  admin: PRIVILEGES,
  compliance_officer: [
    "read:sessions",
    "write:sessions",
    "read:partners",
    "write:partners",
    "read:audit",
    "read:settings",
  ],
  developer: ["read:sessions", "read:partners", "read:settings", "write:settings", "write:keys"],
  reader: ["read:sessions", "read:partners", "read:settings"],
};

export function privilegesOf(role: Role): readonly Privilege[] {
  return GRANTS[role];
}

/** What an API key may be given. The older name of the sharing privilege is taken as the same (contract section 1.1). */
export const API_KEY_PRIVILEGES = ["read:sessions", "write:sessions", "read:partners", "read:audit"] as const;

export const ENVIRONMENTS = ["sandbox", "live"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
export const KYB_STATUS_FORMATS = ["upper_snake", "title"] as const;
export type KybStatusFormat = (typeof KYB_STATUS_FORMATS)[number];
export const LOCALES = ["en", "pt-BR", "es"] as const;
export type Locale = (typeof LOCALES)[number];
