import { type ApiParameter, bodyOf, type LocatedOperation } from "./openapi-document";
import { exampleOf } from "./openapi-example";

export const SNIPPET_LANGUAGES = ["curl", "JavaScript", "Python"] as const;
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

/** The value that stands for a parameter in examples. */
export function exampleOfParameter({ name, schema }: ApiParameter): string {
  const wire = name.replace(/([A-Z])/g, "_$1").toLowerCase();
  const example = exampleOf({ type: "object", properties: { [wire]: schema } }) as Record<string, unknown>;
  return String(example[wire] ?? "text");
}

/** The address of an operation with values in place; parameters of the query that are empty are left out. */
export function addressOf(
  operation: Pick<LocatedOperation, "path" | "parameters">,
  valueFor: (parameter: ApiParameter) => string,
): string {
  let path = operation.path;
  const query = new URLSearchParams();
  for (const parameter of operation.parameters) {
    const value = valueFor(parameter);
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
    if (parameter.in === "query" && value !== "") query.set(parameter.name, value);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Who calls `/auth/v2` is a person, or nobody yet. */
export const credentialOf = ({ security }: Pick<LocatedOperation, "security">) => {
  if (security.some((one) => "apiKey" in one)) return "key";
  return security.some((one) => "accessToken" in one) ? "token" : "none";
};

/** A call of an operation with its example, ready to be pasted; the key comes from the environment. */
export function snippetOf(operation: LocatedOperation, language: SnippetLanguage, base: string): string {
  const url = base + addressOf(operation, (one) => (one.in === "path" || one.required ? exampleOfParameter(one) : ""));
  const example = bodyOf(operation)?.example;
  const body = example !== undefined && Object.keys(example as object).length > 0 ? example : undefined;
  const answer = Object.entries(operation.responses).find(([status]) => Number(status) < 300)?.[1].content;
  const gives = answer?.["application/json"] ? "json" : answer ? "file" : "nothing";
  const write = { curl, JavaScript: javascript, Python: python }[language];
  return write({ method: operation.method, url, body, gives, credential: credentialOf(operation) });
}

interface Call {
  method: string;
  url: string;
  body: unknown;
  gives: "json" | "file" | "nothing";
  credential: ReturnType<typeof credentialOf>;
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function curl({ method, url, body, gives, credential }: Call): string {
  return [
    `curl${method === "GET" ? "" : ` -X ${method}`} ${shellQuoted(url)}`,
    credential === "key" && `-H "x-api-key: $AVAL_API_KEY"`,
    credential === "token" && `-H "authorization: Bearer $AVAL_ACCESS_TOKEN"`,
    body !== undefined && "-H 'content-type: application/json'",
    body !== undefined && `-d ${shellQuoted(JSON.stringify(body, null, 2))}`,
    gives === "file" && "-o answer",
  ]
    .filter(Boolean)
    .join(" \\\n  ");
}

function javascript({ method, url, body, gives, credential }: Call): string {
  const headers = [
    credential === "key" && `"x-api-key": process.env.AVAL_API_KEY`,
    credential === "token" && 'authorization: "Bearer " + process.env.AVAL_ACCESS_TOKEN',
    body !== undefined && `"content-type": "application/json"`,
  ].filter(Boolean);
  const options = [
    method !== "GET" && `  method: "${method}",`,
    headers.length > 0 && `  headers: { ${headers.join(", ")} },`,
    body !== undefined && `  body: JSON.stringify(${indented(JSON.stringify(body, null, 2))}),`,
  ].filter(Boolean);
  const call = options.length > 0 ? `fetch("${url}", {\n${options.join("\n")}\n})` : `fetch("${url}")`;
  return [
    `const response = await ${call};`,
    'if (!response.ok) throw new Error(response.status + " " + response.headers.get("x-error-code"));',
    gives === "json" && "const answer = await response.json();",
    gives === "file" && "const file = Buffer.from(await response.arrayBuffer());",
  ]
    .filter(Boolean)
    .join("\n");
}

function python({ method, url, body, gives, credential }: Call): string {
  const headers =
    credential === "key"
      ? `headers={"x-api-key": os.environ["AVAL_API_KEY"]},`
      : credential === "token" && `headers={"authorization": f"Bearer {os.environ['AVAL_ACCESS_TOKEN']}"},`;
  return [
    credential !== "none" && "import os",
    "import requests\n",
    "response = requests.request(",
    `    "${method}",`,
    `    "${url}",`,
    headers && `    ${headers}`,
    body !== undefined && `    json=${indented(pythonOf(body), "    ")},`,
    "    timeout=30,",
    ")",
    "response.raise_for_status()",
    gives === "json" && "answer = response.json()",
    gives === "file" && "file = response.content",
  ]
    .filter(Boolean)
    .join("\n");
}

const indented = (text: string, by = "  ") => text.replaceAll("\n", `\n${by}`);

/** A JSON value as Python writes it. */
export function pythonOf(value: unknown, indent = ""): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}    `;
  const lines = Array.isArray(value)
    ? value.map((item) => inner + pythonOf(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${pythonOf(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return lines.length === 0 ? open + close : `${open}\n${lines.join(",\n")},\n${indent}${close}`;
}
