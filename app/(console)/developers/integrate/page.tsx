import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { openApi } from "@/app/openapi";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { Section } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { readApplication } from "@/domain/access/settings";
import { listPartners } from "@/domain/partners/partners";
import { listWorkflows } from "@/domain/workflows/read";
import { requireActor } from "@/lib/auth";
import { integrationPrompt } from "@/lib/integration-prompt";
import { toolsOf } from "@/lib/mcp/tools";
import { PROMPT_LANGUAGES } from "@/lib/prompt-choices";
import { receiverPrograms } from "../../webhooks/receivers";
import { Prose } from "../prose";
import { Choices } from "./choices";
import { SavePrompt } from "./save-prompt";
import { loadIntegrateSearch } from "./search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers");
  return { title: t("tab.integrate") };
}

export default async function IntegratePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const may = (privilege: "read:partners" | "read:workflows") => actor.privileges.has(privilege);
  const [t, tKeys, format, search, application, partners, workflows, programs] = await Promise.all([
    getTranslations("developers.integrate"),
    getTranslations("settings.apiKeys.create"),
    getFormatter(),
    loadIntegrateSearch(searchParams),
    readApplication(actor),
    may("read:partners") ? listPartners(actor) : [],
    may("read:workflows") ? listWorkflows(actor) : [],
    receiverPrograms(),
  ]);
  const others = partners.flatMap(({ applicationId, application: card }) =>
    card ? [{ id: applicationId, name: `${card.organisationName}, ${card.name}` }] : [],
  );
  const document = openApi();
  const url = document.servers[0]?.url ?? "";
  const verifier = programs.find(({ file }) => file === PROMPT_LANGUAGES[search.language].verifier);
  const prompt = integrationPrompt(
    document,
    {
      application,
      partner: others.find(({ id }) => id === search.partner),
      workflows: workflows.map(({ id, label, kind, isDefault }) => ({ id, label, kind, isDefault })),
    },
    search,
    verifier,
  );
  const tools = toolsOf(document);

  return (
    <div className="flex min-w-0 flex-col gap-8">
      <Section title={t("title")} description={t("intro")}>
        <Choices partners={others} />
        <CodeBlock label={t("prompt")} code={prompt} wrap />
        <div className="flex flex-wrap items-center gap-3">
          <SavePrompt prompt={prompt} />
          <span className="text-muted text-sm">{t("length", { count: format.number(prompt.length) })}</span>
        </div>
      </Section>
      <Section title={t("mcpTitle")} description={t("mcpIntro", { count: tools.length })}>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <CodeBlock
            label={t("mcpHttp")}
            code={configOf({ type: "http", url: `${url}/mcp`, headers: { "x-api-key": `$\{AVAL_API_KEY}` } })}
          />
          <CodeBlock
            label={t("mcpStdio")}
            code={configOf({
              command: "npx",
              args: ["--yes", "/path/to/aval", "--url", url],
              env: { AVAL_API_KEY: `$\{AVAL_API_KEY}` },
            })}
          />
        </div>
        <Callout>{t("mcpSafety", { setting: tKeys("agentWrites") })}</Callout>
        <div className="overflow-x-auto rounded-lg border border-border bg-surface">
          <table className="w-full text-sm">
            <caption className="sr-only">{t("toolsTitle")}</caption>
            <thead>
              <tr className="bg-subtle text-left text-muted text-xs max-sm:sr-only">
                <th scope="col" className="px-3 py-2 font-medium">
                  {t("tool")}
                </th>
                <th scope="col" className="px-3 py-2 font-medium">
                  {t("does")}
                </th>
                <th scope="col" className="px-3 py-2 font-medium">
                  {t("kind")}
                </th>
              </tr>
            </thead>
            <tbody>
              {tools.map(({ tool, writes }) => (
                <tr
                  key={tool.name}
                  className="border-border border-t align-baseline max-sm:block max-sm:px-3 max-sm:py-2"
                >
                  <th
                    scope="row"
                    className="px-3 py-1.5 text-left font-medium font-mono text-xs max-sm:block max-sm:p-0"
                  >
                    {tool.name}
                  </th>
                  <td className="px-3 py-1.5 max-sm:block max-sm:p-0">
                    <Prose text={tool.title ?? ""} />
                  </td>
                  <td className="px-3 py-1.5 max-sm:block max-sm:px-0 max-sm:pt-1">
                    <Badge size="sm" tone={writes ? "warning" : "neutral"}>
                      {t(writes ? "writes" : "reads")}
                    </Badge>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <Section title={t("filesTitle")}>
        <ul className="flex flex-col gap-1 text-sm">
          {(
            [
              ["/llms.txt", "llms"],
              ["/llms-full.txt", "llmsFull"],
              ["/openapi.json", "openapi"],
            ] as const
          ).map(([href, key]) => (
            <li key={href}>
              <a
                href={href}
                className="inline-flex min-h-6 items-center text-accent underline decoration-accent-border underline-offset-4"
              >
                {t(key)}
              </a>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

/** In the form that most clients read; the key stays in the environment of whoever runs one. */
const configOf = (server: object) => JSON.stringify({ mcpServers: { aval: server } }, null, 2);
