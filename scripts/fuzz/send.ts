import { Agent, request } from "node:http";

export interface Sent {
  method: string;
  target: string;
  headers: Record<string, string>;
  body?: Buffer;
}

export interface Received {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
}

const PATIENCE_MS = 60_000;
/** Bytes that the server does not read to their end. */
const LARGE = 1_000_000;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * Sends the target and the bytes as they are: `fetch` would tidy both. Through an agent of one's own, a connection that
 * the server has ended is an error.
 */
export function send(base: string, sent: Sent, through = agent, tries = 3): Promise<Received> {
  const { method, target, headers, body } = sent;
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    let answered = false;
    const outgoing = request(
      {
        agent: through,
        hostname,
        port,
        method,
        path: target,
        headers: { ...headers, ...(body ? { "content-length": String(body.byteLength) } : {}) },
        timeout: PATIENCE_MS,
      },
      (incoming) => {
        answered = true;
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, bytes: Buffer.concat(chunks) }),
        );
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer in ${PATIENCE_MS / 1000} s`)));
    // A server that refuses a large body answers before it has read it, and then our writing fails.
    outgoing.on("error", (error) => {
      if (answered) return;
      // The server ended an idle connection while our request was on its way to it: Node's own advice is to try again.
      const code = (error as NodeJS.ErrnoException).code ?? "";
      // And an answer to a large body may be lost to the reset that our further writing meets.
      const mayBeLost = outgoing.reusedSocket || ((body?.byteLength ?? 0) > LARGE && tries > 1);
      if (through === agent && mayBeLost && ["ECONNRESET", "EPIPE"].includes(code))
        send(base, sent, through, tries - 1).then(resolve, reject);
      else reject(error);
    });
    outgoing.end(body);
  });
}
