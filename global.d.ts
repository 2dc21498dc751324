import type { formats } from "./i18n/formats";
import type { Locale as AvalLocale } from "./i18n/locales";
import type accounts from "./messages/en/accounts.json";
import type agreements from "./messages/en/agreements.json";
import type audit from "./messages/en/audit.json";
import type common from "./messages/en/common.json";
import type developers from "./messages/en/developers.json";
import type entities from "./messages/en/entities.json";
import type errors from "./messages/en/errors.json";
import type imports from "./messages/en/imports.json";
import type join from "./messages/en/join.json";
import type lists from "./messages/en/lists.json";
import type mint from "./messages/en/mint.json";
import type partners from "./messages/en/partners.json";
import type policy from "./messages/en/policy.json";
import type questionnaires from "./messages/en/questionnaires.json";
import type record from "./messages/en/record.json";
import type redeem from "./messages/en/redeem.json";
import type requests from "./messages/en/requests.json";
import type sessions from "./messages/en/sessions.json";
import type settings from "./messages/en/settings.json";
import type shareTokens from "./messages/en/shareTokens.json";
import type sharing from "./messages/en/sharing.json";
import type shell from "./messages/en/shell.json";
import type signIn from "./messages/en/signIn.json";
import type statuses from "./messages/en/statuses.json";
import type usage from "./messages/en/usage.json";
import type vendor from "./messages/en/vendor.json";
import type verification from "./messages/en/verification.json";
import type webhooks from "./messages/en/webhooks.json";
import type workflows from "./messages/en/workflows.json";

declare module "next-intl" {
  interface AppConfig {
    Locale: AvalLocale;
    Formats: typeof formats;
    Messages: {
      accounts: typeof accounts;
      audit: typeof audit;
      common: typeof common;
      developers: typeof developers;
      entities: typeof entities;
      errors: typeof errors;
      imports: typeof imports;
      join: typeof join;
      lists: typeof lists;
      mint: typeof mint;
      partners: typeof partners;
      questionnaires: typeof questionnaires;
      policy: typeof policy;
      agreements: typeof agreements;
      record: typeof record;
      redeem: typeof redeem;
      sessions: typeof sessions;
      settings: typeof settings;
      shareTokens: typeof shareTokens;
      requests: typeof requests;
      sharing: typeof sharing;
      shell: typeof shell;
      signIn: typeof signIn;
      statuses: typeof statuses;
      usage: typeof usage;
      vendor: typeof vendor;
      verification: typeof verification;
      webhooks: typeof webhooks;
      workflows: typeof workflows;
    };
  }
}
