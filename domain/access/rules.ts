export const ROLES = ["owner", "admin", "compliance_officer", "developer", "reader"] as const;
export type Role = (typeof ROLES)[number];

/** `action:resource`, as contract section 6.1 spells them. */
export const PRIVILEGES = [
  "read:sessions",
  "write:sessions",
  "read:users",
  "write:users",
  "read:businesses",
  "write:businesses",
  "read:workflows",
  "write:workflows",
  "read:questionnaires",
  "write:questionnaires",
  "read:lists",
  "write:lists",
  "read:webhooks",
  "write:webhooks",
  "read:partners",
  "write:partners",
  "read:billing",
  "write:billing",
  "read:audit",
  "read:settings",
  "write:settings",
  "write:keys",
  "read:members",
  "write:members",
  "write:applications",
  "write:organization",
] as const;
export type Privilege = (typeof PRIVILEGES)[number];

const READER = [
  "read:sessions",
  "read:users",
  "read:businesses",
  "read:workflows",
  "read:questionnaires",
  "read:lists",
  "read:partners",
  "read:settings",
  "read:members",
] as const satisfies readonly Privilege[];

/** Contract section 6.1 and 8: five system roles. A reader sees; a developer sets up; compliance decides and shares. */
const GRANTS: Record<Role, readonly Privilege[]> = {
  owner: PRIVILEGES,
  admin: PRIVILEGES,
  compliance_officer: [
    ...READER,
    "write:sessions",
    "write:users",
    "write:businesses",
    "write:lists",
    "write:partners",
    "read:audit",
  ],
  developer: [
    ...READER,
    "write:workflows",
    "write:questionnaires",
    "read:webhooks",
    "write:webhooks",
    "read:billing",
    "write:settings",
    "write:keys",
  ],
  reader: READER,
};

export function privilegesOf(role: Role): readonly Privilege[] {
  return GRANTS[role];
}

/** What an API key may be given, and what a new one has unless it is given less. Keys never manage people, keys or settings. */
export const API_KEY_PRIVILEGES = [
  "read:sessions",
  "write:sessions",
  "read:users",
  "write:users",
  "read:businesses",
  "write:businesses",
  "read:workflows",
  "write:workflows",
  "read:questionnaires",
  "write:questionnaires",
  "read:lists",
  "write:lists",
  "read:webhooks",
  "write:webhooks",
  "read:partners",
  "read:billing",
  "write:billing",
  "read:audit",
] as const satisfies readonly Privilege[];
export type ApiKeyPrivilege = (typeof API_KEY_PRIVILEGES)[number];

/** What a scoped key cannot see of what its privileges name (contract section 6.1). Null: no limit. */
export interface KeyLimits {
  workflowIds: readonly string[] | null;
  statuses: readonly string[] | null;
  media: boolean;
}

/** How long a rotated key may go on working beside the one that takes its place, in hours. */
export const ROTATION_OVERLAPS_IN_HOURS = [0, 1, 24, 168] as const;

/** Contract section 6; the sentences name one failed rule at a time. */
const PASSWORD_RULES = [
  {
    rule: "length",
    holds: (password: string) => password.length >= 8,
    sentence: "Password must be at least 8 characters long.",
  },
  {
    rule: "length",
    holds: (password: string) => password.length <= 128,
    sentence: "Password must be at most 128 characters long.",
  },
  {
    rule: "upper",
    holds: (password: string) => /[A-Z]/.test(password),
    sentence: "Password must contain at least one uppercase letter.",
  },
  {
    rule: "lower",
    holds: (password: string) => /[a-z]/.test(password),
    sentence: "Password must contain at least one lowercase letter.",
  },
  {
    rule: "digit",
    holds: (password: string) => /[0-9]/.test(password),
    sentence: "Password must contain at least one digit.",
  },
  {
    rule: "special",
    holds: (password: string) => /[!@#$%^&*()_+\-=[\]{}\\|;:,.<>?]/.test(password),
    sentence: "Password must contain at least one special character (!@#$%^&*()_+-=[]{}\\|;:,.<>?).",
  },
] as const;

export const PASSWORD_RULE_NAMES = ["length", "upper", "lower", "digit", "special"] as const;

/** Which rules a password keeps, for a list that ticks them off while one types. */
export function passwordRulesKept(password: string): ReadonlySet<(typeof PASSWORD_RULE_NAMES)[number]> {
  return new Set(
    PASSWORD_RULE_NAMES.filter((name) => PASSWORD_RULES.every(({ rule, holds }) => rule !== name || holds(password))),
  );
}

/** The first rule that a password breaks, or null. */
export function passwordProblem(password: string): string | null {
  return PASSWORD_RULES.find(({ holds }) => !holds(password))?.sentence ?? null;
}

export const ENVIRONMENTS = ["sandbox", "live"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
export const KYB_STATUS_FORMATS = ["upper_snake", "title"] as const;
export type KybStatusFormat = (typeof KYB_STATUS_FORMATS)[number];
export const LOCALES = ["en", "pt-BR", "es"] as const;
export type Locale = (typeof LOCALES)[number];
