import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { REMOTE_ADDRESS_HEADER, remoteAddressOf } from "@/lib/remote-address";
import { portProblem } from "./checks";

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const API = [
  "/v3",
  "/auth/v2",
  "/system",
  "/media",
  "/test-receiver",
  "/vendor",
  "/openapi.json",
  "/llms.txt",
  "/llms-full.txt",
  "/mcp",
];

/** Whether the API answers this request target; everything else is the console's. */
export function isApiTarget(target: string): boolean {
  const path = target.startsWith("/") ? target : target.replace(/^https?:\/\/[^/?#]*/i, "");
  const end = path.search(/[?#]/);
  const pathname = end === -1 ? path : path.slice(0, end);
  return API.some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}

export function httpServer(): Server {
  const server = createServer();
  // Longer than the usual 60 s of a proxy or a client's pool: else a reused connection meets a closing server.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 66_000;
  return server;
}

export function serve(server: Server, api: Handler, console: Handler): void {
  server.on("request", (request, response) => {
    const isApi = isApiTarget(request.url ?? "/");
    const handle = isApi ? api : console;
    if (!isApi) {
      // Read by the console's actions; the API writes its own.
      const forwarded = request.headers["x-forwarded-for"];
      const address = remoteAddressOf(String(forwarded ?? ""), request.socket.remoteAddress);
      delete request.headers[REMOTE_ADDRESS_HEADER];
      if (address) request.headers[REMOTE_ADDRESS_HEADER] = address;
    }
    Promise.resolve(handle(request, response)).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
      throw error;
    });
  });
}

export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(portProblem(error, port, host));
    server.once("error", fail);
    server.listen({ port, host, exclusive: true }, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

/** Takes no more connections, lets the requests under way finish, and cuts those that take longer than `patience`. */
export async function close(server: Server, patience: number): Promise<void> {
  const closed = new Promise<boolean>((resolve) => server.close(() => resolve(true)));
  const deadline = Date.now() + patience;
  // A connection whose request ends after close() turns idle again, and nobody else would close it.
  while (Date.now() < deadline) {
    server.closeIdleConnections();
    if (await Promise.race([closed, sleep(50, false)])) return;
  }
  server.closeAllConnections();
  await closed;
}
