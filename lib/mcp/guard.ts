/** What a server is called: by its public address, and on its own machine. */
interface Names {
  publicUrl: string;
  host: string;
  port: number;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Whether a request names this server and comes from no foreign page, as the transport's specification demands against
 * DNS rebinding: a page whose name was made to point here still sends that name as Host, and its own Origin.
 */
export function isForUs(headers: { host?: string | null; origin?: string | null }, names: Names): boolean {
  const own = new URL(names.publicUrl);
  const hosts = [own.host, ...[...LOOPBACK, names.host].map((name) => `${name}:${names.port}`)];
  const origins = [own.origin, ...LOOPBACK.map((name) => `http://${name}:${names.port}`)];
  const host = headers.host?.toLowerCase();
  const origin = headers.origin?.toLowerCase();
  return host !== undefined && hosts.includes(host) && (!origin || origins.includes(origin));
}
