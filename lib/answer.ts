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

/** A file that is written while it is sent: its length is not known beforehand. */
export class StreamReply {
  constructor(
    readonly chunks: AsyncIterable<string>,
    readonly contentType: string,
    readonly filename: string,
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

export function streamResponse(file: StreamReply, requestId: string): Response {
  const chunks = file.chunks[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new Response(
    // Written as fast as it is read, and no faster; whoever goes away ends the reading.
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await chunks.return?.();
      },
    }),
    {
      headers: {
        "Content-Type": file.contentType,
        "Content-Disposition": dispositionOf(file.filename),
        ...EVERY_ANSWER,
        "X-Request-Id": requestId,
      },
    },
  );
}

/** RFC 6266: an ASCII name for everybody, and the real one for those who read it. */
function dispositionOf(filename: string): string {
  const ascii = filename.replace(/[^\w.-]+/g, "_");
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename)}`;
}

export function fileResponse(file: FileReply, requestId: string): Response {
  return new Response(new Uint8Array(file.bytes), {
    status: file.status,
    headers: {
      "Content-Type": file.contentType,
      "Content-Length": String(file.bytes.byteLength),
      "Content-Disposition": dispositionOf(file.filename),
      ...EVERY_ANSWER,
      "X-Request-Id": requestId,
    },
  });
}
