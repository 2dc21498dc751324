import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { openApi } from "@/app/openapi";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { organisationsOf } from "@/domain/access/console";
import { requireSession } from "@/lib/auth";
import { bodyOf, isWrite, type LocatedOperation, operationsOf } from "@/lib/openapi-document";
import { fieldOf, fieldsOf } from "@/lib/openapi-fields";
import { credentialOf, exampleOfParameter, SNIPPET_LANGUAGES, snippetOf } from "@/lib/snippets";
import { MethodBadge } from "../../method-badge";
import { Prose } from "../../prose";
import { Fields } from "./fields";
import { Responses } from "./responses";
import { Snippets } from "./snippets";
import { TryIt } from "./try-it";

type Props = { params: Promise<{ operationId: string }> };

const find = async (params: Props["params"]): Promise<LocatedOperation | undefined> => {
  const { operationId } = await params;
  return operationsOf(openApi()).find((one) => one.operationId === operationId);
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const operation = await find(params);
  return { title: operation?.summary };
}

export default async function OperationPage({ params }: Props) {
  const [operation, { actor, member }, t] = await Promise.all([
    find(params),
    requireSession(),
    getTranslations("developers.reference"),
  ]);
  if (!operation || !actor) notFound();
  const organisations = await organisationsOf(member.id);
  const application = organisations
    .flatMap(({ applications }) => applications)
    .find(({ id }) => id === actor.applicationId);
  const document = openApi();
  const { schemas } = document.components;
  const base = document.servers[0]?.url ?? "";
  const body = bodyOf(operation);
  const credential = credentialOf(operation);
  const places = (["path", "query", "header"] as const).map((place) => ({
    place,
    fields: operation.parameters
      .filter((one) => one.in === place)
      .map(({ name, required, description, schema }) =>
        fieldOf(name, { ...schema, ...(description && { description }) }, required ? [name] : [], schemas),
      ),
  }));

  return (
    <article className="flex min-w-0 flex-col gap-5">
      <Link
        href="/developers/reference"
        className="inline-flex min-h-6 w-fit items-center gap-1.5 text-accent text-sm underline decoration-accent-border underline-offset-4 lg:hidden"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t("all")}
      </Link>
      <header className="flex flex-col gap-2">
        <h2 lang="en" className="font-semibold text-lg leading-6">
          {operation.summary}
        </h2>
        <p className="flex min-w-0 items-start gap-2">
          <MethodBadge method={operation.method} size="md" />
          <code className="min-w-0 break-all font-mono text-sm leading-5.5">{operation.path}</code>
        </p>
        {operation.description && (
          <p className="max-w-prose text-sm">
            <Prose text={operation.description} />
          </p>
        )}
        <p className="flex flex-wrap gap-1.5">
          <Badge size="sm">{t(`credential.${credential}`)}</Badge>
          {operation["x-privilege"] && (
            <Badge size="sm" tone="accent">
              {t("privilege", { privilege: operation["x-privilege"] })}
            </Badge>
          )}
          {operation["x-mcp-tool"] && <Badge size="sm">MCP: {operation["x-mcp-tool"]}</Badge>}
        </p>
      </header>

      <div className="grid items-start gap-5 2xl:grid-cols-[minmax(0,1fr)_minmax(0,30rem)]">
        <div className="flex min-w-0 flex-col gap-5">
          {operation.parameters.length > 0 && (
            <Card>
              <CardHeader title={t("parameters")} level={3} />
              <CardBody className="flex flex-col gap-4">
                {places
                  .filter(({ fields }) => fields.length > 0)
                  .map(({ place, fields }) => (
                    <section key={place} aria-label={t(`place.${place}`)}>
                      <h4 className="mb-1 font-medium text-muted text-xs">{t(`place.${place}`)}</h4>
                      <Fields fields={fields} />
                    </section>
                  ))}
              </CardBody>
            </Card>
          )}
          {body && (
            <Card>
              <CardHeader title={t("body")} level={3} />
              <CardBody className="flex flex-col gap-4">
                <Fields fields={fieldsOf(body.schema, schemas)} />
                <CodeBlock label={t("example")} code={JSON.stringify(body.example, null, 2)} />
              </CardBody>
            </Card>
          )}
          <Responses operation={operation} schemas={schemas} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Snippets
            snippets={SNIPPET_LANGUAGES.map((language) => ({ language, code: snippetOf(operation, language, base) }))}
          />
          <TryIt
            key={operation.operationId}
            application={application?.name ?? ""}
            isLive={actor.environment === "live"}
            operation={{
              method: operation.method,
              path: operation.path,
              credential,
              writes: isWrite(operation),
              isDestructive: operation["x-destructive"] ?? false,
              body: body ? JSON.stringify(body.example, null, 2) : null,
              parameters: operation.parameters.map((parameter) => ({
                name: parameter.name,
                in: parameter.in,
                required: parameter.required ?? false,
                example: exampleOfParameter(parameter),
                values: (parameter.schema.enum ?? []).map(String),
              })),
            }}
          />
        </div>
      </div>
    </article>
  );
}
