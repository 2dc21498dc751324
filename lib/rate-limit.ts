import { createHash } from "node:crypto";
import { RATE_WINDOW_IN_SECONDS, takePermits } from "@/domain/access/rate-windows";
import type { Actor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { env, type RateScope } from "@/env";

/** Where a caller stands after a request, in the scope with the least left. */
export interface Standing {
  limit: number;
  remaining: number;
  /** Epoch second in which the oldest counted request leaves the window. */
  reset: number;
}

/**
 * The counts live in the database. A process that is asked often takes several permits at a time and hands them out
 * itself for a second, so that a busy caller does not cost a write per request; what it does not hand out it gives back.
 */
interface Lease {
  left: number;
  /** Database second in which the permits were taken. */
  second: number;
  /** On this process's monotonic clock. */
  until: number;
  size: number;
  limit: number;
  counted: number;
  reset: number;
  /** On this process's monotonic clock: until then the window has nothing left. */
  emptyUntil: number;
}

interface Book {
  leases: Map<RateScope, Lease>;
  refilling?: Promise<void>;
  waiting: number;
}

const LEASE_MS = 1_000;
/** A lease is at most this part of a limit: so much may lie unused in a process that died. */
const LARGEST_LEASE_PART = 20;
const MOST_BOOKS = 10_000;

const books = new Map<string, Book>();

export function callerOf(actor: Pick<Actor, "kind" | "id">): string {
  return `${actor.kind}:${actor.id}`;
}

/** @throws rate_limited; the standing is in `throttled` */
export async function countRequest(caller: string, scopes: readonly RateScope[]): Promise<Standing | null> {
  const limits = env().rateLimits;
  if (!limits) return null;
  const book = bookOf(caller);
  book.waiting++;
  try {
    for (;;) {
      const now = performance.now();
      const leases = scopes.map((scope) => book.leases.get(scope));
      const empty = leases.filter((lease) => lease && lease.emptyUntil > now) as Lease[];
      if (empty.length > 0) throw throttled(empty, now);
      if (leases.every((lease) => lease && lease.left > 0 && lease.until > now)) {
        const used = leases as Lease[];
        for (const lease of used) lease.left--;
        return standingOf(used);
      }
      book.refilling ??= refill(caller, book, scopes, limits).finally(() => {
        book.refilling = undefined;
      });
      await book.refilling;
    }
  } finally {
    book.waiting--;
  }
}

async function refill(
  caller: string,
  book: Book,
  scopes: readonly RateScope[],
  limits: Record<RateScope, number>,
): Promise<void> {
  const asked = performance.now();
  const lacking = scopes
    .filter((scope) => {
      const lease = book.leases.get(scope);
      return !lease || lease.left === 0 || lease.until <= asked;
    })
    .sort();
  const requests = lacking.map((scope) => {
    const lease = book.leases.get(scope);
    const limit = limits[scope];
    const wasUsedUp = lease !== undefined && lease.left === 0 && lease.until > asked;
    const wanted = Math.max(book.waiting, wasUsedUp ? lease.size * 2 : 1);
    return {
      scope,
      limit,
      wanted: Math.max(1, Math.min(wanted, Math.floor(limit / LARGEST_LEASE_PART))),
      unused: lease?.left ?? 0,
      unusedSecond: lease?.second ?? 0,
    };
  });
  // What is given back must not be handed out meanwhile.
  for (const scope of lacking) {
    const lease = book.leases.get(scope);
    if (lease) lease.left = 0;
  }
  const answers = await takePermits(createHash("sha256").update(caller).digest(), requests);
  const now = performance.now();
  for (const answer of answers) {
    const scope = answer.scope as RateScope;
    const limit = limits[scope];
    const isEmpty = answer.counted >= limit && answer.granted === 0;
    const reset = answer.oldest + RATE_WINDOW_IN_SECONDS;
    book.leases.set(scope, {
      left: answer.granted,
      second: Math.floor(answer.now),
      until: now + LEASE_MS,
      size: answer.granted,
      limit,
      counted: answer.counted,
      reset,
      emptyUntil: isEmpty ? now + Math.max(0, reset - answer.now) * 1000 : 0,
    });
  }
}

function standingOf(leases: Lease[]): Standing {
  const standings = leases.map(({ limit, counted, left, reset }) => ({
    limit,
    remaining: Math.max(0, limit - counted + left),
    reset,
  }));
  return standings.reduce((least, one) => (one.remaining < least.remaining ? one : least));
}

/** A refusal that carries the standing for its headers. */
export class Throttled extends DomainError {
  constructor(
    readonly standing: Standing,
    seconds: number,
  ) {
    super("rate_limited", `Request was throttled. Expected available in ${seconds} seconds.`, {
      retryAfterInSeconds: seconds,
    });
  }
}

function throttled(empty: Lease[], now: number): Throttled {
  const last = empty.reduce((latest, one) => (one.emptyUntil > latest.emptyUntil ? one : latest));
  const seconds = Math.max(1, Math.ceil((last.emptyUntil - now) / 1000));
  return new Throttled({ limit: last.limit, remaining: 0, reset: last.reset }, seconds);
}

/** Contract section 0.7: on every answer, so that a client can slow down before it is refused. */
export function rateHeaders(standing: Standing | null): Record<string, string> {
  if (!standing) return {};
  return {
    "X-RateLimit-Limit": String(standing.limit),
    "X-RateLimit-Remaining": String(standing.remaining),
    "X-RateLimit-Reset": String(standing.reset),
  };
}

function bookOf(caller: string): Book {
  let book = books.get(caller);
  if (!book) {
    if (books.size >= MOST_BOOKS) {
      // Oldest first; one that is in use comes back with its next request and takes its counts from the database.
      for (const [name, old] of books) {
        if (books.size < MOST_BOOKS * 0.9) break;
        if (old.waiting === 0) books.delete(name);
      }
    }
    book = { leases: new Map(), waiting: 0 };
    books.set(caller, book);
  }
  return book;
}
