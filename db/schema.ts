// One door for drizzle: queries and migrations see every table through here.
export * from "./schema/access";
export * from "./schema/accounts";
export * from "./schema/agreements";
export * from "./schema/billing";
export * from "./schema/bulk-imports";
export * from "./schema/cases";
export * from "./schema/exports";
export * from "./schema/ledger";
export * from "./schema/lists";
export * from "./schema/notifications";
export * from "./schema/sessions";
export * from "./schema/sharing";
export * from "./schema/vault";
export * from "./schema/vendor";
export * from "./schema/webhooks";
export * from "./schema/workflows";
