import { FileJson, FileText } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { openApi } from "@/app/openapi";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Prose } from "../prose";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("developers");
  return { title: t("reference.title") };
}

export default async function ReferencePage() {
  const t = await getTranslations("developers.reference");
  const document = openApi();
  return (
    <Card className="max-lg:hidden">
      <CardHeader
        title={t("title")}
        actions={
          <>
            <Button asChild size="sm">
              <a href="/openapi.json">
                <FileJson aria-hidden />
                {t("document")}
              </a>
            </Button>
            <Button asChild size="sm">
              <a href="/llms-full.txt">
                <FileText aria-hidden />
                {t("markdown")}
              </a>
            </Button>
          </>
        }
      />
      <CardBody className="flex flex-col gap-4 text-sm">
        <p className="max-w-prose">{t("intro")}</p>
        <dl className="grid gap-3">
          {document.tags.map(({ name, description }) => (
            <div key={name}>
              <dt lang="en" className="font-medium">
                {name}
              </dt>
              <dd className="text-muted">
                <Prose text={description} />
              </dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
