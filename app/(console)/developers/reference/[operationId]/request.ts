export interface TriedParameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  example: string;
  values: string[];
}

export interface TriedOperation {
  method: string;
  path: string;
  credential: "key" | "token" | "none";
  writes: boolean;
  isDestructive: boolean;
  /** The example, to begin with; null when the operation takes no body. */
  body: string | null;
  parameters: readonly TriedParameter[];
}

export interface Tried {
  path: string;
  init: { method: string; headers: Record<string, string>; body?: string };
}

/** The request as it was filled in, to this same server. */
export function requestOf(
  operation: TriedOperation,
  given: { values: Record<string, string>; body: string; credential: string },
): Tried {
  let path = operation.path;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const { name, in: place } of operation.parameters) {
    const value = given.values[name]?.trim() ?? "";
    // "." and ".." would make another path of this one, whatever the encoding.
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value).replace(/^\.+$/, "%20"));
    else if (value !== "" && place === "query") query.set(name, value);
    else if (value !== "" && place === "header") headers[name] = value;
  }
  if (operation.credential === "key") headers["x-api-key"] = given.credential;
  if (operation.credential === "token") headers.authorization = `Bearer ${given.credential}`;
  const body = operation.body !== null && given.body.trim() !== "" ? given.body : undefined;
  if (body !== undefined) headers["content-type"] = "application/json";
  return {
    path: query.size > 0 ? `${path}?${query}` : path,
    init: { method: operation.method, headers, ...(body !== undefined && { body }) },
  };
}

export type TriedAnswer =
  | { kind: "failed" }
  | {
      kind: "answered";
      status: number;
      milliseconds: number;
      headers: [name: string, value: string][];
      text: string | null;
      file: { type: string; size: number; url: string; name: string } | null;
    };

/** Without cookies: what comes back is what a program would get. */
export async function send({ path, init }: Tried): Promise<TriedAnswer> {
  const began = performance.now();
  let response: Response;
  let bytes: Blob;
  try {
    response = await fetch(path, { ...init, credentials: "omit", cache: "no-store", redirect: "manual" });
    bytes = await response.blob();
  } catch {
    return { kind: "failed" };
  }
  const milliseconds = Math.round(performance.now() - began);
  const type = response.headers.get("content-type") ?? "";
  const isText = /json|^text\//.test(type);
  const text = isText ? pretty(await bytes.text()) : null;
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "") ?? [];
  return {
    kind: "answered",
    status: response.status,
    milliseconds,
    headers: [...response.headers].sort(([a], [b]) => a.localeCompare(b)),
    text,
    file:
      isText || bytes.size === 0
        ? null
        : { type, size: bytes.size, url: URL.createObjectURL(bytes), name: name ?? "answer" },
  };
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
