import { lookup, Resolver } from "node:dns/promises";

const SECOND_ANSWER_MS = 300;

/** All addresses of a name, or an error with one of DNS's codes. */
export type Lookup = (hostname: string, options: { listed: boolean; signal: AbortSignal }) => Promise<string[]>;

/**
 * A host that the operator lists is looked up as the system does, `/etc/hosts` included. Any other name is asked of DNS
 * directly: the system's call occupies one of a few threads until it is answered, so that a few names whose server is
 * silent would stop every other lookup in the process.
 */
export const lookUp: Lookup = async (hostname, { listed, signal }) => {
  if (listed) {
    const answers = await lookup(hostname, { all: true, verbatim: true });
    return answers.map((answer) => answer.address);
  }
  const resolver = new Resolver({ timeout: 1500, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  let grace: NodeJS.Timeout | undefined;
  try {
    const questions = [resolver.resolve4(hostname), resolver.resolve6(hostname)];
    // Some servers never answer the question whose answer would be empty.
    const startGrace = () => {
      grace ??= setTimeout(cancel, SECOND_ANSWER_MS);
    };
    for (const question of questions) question.then(startGrace, () => {});
    const answers = await Promise.allSettled(questions);
    const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    if (addresses.length > 0) return addresses;
    const reasons = answers.map((answer) => (answer as PromiseRejectedResult).reason);
    throw reasons.find((reason) => !isAbsent(reason)) ?? reasons[0];
  } finally {
    clearTimeout(grace);
    signal.removeEventListener("abort", cancel);
  }
};

const ABSENT = new Set(["ENOTFOUND", "ENODATA", "ENONAME", "EAI_NONAME", "EAI_NODATA", "EBADNAME"]);

export const isAbsent = (error: unknown) => ABSENT.has((error as NodeJS.ErrnoException)?.code ?? "");
