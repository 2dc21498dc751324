"use client";

import { useTranslations } from "next-intl";
import { CodeBlock } from "@/components/ui/code-block";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";

export function Snippets({ snippets }: { snippets: readonly { language: string; code: string }[] }) {
  const t = useTranslations("developers.reference");
  return (
    <Tabs defaultValue={snippets[0]?.language ?? ""}>
      <TabList aria-label={t("language")}>
        {snippets.map(({ language }) => (
          <Tab key={language} value={language}>
            {language}
          </Tab>
        ))}
      </TabList>
      {snippets.map(({ language, code }) => (
        <TabPanel key={language} value={language}>
          <CodeBlock label={language} code={code} />
        </TabPanel>
      ))}
    </Tabs>
  );
}
