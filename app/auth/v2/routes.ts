import type { AccountRoute } from "@/lib/account-route";
import * as introspect from "./introspect/route";
import * as jwks from "./jwks/route";
import * as organizationKeys from "./organizations/[organizationId]/api-keys/route";
import * as applicationKeys from "./organizations/[organizationId]/applications/[applicationId]/api-keys/route";
import * as member from "./organizations/[organizationId]/members/[memberId]/route";
import * as members from "./organizations/[organizationId]/members/route";
import * as roles from "./organizations/[organizationId]/roles/route";
import * as application from "./organizations/me/[organizationId]/applications/[applicationId]/route";
import * as applications from "./organizations/me/[organizationId]/applications/route";
import * as organizations from "./organizations/me/route";
import * as login from "./programmatic/login/route";
import * as logout from "./programmatic/logout/route";
import * as refresh from "./programmatic/refresh/route";
import * as register from "./programmatic/register/route";
import * as resendOtp from "./programmatic/resend-otp/route";
import * as verifyEmail from "./programmatic/verify-email/route";

/** Every route of accounts, literal paths before those with a parameter. A test compares this table with the folders. */
export const ACCOUNT_ROUTES: readonly AccountRoute[] = [
  register,
  verifyEmail,
  resendOtp,
  login,
  refresh,
  logout,
  organizations,
  applications,
  application,
  members,
  member,
  roles,
  organizationKeys,
  applicationKeys,
  introspect,
  jwks,
].flatMap((module) => Object.values(module) as AccountRoute[]);
