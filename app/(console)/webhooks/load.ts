import { z } from "zod";
import type { Actor } from "@/domain/actor";
import { countDeliveries, type DeliveryCounts, deliveryPulse } from "@/domain/webhooks/counts";
import { cursorIn, cursorText } from "@/domain/webhooks/cursor";
import { type DeliveryFilter, type DeliveryPage, listDeliveries, readDelivery } from "@/domain/webhooks/deliveries";
import { listDestinations, readDestination } from "@/domain/webhooks/destinations";
import { readTestReceiver } from "@/domain/webhooks/test-receiver";
import { endOfDay, startOfDay } from "../audit/day";
import {
  type DeliveryDetail,
  type DeliveryItem,
  type DestinationItem,
  toDeliveryDetail,
  toDeliveryItem,
  toDestinationItem,
} from "./items";
import type { DeliverySearch } from "./search-params";

const PAGE_SIZE = 50;

export async function loadDestinations(actor: Actor): Promise<DestinationItem[]> {
  const now = new Date();
  return (await listDestinations(actor)).map((view) => toDestinationItem(view, now));
}

export const loadDestination = async (actor: Actor, destinationId: string): Promise<DestinationItem> =>
  toDestinationItem(await readDestination(actor, destinationId), new Date());

export interface DeliveriesAnswer {
  rows: DeliveryItem[];
  older: string | null;
  newer: string | null;
  counts: DeliveryCounts;
}

const NONE: DeliveriesAnswer = {
  rows: [],
  older: null,
  newer: null,
  counts: {
    pending: { count: 0, exact: true },
    delivered: { count: 0, exact: true },
    failed: { count: 0, exact: true },
  },
};

/** One page of the log as the screen shows it: for its first render and for every refresh after that. */
export async function loadDeliveries(
  actor: Actor,
  search: DeliverySearch,
  timeZone: string,
): Promise<DeliveriesAnswer> {
  const filter = filterOf(search, timeZone);
  if (!filter) return NONE;
  const [page, counts] = await Promise.all([pageOf(actor, search, filter), countDeliveries(actor, filter)]);
  return {
    rows: page.rows.map(toDeliveryItem),
    older: page.next && cursorText(page.next),
    newer: page.previous && cursorText(page.previous),
    counts,
  };
}

async function pageOf(actor: Actor, search: DeliverySearch, filter: DeliveryFilter): Promise<DeliveryPage> {
  const narrowed = { ...filter, ...(search.state && { state: search.state }) };
  const after = search.newer && cursorIn(search.newer);
  if (after) {
    const page = await listDeliveries(actor, narrowed, after, PAGE_SIZE, "newer");
    // The last turn arrives at the newest: that page is shown whole.
    if (page.previous) return page;
  }
  return listDeliveries(actor, narrowed, (search.older && !after && cursorIn(search.older)) || null, PAGE_SIZE);
}

/** Null when the address asks for something that nothing can match, an id that is no id for instance. */
function filterOf(search: DeliverySearch, timeZone: string): DeliveryFilter | null {
  const given = [search.destination, search.id].filter((id) => id !== null);
  if (given.some((id) => !z.uuid().safeParse(id.trim()).success)) return null;
  const from = startOfDay(search.from ?? undefined, timeZone);
  const before = endOfDay(search.to ?? undefined, timeZone);
  return {
    ...(search.destination && { destinationId: search.destination.trim() }),
    ...(search.event && { type: search.event }),
    ...(search.id && { aboutId: search.id.trim() }),
    ...(from && { from }),
    ...(before && { before }),
  };
}

export const loadDelivery = async (actor: Actor, deliveryId: string): Promise<DeliveryDetail> =>
  toDeliveryDetail(await readDelivery(actor, deliveryId));

export interface PulseItem {
  at: string;
  delivered: number;
  pending: number;
  failed: number;
}

export async function loadPulse(actor: Actor, destinationId: string | null): Promise<PulseItem[]> {
  const pulse = await deliveryPulse(actor, destinationId ? { destinationId } : {}, new Date());
  return pulse.map((minute) => ({ ...minute, at: minute.at.toISOString() }));
}

export interface ReceiptItem {
  id: string;
  receivedAt: string;
  type: string | null;
  eventId: string | null;
  headers: Record<string, string>;
  body: string;
  byteLength: number;
  verdict: string;
  answered: number;
}

export interface TestReceiverAnswer {
  destination: DestinationItem;
  answerStatus: number;
  answerDelayMs: number;
  receipts: ReceiptItem[];
}

export async function loadTestReceiver(actor: Actor): Promise<TestReceiverAnswer | null> {
  const receiver = await readTestReceiver(actor);
  if (!receiver) return null;
  return {
    destination: await loadDestination(actor, receiver.destinationId),
    answerStatus: receiver.answerStatus,
    answerDelayMs: receiver.answerDelayMs,
    receipts: receiver.receipts.map((receipt) => ({ ...receipt, receivedAt: receipt.receivedAt.toISOString() })),
  };
}
