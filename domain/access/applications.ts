import { and, eq, inArray, isNull } from "drizzle-orm";
import { directory, type Tx } from "@/db/client";
import { applications, organisations } from "@/db/schema";

/** What one company may know of another's application: its name and whose it is. */
export interface ApplicationCard {
  id: string;
  name: string;
  environment: "sandbox" | "live";
  organisationId: string;
  organisationName: string;
}

const card = {
  id: applications.id,
  name: applications.name,
  environment: applications.environment,
  organisationId: organisations.id,
  organisationName: organisations.name,
};

type Reader = Pick<Tx, "select">;

function cards(reader: Reader) {
  return reader
    .select(card)
    .from(applications)
    .innerJoin(organisations, eq(organisations.id, applications.organisationId));
}

/** Absent and soft-deleted applications are the same (contract section 1.1). */
export async function findApplication(
  reader: Reader,
  by: { id: string } | { clientId: string },
): Promise<ApplicationCard | undefined> {
  const match = "id" in by ? eq(applications.id, by.id) : eq(applications.clientId, by.clientId);
  const [found] = await cards(reader).where(and(match, isNull(applications.deletedAt)));
  return found;
}

/** Names for ids already known to the caller, deleted applications included: history keeps its names. */
export async function applicationCards(
  ids: Iterable<string>,
  reader: Reader = directory(),
): Promise<Map<string, ApplicationCard>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await cards(reader).where(inArray(applications.id, wanted));
  return new Map(rows.map((row) => [row.id, row]));
}
