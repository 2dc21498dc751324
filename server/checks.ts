import { createServer } from "node:net";
import postgres from "postgres";

export interface HeldPort {
  /** The one asked for, or a free one for 0. */
  port: number;
  release(): Promise<void>;
}

/**
 * Takes the port at once and keeps it until the server is ready to listen: a first start takes minutes, in which another
 * program could take it. Whoever connects meanwhile is turned away.
 */
export function holdPort(port: number, host: string): Promise<HeldPort> {
  return new Promise((resolve, reject) => {
    const holder = createServer((socket) => socket.destroy());
    holder.once("error", (error: NodeJS.ErrnoException) => reject(portProblem(error, port, host)));
    holder.listen({ port, host, exclusive: true }, () => {
      const address = holder.address();
      resolve({
        port: typeof address === "object" && address ? address.port : port,
        release: () => new Promise((closed) => holder.close(() => closed())),
      });
    });
  });
}

export function portProblem(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === "EADDRINUSE") {
    return new Error(`Port ${port} on ${host} is in use. Stop the program that uses it, or choose another with PORT.`);
  }
  if (error.code === "EACCES") {
    return new Error(`Port ${port} needs more rights than this user has. Choose one above 1023 with PORT.`);
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND" || error.code === "EAI_AGAIN") {
    return new Error(
      `HOST is ${host}, which is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all addresses.`,
    );
  }
  return error;
}

/** @throws Error with a sentence for the operator; it never repeats the password */
export async function checkDatabase(databaseUrl: string): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const [row] = await client`select current_setting('server_version_num')::int as version`;
    if (row?.version < 150_000) {
      throw new Error(
        `The database at ${placeOf(databaseUrl)} is PostgreSQL ${Math.floor(row?.version / 10_000)}. Aval needs 15 or newer.`,
      );
    }
  } catch (error) {
    throw databaseProblem(error, databaseUrl);
  } finally {
    await client.end({ timeout: 1 });
  }
}

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
]);

export function databaseProblem(error: unknown, databaseUrl: string): unknown {
  const code = (error as { code?: string }).code ?? "";
  const place = placeOf(databaseUrl);
  if (UNREACHABLE.has(code)) {
    return new Error(
      `The database at ${place} cannot be reached (${code}). Check DATABASE_URL and that the server runs, or unset it to use the embedded PostgreSQL.`,
    );
  }
  if (code === "28P01" || code === "28000") {
    return new Error(`The database at ${place} refuses the user or the password. Check DATABASE_URL.`);
  }
  if (code === "3D000") {
    return new Error(`There is no database ${placeOf(databaseUrl)}. Create it, or check DATABASE_URL.`);
  }
  if (code === "57P03" || code === "53300") {
    return new Error(`The database at ${place} takes no connection now (${code}). Try again shortly.`);
  }
  return error;
}

function placeOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}

/** One sentence for the operator; the stack too when it is our mistake and not a circumstance. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  const path = (error as NodeJS.ErrnoException).path;
  if ((code === "EACCES" || code === "EPERM") && path) return `No permission for ${path}.`;
  if (code === "EROFS" && path)
    return `${path} is on a read-only file system. Choose another folder with AVAL_DATA_DIR.`;
  if (code === "ENOSPC") return "The disk is full.";
  if ((code === "ENOTDIR" || code === "EEXIST") && path) return `${path} is not a folder.`;
  return error.constructor === Error && !code ? error.message : (error.stack ?? error.message);
}
