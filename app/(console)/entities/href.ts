import type { SessionKind } from "@/domain/sessions/rules";

export const entitiesHref = (kind: SessionKind) => (kind === "business" ? "/businesses" : "/users");

/** By the entity's own id: its vendor_data may be an e-mail address, which no address should hold. */
export const entityHref = (kind: SessionKind, id: string) => `${entitiesHref(kind)}/${id}`;
