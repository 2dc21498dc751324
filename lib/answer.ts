/** An answer other than the first that a route documents: `return new Reply(204)`. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body?: unknown,
    readonly headers: Record<string, string> = {},
  ) {}
}

/** Bytes instead of JSON. */
export class FileReply {
  constructor(
    readonly bytes: Uint8Array,
    readonly contentType: string,
    readonly filename: string,
    readonly status = 200,
  ) {}
}

const EVERY_ANSWER = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

export function json(status: number, body: unknown, requestId: string, headers: Record<string, string> = {}): Response {
  const hasBody = status !== 204;
  return new Response(hasBody ? JSON.stringify(body) : null, {
    status,
    headers: {
      ...(hasBody && { "Content-Type": "application/json; charset=utf-8" }),
      ...EVERY_ANSWER,
      "X-Request-Id": requestId,
      ...headers,
    },
  });
}

export function fileResponse(file: FileReply, requestId: string): Response {
  // RFC 6266: an ASCII name for everybody, and the real one for those who read it.
  const ascii = file.filename.replace(/[^\w.-]+/g, "_");
  return new Response(new Uint8Array(file.bytes), {
    status: file.status,
    headers: {
      "Content-Type": file.contentType,
      "Content-Length": String(file.bytes.byteLength),
      "Content-Disposition": `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
      ...EVERY_ANSWER,
      "X-Request-Id": requestId,
    },
  });
}
