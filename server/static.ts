import type { IncomingMessage, ServerResponse } from "node:http";
import sirv from "sirv";

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const PREFIX = "/_next/static/";

/**
 * Scripts, styles and fonts of the build, whose names hold their digests: straight from the disk in the encoding that the
 * build left beside them, instead of through Next's router and compressed again for everybody. What is not there is Next's.
 */
export function withStatic(folder: string, next: Handler): Handler {
  const files = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    immutable: true,
    maxAge: 31_536_000,
    setHeaders: (response) => response.setHeader("X-Content-Type-Options", "nosniff"),
  });
  return (request, response) => {
    const target = request.url ?? "/";
    if (!target.startsWith(PREFIX) || (request.method !== "GET" && request.method !== "HEAD"))
      return next(request, response);
    request.url = target.slice(PREFIX.length - 1);
    files(request, response, () => {
      request.url = target;
      void next(request, response);
    });
  };
}
