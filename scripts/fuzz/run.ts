import fc from "fast-check";
import { type ApiDocument, type LocatedOperation, operationsOf } from "@/lib/openapi-document";
import { Judge } from "./judge";
import { describePlan, type Plan, requestsOf } from "./requests";
import { type Received, send } from "./send";
import type { Pool } from "./values";
import { type DemoSide, newWorld, poolOfDemo, type World } from "./world";

export interface Options {
  base: string;
  demo?: DemoSide;
  seed: number;
  /** Requests of each operation; shrinking a finding sends some more. */
  runs: number;
  /** After so many requests of one operation everything is laid out anew: they erase much of it. */
  perWorld: number;
  /** Operations at a time. */
  width: number;
  /** Part of `METHOD /path/`. */
  only?: string;
  /** No operation is begun after so many milliseconds. */
  withinMs?: number;
  log?(line: string): void;
}

export interface Finding {
  operation: string;
  name: string;
  request: string;
  answer: string;
  /** `npm run fuzz -- --seed … --only …` meets it again. */
  seed: number;
}

export interface Report {
  seed: number;
  requests: number;
  operations: { operation: string; requests: number; statuses: Record<string, number> }[];
  findings: Finding[];
}

/** Sends requests to every operation of the server's own document, and holds each answer against it. */
export async function fuzz(options: Options): Promise<Report> {
  const { base } = options;
  const document = JSON.parse(
    (await send(base, { method: "GET", target: "/openapi.json", headers: {} })).bytes.toString(),
  );
  const judge = new Judge(document as ApiDocument);
  const demo = options.demo ? { side: options.demo, pool: await poolOfDemo(base, options.demo) } : undefined;
  const operations = operationsOf(document).filter((one) => nameOf(one).includes(options.only ?? ""));
  const report: Report = { seed: options.seed, requests: 0, operations: [], findings: [] };
  const waiting = [...operations];
  const until = performance.now() + (options.withinMs ?? Number.POSITIVE_INFINITY);
  const worlds = new SharedWorlds(base, options.perWorld);
  const worker = async () => {
    for (let operation = waiting.shift(); operation; operation = waiting.shift()) {
      if (performance.now() > until) return;
      await fuzzOperation(operation, { document, judge, demo, options, report, worlds });
    }
  };
  await Promise.all(Array.from({ length: options.width }, worker));
  return report;
}

export const nameOf = ({ method, path }: LocatedOperation) => `${method} ${path}`;

interface Context {
  document: ApiDocument;
  judge: Judge;
  demo: { side: DemoSide; pool: Pool } | undefined;
  options: Options;
  report: Report;
  worlds: SharedWorlds;
}

/** Small runs share a world: laying one out costs as much as a hundred requests. */
class SharedWorlds {
  private current: { world: Promise<World>; left: number } | undefined;

  constructor(
    private readonly base: string,
    private readonly perWorld: number,
  ) {}

  take(requests: number): Promise<World> {
    if (!this.current || this.current.left < requests)
      this.current = { world: newWorld(this.base), left: this.perWorld };
    this.current.left -= requests;
    return this.current.world;
  }
}

async function fuzzOperation(operation: LocatedOperation, context: Context): Promise<void> {
  const { options, report } = context;
  const name = nameOf(operation);
  const statuses: Record<string, number> = {};
  const own = { operation: name, requests: 0, statuses };
  report.operations.push(own);
  const began = performance.now();
  /** What was found is not found again: the rest of the run looks for something else. */
  const known = new Set<string>();

  for (let done = 0; done < options.runs; ) {
    const numRuns = Math.min(options.perWorld, options.runs - done);
    const world = await context.worlds.take(numRuns);
    const seed = seedOf(options.seed, name, done);
    const plans = requestsOf(operation, context.document.components.schemas, world.pool, context.demo?.pool);
    const property = fc.asyncProperty(plans, async (plan) => {
      own.requests++;
      report.requests++;
      const outcome = await exchange(operation, plan, world, context);
      statuses[outcome.status] = (statuses[outcome.status] ?? 0) + 1;
      const fresh = outcome.faults.filter((one) => !known.has(one.name));
      if (fresh.length > 0) throw new Found(fresh[0]!.name, describePlan(operation, plan), fresh[0]!.detail);
    });
    const result = await fc.check(property, { seed, numRuns, interruptAfterTimeLimit: 600_000 });
    const error = result.errorInstance;
    if (error instanceof Found) {
      known.add(error.message);
      report.findings.push({
        operation: name,
        name: error.message,
        request: error.request,
        answer: error.answer,
        seed: options.seed,
      });
      options.log?.(`! ${name}: ${error.message}\n    ${error.request}\n    ${error.answer}`);
      // From here on with what comes after the run that failed.
      done += Math.max(1, result.numRuns);
    } else if (error) {
      throw error;
    } else {
      done += numRuns;
    }
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  options.log?.(`${name.padEnd(84)} ${String(own.requests).padStart(6)} in ${seconds} s  ${JSON.stringify(statuses)}`);
}

class Found extends Error {
  constructor(
    name: string,
    readonly request: string,
    readonly answer: string,
  ) {
    super(name);
  }
}

async function exchange(
  operation: LocatedOperation,
  plan: Plan,
  world: World,
  { judge, demo, options }: Context,
): Promise<{ status: string; faults: { name: string; detail: string }[] }> {
  const credentials =
    plan.caller === "demo" ? { "x-api-key": demo!.side.api_key } : world.credentials(plan.caller, operation.path);
  let answer: Received;
  try {
    answer = await send(options.base, {
      method: operation.method,
      target: plan.target,
      headers: { ...credentials, ...plan.headers },
      body: plan.body,
    });
  } catch (error) {
    return { status: "none", faults: [{ name: "no answer", detail: String(error) }] };
  }
  const isKnown = plan.caller === "own" || plan.caller === "limited" || plan.caller === "member";
  const usedUp = answer.headers["x-ratelimit-remaining"] === "0" || answer.status === 429;
  if (isKnown && (usedUp || answer.status === 401)) await world.renewCredentials();
  return { status: String(answer.status), faults: judge.faultsOf(operation, plan, answer) };
}

/** A number of 31 bits from the run's seed, the operation and where in it we are. */
function seedOf(seed: number, name: string, at: number): number {
  let hash = seed | 0;
  for (const letter of `${name}#${at}`) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return hash & 0x7fffffff;
}
