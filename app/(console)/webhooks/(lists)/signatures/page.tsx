import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Card, CardBody, CardHeader, Section } from "@/components/ui/card";
import { requireActor } from "@/lib/auth";
import { Programs } from "../../programs";
import { receiverPrograms } from "../../receivers";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("webhooks");
  return { title: t("tab.signatures") };
}

const SIMPLE = "{timestamp}:{session_id}:{status}:{webhook_type}";

/** How a message is signed, and programs that check it. */
export default async function SignaturesPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:webhooks")) return <NoAccess privilege="read:webhooks" />;
  const [t, programs] = await Promise.all([getTranslations("webhooks.signatures"), receiverPrograms()]);
  const headers = [
    { name: "X-Signature", text: t("body") },
    { name: "X-Signature-V2", text: t("canonical") },
    { name: "X-Signature-Simple", text: t("simple", { template: SIMPLE }) },
    { name: "X-Timestamp", text: t("timestamp") },
  ];
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <Section title={t("title")} description={t("intro")}>
        <div className="overflow-hidden rounded-lg border border-border bg-surface">
          <table className="w-full text-sm">
            <thead>
              <tr className="bg-subtle text-left text-muted text-xs max-sm:sr-only">
                <th scope="col" className="px-3 py-2 font-medium">
                  {t("header")}
                </th>
                <th scope="col" className="px-3 py-2 font-medium">
                  {t("over")}
                </th>
              </tr>
            </thead>
            <tbody>
              {headers.map(({ name, text }) => (
                <tr key={name} className="align-baseline max-sm:block max-sm:px-3 max-sm:py-2">
                  <th
                    scope="row"
                    className="whitespace-nowrap border-border border-t px-3 py-2 text-left font-medium font-mono text-xs max-sm:block max-sm:border-0 max-sm:p-0"
                  >
                    {name}
                  </th>
                  <td className="break-words border-border border-t px-3 py-2 max-sm:block max-sm:border-0 max-sm:p-0">
                    {text}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {(["previous", "fresh", "answer"] as const).map((key) => (
          <Card key={key}>
            <CardHeader title={t(`${key}Title`)} level={3} />
            <CardBody>
              <p className="text-sm">{t(key)}</p>
            </CardBody>
          </Card>
        ))}
      </Section>
      <Section title={t("programs")} description={t("programsText")}>
        <Programs programs={programs} />
      </Section>
    </div>
  );
}
