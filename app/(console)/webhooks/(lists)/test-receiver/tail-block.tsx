import { getTranslations } from "next-intl/server";
import { Section } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";

/** How a developer's machine gets the events that nothing could send to it. */
export async function TailBlock({ publicUrl }: { publicUrl: string }) {
  const t = await getTranslations("webhooks.tail");
  const command = [
    "export AVAL_API_KEY=…",
    `export AVAL_PUBLIC_URL=${publicUrl}`,
    "npm run tail -- --to http://localhost:4000/hook",
  ].join("\n");
  return (
    <Section title={t("title")} description={t("text")}>
      <CodeBlock label={t("command")} code={command} className="max-w-3xl" />
      <ul className="max-w-3xl list-disc pl-5 text-muted text-sm">
        <li>{t("key")}</li>
        <li>{t("url")}</li>
        <li>{t("secret")}</li>
      </ul>
    </Section>
  );
}
