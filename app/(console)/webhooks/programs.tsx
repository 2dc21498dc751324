"use client";

import { useTranslations } from "next-intl";
import { CodeBlock } from "@/components/ui/code-block";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import type { ReceiverProgram } from "./receivers";

/** The same check in five languages, and how each is run over saved deliveries. */
export function Programs({ programs }: { programs: readonly ReceiverProgram[] }) {
  const t = useTranslations("webhooks");
  return (
    <Tabs defaultValue={programs[0]?.language ?? ""}>
      <TabList aria-label={t("signatures.language")}>
        {programs.map(({ language }) => (
          <Tab key={language} value={language}>
            {language}
          </Tab>
        ))}
      </TabList>
      {programs.map(({ language, file, run, code }) => (
        <TabPanel key={language} value={language} className="flex flex-col gap-3">
          <CodeBlock label={file} code={code} />
          <CodeBlock label={t("verify.run")} code={`WEBHOOK_SECRET=… ${run} < deliveries.ndjson`} wrap />
        </TabPanel>
      ))}
    </Tabs>
  );
}
