import { z } from "zod";
import { isoSeconds } from "../sessions/wire";
import type { Tokens } from "./access-tokens";
import type { ApiKeyView } from "./api-keys";
import type { MemberView } from "./members";
import type { Organisation } from "./organisations";
import type { Application } from "./provision";
import { API_KEY_PRIVILEGES, ENVIRONMENTS, privilegesOf, ROLES, type Role } from "./rules";

/** The contract's JSON of accounts (section 6): its American spelling exists only here. */

const instant = z.iso.datetime();

export const TokensAnswer = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.int(),
});

export const toTokens = (tokens: Tokens): z.input<typeof TokensAnswer> => ({
  access_token: tokens.accessToken,
  refresh_token: tokens.refreshToken,
  expires_in: tokens.expiresInSeconds,
});

export const OrganizationAnswer = z.object({
  uuid: z.uuid(),
  name: z.string(),
  contact_email: z.string().nullable(),
  /** Ours. */
  role: z.enum(ROLES),
  created_at: instant,
});

export const toOrganization = (one: Organisation & { role: Role }): z.input<typeof OrganizationAnswer> => ({
  uuid: one.id,
  name: one.name,
  contact_email: one.contactEmail,
  role: one.role,
  created_at: isoSeconds(one.createdAt),
});

export const ApplicationAnswer = z.object({
  uuid: z.uuid(),
  name: z.string(),
  client_id: z.string(),
  /** Null for those who do not manage keys, and when there is no primary key. */
  api_key: z.string().nullable(),
  website_url: z.string().nullable(),
  redirect_uris: z.array(z.string()),
  terms_url: z.string().nullable(),
  privacy_url: z.string().nullable(),
  description: z.string().nullable(),
  /** Ours. */
  environment: z.enum(ENVIRONMENTS),
  created_at: instant,
});

export const toApplication = (one: Application, apiKey: string | null): z.input<typeof ApplicationAnswer> => ({
  uuid: one.id,
  name: one.name,
  client_id: one.clientId,
  api_key: apiKey,
  website_url: one.websiteUrl,
  redirect_uris: one.redirectUris,
  terms_url: one.termsUrl,
  privacy_url: one.privacyUrl,
  description: one.description,
  environment: one.environment,
  created_at: isoSeconds(one.createdAt),
});

const link = z.url({ protocol: /^https?$/, error: "Enter a valid URL." }).max(500);
const optionalLink = z
  .union([z.literal("").transform(() => null), link])
  .nullable()
  .optional();

/** What an application says of itself; what is left out is not changed. */
export const ApplicationRequest = z.object({
  name: z.string().trim().min(1).max(80).optional(),
  website_url: optionalLink,
  redirect_uris: z.array(link).max(20).optional(),
  terms_url: optionalLink,
  privacy_url: optionalLink,
  description: z.string().trim().max(1000).nullable().optional(),
});

export const fromApplication = (body: z.output<typeof ApplicationRequest>) => ({
  name: body.name,
  websiteUrl: body.website_url,
  redirectUris: body.redirect_uris,
  termsUrl: body.terms_url,
  privacyUrl: body.privacy_url,
  description: body.description,
});

export const MemberAnswer = z.object({
  uuid: z.uuid(),
  email: z.string(),
  name: z.string().nullable(),
  role: z.enum(ROLES),
  status: z.enum(["active", "disabled", "invited"]),
  created_at: instant,
  expires_at: instant.nullable(),
});

export const toMember = (one: MemberView): z.input<typeof MemberAnswer> => ({
  uuid: one.id,
  email: one.email,
  name: one.name,
  role: one.role,
  status: one.state,
  created_at: isoSeconds(one.since),
  expires_at: one.expiresAt && isoSeconds(one.expiresAt),
});

export const RoleAnswer = z.object({
  slug: z.enum(ROLES),
  name: z.string(),
  description: z.string(),
  is_system: z.literal(true),
  permissions: z.array(z.string()),
});

const ROLE_TEXTS: Record<Role, [name: string, description: string]> = {
  owner: ["Owner", "Does everything, and decides who else is an owner."],
  admin: ["Admin", "Does everything except to owners."],
  compliance_officer: [
    "Compliance Officer",
    "Reviews, shares and imports sessions, keeps lists and reads the audit trail.",
  ],
  developer: ["Developer", "Sets up workflows, webhooks and keys; reads sessions."],
  reader: ["Reader", "Sees sessions and settings, changes nothing."],
};

export const roles = (): z.input<typeof RoleAnswer>[] =>
  ROLES.map((slug) => ({
    slug,
    name: ROLE_TEXTS[slug][0],
    description: ROLE_TEXTS[slug][1],
    is_system: true,
    permissions: [...privilegesOf(slug)],
  }));

export const ApiKeyAnswer = z.object({
  uuid: z.uuid(),
  application: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  last_four: z.string(),
  is_primary: z.boolean(),
  permissions: z.array(z.string()),
  workflow_ids: z.array(z.uuid()).nullable(),
  statuses: z.array(z.string()).nullable(),
  ip_allowlist: z.array(z.string()).nullable(),
  media: z.boolean(),
  /** Ours. */
  agent_writes: z.boolean(),
  created_by: z.string(),
  created_at: instant,
  last_used_at: instant.nullable(),
  expires_at: instant.nullable(),
  revoked_at: instant.nullable(),
  replaced_by: z.uuid().nullable(),
});

const orNull = (at: Date | null) => at && isoSeconds(at);

export const toApiKey = (one: ApiKeyView): z.input<typeof ApiKeyAnswer> => ({
  uuid: one.id,
  application: one.applicationId,
  name: one.name,
  prefix: one.prefix,
  last_four: one.lastFour,
  is_primary: one.isPrimary,
  permissions: one.isPrimary ? [...API_KEY_PRIVILEGES] : one.privileges,
  workflow_ids: one.workflowIds,
  statuses: one.statuses,
  ip_allowlist: one.addresses,
  media: one.media,
  agent_writes: one.agentWrites,
  created_by: one.createdBy,
  created_at: isoSeconds(one.createdAt),
  last_used_at: orNull(one.lastUsedAt),
  expires_at: orNull(one.expiresAt),
  revoked_at: orNull(one.revokedAt),
  replaced_by: one.replacedById,
});
