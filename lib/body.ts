import { DomainError } from "@/domain/errors";
import { JsonRefused, parseJsonText } from "./json-text";

/** A JSON body is at most this long unless a route says otherwise. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** @throws unsupported_media_type, payload_too_large, invalid_input */
export async function readBody(request: Request, limit: number): Promise<string> {
  const [type = "", ...parameters] = (request.headers.get("content-type") ?? "").toLowerCase().split(";");
  if (type.trim() !== "" && type.trim() !== "application/json") {
    throw new DomainError(
      "unsupported_media_type",
      `Unsupported media type "${type.trim().slice(0, 100)}" in request.`,
    );
  }
  const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/.exec(one)?.[1]).find(Boolean);
  if (charset && charset !== "utf-8" && charset !== "utf8") {
    throw new DomainError(
      "unsupported_media_type",
      `Unsupported charset "${charset.slice(0, 40)}" in request: use UTF-8.`,
    );
  }
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase();
  if (encoding && encoding !== "identity") {
    throw new DomainError(
      "unsupported_media_type",
      `Unsupported content encoding "${encoding.slice(0, 40)}" in request.`,
    );
  }
  const bytes = await readBytes(request, limit);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError("invalid_input", "JSON parse error - the body is not UTF-8.");
  }
}

/** @throws payload_too_large */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  const tooLarge = new DomainError("payload_too_large", `The body may have at most ${limit} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body) {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (length > limit) throw tooLarge;
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks);
}

/** @throws invalid_input */
export function parseBody(text: string, options: { roundNumbers?: boolean } = {}): unknown {
  if (text.trim() === "") return {};
  try {
    return parseJsonText(text, options);
  } catch (error) {
    if (error instanceof JsonRefused) throw new DomainError("invalid_input", `JSON parse error - ${error.message}`);
    throw error;
  }
}
