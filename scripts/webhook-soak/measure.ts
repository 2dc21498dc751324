import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type postgres from "postgres";
import type { Destination } from "./layout";
import type { Arrival, Behaviour, ReportLine } from "./protocol";

/** What the receiver takes, although it may take its time. */
const ACCEPTING: ReadonlySet<Behaviour> = new Set(["healthy", "slow", "huge body", "a byte a second"]);

export interface Row {
  behaviour: Behaviour;
  destinations: number;
  deliveries: number;
  delivered: number;
  waiting: number;
  "given up": number;
  /** Delivered by our account, or expected to be, and never seen by the receiver. */
  lost: number;
  /** Seen more than once although it had been taken. */
  duplicates: number;
  "p50 ms": number | null;
  "p95 ms": number | null;
  "max ms": number | null;
}

export interface Findings {
  rows: Row[];
  /** Pairs of one session's events that came to a healthy destination in the wrong order. */
  outOfOrder: number;
  attempts: number;
}

interface DeliveryRow {
  destination: string;
  event: string;
  subject: string;
  state: "pending" | "delivered" | "failed";
  created: number;
}

/** Holds the database's account against the receiver's. */
export async function compare(sql: postgres.Sql, destinations: Destination[], reportFile: string): Promise<Findings> {
  const arrivals = destinations.map(() => new Map<string, { first: number; count: number }>());
  for await (const line of createInterface({ input: createReadStream(reportFile) })) {
    const [destination, eventId, first, count] = JSON.parse(line) as ReportLine;
    arrivals[destination]!.set(eventId, { first, count });
  }
  const rows = new Map<Behaviour, Row & { latencies: number[] }>();
  let outOfOrder = 0;
  for (const [index, destination] of destinations.entries()) {
    const { behaviour } = destination;
    const row = rows.get(behaviour) ?? newRow(behaviour);
    rows.set(behaviour, row);
    row.destinations += 1;
    const latest = new Map<string, number>();
    const deliveries = await sql<DeliveryRow[]>`
      select destination_id as destination, event_id as event, subject_id as subject, state,
        (extract(epoch from created_at) * 1000)::float8 as created
      from webhook_deliveries where destination_id = ${destination.id} order by created_at, id`;
    for (const delivery of deliveries) {
      const seen = arrivals[index]!.get(delivery.event);
      row.deliveries += 1;
      if (delivery.state === "delivered") row.delivered += 1;
      if (delivery.state === "pending") row.waiting += 1;
      if (delivery.state === "failed") row["given up"] += 1;
      if (delivery.state === "delivered" && !seen) row.lost += 1;
      if (!seen || !ACCEPTING.has(behaviour)) continue;
      row.duplicates += seen.count - 1;
      row.latencies.push(seen.first - delivery.created);
      if (behaviour !== "healthy") continue;
      if (seen.first < (latest.get(delivery.subject) ?? 0)) outOfOrder += 1;
      latest.set(delivery.subject, seen.first);
    }
  }
  const [{ attempts } = { attempts: 0 }] = await sql<{ attempts: number }[]>`
    select count(*)::int as attempts from webhook_attempts`;
  const ordered = [...rows.values()].map(({ latencies, ...row }) => ({ ...row, ...quantiles(latencies) }));
  return { rows: ordered, outOfOrder, attempts };
}

const newRow = (behaviour: Behaviour) => ({
  behaviour,
  destinations: 0,
  deliveries: 0,
  delivered: 0,
  waiting: 0,
  "given up": 0,
  lost: 0,
  duplicates: 0,
  "p50 ms": null,
  "p95 ms": null,
  "max ms": null,
  latencies: [] as number[],
});

function quantiles(latencies: number[]): Pick<Row, "p50 ms" | "p95 ms" | "max ms"> {
  const sorted = latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    sorted.length === 0 ? null : Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  return { "p50 ms": at(0.5), "p95 ms": at(0.95), "max ms": at(1) };
}

/** How many of these, which healthy destinations have received, are not yet written down as delivered. */
export async function countUnrecorded(
  sql: postgres.Sql,
  destinations: Destination[],
  arrivals: Arrival[],
): Promise<number> {
  const pairs = arrivals
    .filter(({ destination }) => destinations[destination]?.behaviour === "healthy")
    .map(({ destination, eventId }) => ({ destination: destinations[destination]!.id, event: eventId }));
  const [row] = await sql<{ count: number }[]>`
    select count(distinct (d.destination_id, d.event_id))::int as count
    from jsonb_to_recordset(${JSON.stringify(pairs)}::text::jsonb) as a(destination uuid, event uuid)
    join webhook_deliveries d on d.destination_id = a.destination and d.event_id = a.event and d.state = 'pending'`;
  return row?.count ?? 0;
}

export async function countWaitingAtHealthy(sql: postgres.Sql, destinations: Destination[]): Promise<number> {
  const healthy = destinations.filter(({ behaviour }) => behaviour === "healthy").map(({ id }) => id);
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from webhook_deliveries where state = 'pending' and destination_id in ${sql(healthy)}`;
  return row?.count ?? 0;
}
