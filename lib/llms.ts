import { type ApiDocument, bodyOf, type LocatedOperation, operationsOf, refusalsOf } from "./openapi-document";
import { answerOf, type Field, fieldOf, fieldsOf } from "./openapi-fields";

/** `/llms.txt` (llmstxt.org): what this server is, and where a program that reads finds the rest. */
export function llmsTxt(document: ApiDocument): string {
  const { url } = baseOf(document);
  return `# ${document.info.title}

> ${document.info.summary} Companies share finished KYC and KYB verifications: an issuer mints a one-time share token for one
> named application, and that receiver redeems it into a full copy with an audit trail to the original.

This server is ${url}. Every request of \`/v3\` carries an application's API key in the header \`x-api-key\`; paths end in a slash;
errors carry a stable \`code\`.

## Docs

- [OpenAPI 3.1](${url}/openapi.json): the contract, generated from the handlers, with examples of every body and refusal
- [The whole reference as Markdown](${url}/llms-full.txt): every operation with parameters, fields and refusals
- [A prompt for building an integration](${url}/developers/integrate): written for one application, with its ids (sign in)

## Tools

- [MCP](${url}/mcp): streamable HTTP, authenticated by the API key; reads only unless the key allows more

## Operations

${operationsByTag(document)
  .map(([tag, operations]) => `### ${tag}\n\n${operations.map(line).join("\n")}`)
  .join("\n\n")}
`;
}

const line = ({ method, path, summary }: LocatedOperation) => `- \`${method} ${path}\`: ${summary}`;

/** `/llms-full.txt`: the reference, operation by operation. */
export function llmsFullTxt(document: ApiDocument): string {
  const { url } = baseOf(document);
  const { schemas } = document.components;
  const operations = operationsByTag(document).map(
    ([tag, list]) => `## ${tag}\n\n${list.map((operation) => describe(operation, schemas)).join("\n\n")}`,
  );
  return `# ${document.info.title} ${document.info.version}

${document.info.description.replace(/\s+/g, " ")}

Base URL: ${url}. Generated from ${url}/openapi.json.

${operations.join("\n\n")}
`;
}

function describe(operation: LocatedOperation, schemas: ApiDocument["components"]["schemas"]): string {
  const parameters = operation.parameters.map(({ name, in: place, required, description, schema }) => ({
    ...fieldOf(name, { ...schema, ...(description && { description }) }, required ? [name] : [], schemas),
    place,
  }));
  const body = bodyOf(operation);
  const answer = answerOf(operation);
  const refusals = refusalsOf(operation);
  return [
    `### ${operation.method} ${operation.path}`,
    [
      `${operation.summary}.`,
      operation.description,
      operation["x-privilege"] && `Needs \`${operation["x-privilege"]}\`.`,
    ]
      .filter(Boolean)
      .join(" "),
    parameters.length > 0 && `Parameters:\n${parameters.map((one) => item(one, ` (${one.place})`)).join("\n")}`,
    body &&
      `Body:\n${fieldsOf(body.schema, schemas)
        .map((field) => item(field))
        .join("\n")}`,
    body && `Example: \`${JSON.stringify(body.example)}\``,
    answer &&
      `Answer ${answer.status}:\n${fieldsOf(answer.schema, schemas)
        .map((field) => item(field))
        .join("\n")}`,
    refusals.length > 0 && `Refusals: ${refusals.map(({ status, code }) => `${status} \`${code}\``).join(", ")}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function item({ name, type, required, description, values, fields }: Field, place = "", indent = ""): string {
  const facts = [
    `${type}${required ? ", required" : ""}`,
    values && `one of ${values.map((value) => `\`${value}\``).join(", ")}`,
    description,
  ].filter(Boolean);
  return [
    `${indent}- \`${name}\`${place}: ${facts.join("; ")}`,
    ...fields.map((field) => item(field, "", `${indent}  `)),
  ].join("\n");
}

function operationsByTag(document: ApiDocument): [string, LocatedOperation[]][] {
  const operations = operationsOf(document);
  return document.tags.map(({ name }) => [name, operations.filter(({ tags }) => tags[0] === name)]);
}

const baseOf = (document: ApiDocument) => ({ url: document.servers[0]?.url ?? "" });
