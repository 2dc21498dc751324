import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { ApiDocument, LocatedOperation } from "@/lib/openapi-document";
import type { Plan } from "./requests";
import type { Received } from "./send";

/** One thing that an answer should not be. The first line names it; the same name twice is one finding. */
export interface Fault {
  name: string;
  detail: string;
}

/** Holds answers against what the document says of the operation. */
export class Judge {
  private readonly ajv: Ajv2020;
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(document: ApiDocument) {
    this.ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.ajv);
    this.ajv.addSchema({ $id: "document", components: document.components } as object);
  }

  faultsOf(operation: LocatedOperation, plan: Plan, { status, headers, bytes }: Received): Fault[] {
    const faults: Fault[] = [];
    const fault = (name: string, detail = "") => faults.push({ name, detail });
    const text = bytes.toString("utf8");
    const short = text.slice(0, 400);
    if (status >= 500) {
      fault(`a ${status}`, short);
      return faults;
    }
    if (plan.refusedWith && !plan.refusedWith.includes(status))
      fault(`a ${status} where ${plan.refusedWith.join(", ")} had to come (${plan.broken.join(", ")})`, short);
    const documented = operation.responses[status];
    if (!documented) {
      fault(`an undocumented ${status} (${headers["x-error-code"] ?? "no code"})`, short);
      return faults;
    }
    for (const name of Object.keys(documented.headers ?? {})) {
      const value = headers[name.toLowerCase()];
      if (value === undefined) fault(`a ${status} without ${name} (${headers["x-error-code"] ?? "no code"})`, short);
      else if (!this.validator(`#/components/headers/${name}/schema`)(ofHeader(String(value))))
        fault(`a ${status} whose ${name} is not as documented`, String(value));
    }
    if (headers["cache-control"] !== "no-store")
      fault(`a ${status} that may be cached`, String(headers["cache-control"]));
    if (headers["x-content-type-options"] !== "nosniff") fault(`a ${status} whose type may be guessed`);

    const expected = Object.keys(documented.content ?? {}).map((one) => one.split(";")[0]);
    const type = String(headers["content-type"] ?? "").split(";")[0];
    if (expected.length === 0) {
      if (bytes.byteLength > 0) fault(`a ${status} with a body`, short);
      return faults;
    }
    if (!expected.includes(type)) {
      fault(`a ${status} of type ${type}`, short);
      return faults;
    }
    if (type !== "application/json") return faults;
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      fault(`a ${status} that is not JSON`, short);
      return faults;
    }
    const validate = this.validator(
      `#/paths/${escaped(operation.path)}/${operation.method.toLowerCase()}/responses/${status}/content/application~1json/schema`,
      documented.content!["application/json"]!.schema,
    );
    if (!validate(body)) {
      const [first] = validate.errors ?? [];
      const where = (first?.instancePath ?? "").replace(/\/\d+(?=\/|$)/g, "/#");
      const extra = JSON.stringify(first?.params ?? {});
      fault(`a ${status} whose ${where || "body"} ${first?.message} ${extra}`, short);
    }
    if (status >= 400)
      this.judgeRefusal(status, headers, body, documented.content!["application/json"]!.examples, fault);
    return faults;
  }

  private judgeRefusal(
    status: number,
    headers: Received["headers"],
    body: unknown,
    examples: Record<string, unknown> | undefined,
    fault: (name: string, detail?: string) => void,
  ) {
    const code = String(headers["x-error-code"]);
    if (!Object.keys(examples ?? {}).includes(code)) fault(`a ${status} with the undocumented code ${code}`);
    const own = (body as { code?: unknown }).code;
    if (typeof own === "string" && own !== code)
      fault(`a ${status} whose body has another code than its header`, `${own}`);
  }

  private validator(pointer: string, schema?: object): ValidateFunction {
    let known = this.validators.get(pointer);
    if (!known) {
      known = this.ajv.compile(schema ? pointed(schema) : { $ref: `document${pointer}` });
      this.validators.set(pointer, known);
    }
    return known;
  }
}

const escaped = (path: string) => path.replaceAll("~", "~0").replaceAll("/", "~1");

/** References into the document, whose schemas are known under its name. */
const pointed = (schema: object) =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/components/', '"$ref":"document#/components/')) as object;

const ofHeader = (text: string): unknown => (/^\d{1,15}$/.test(text) ? Number(text) : text);
