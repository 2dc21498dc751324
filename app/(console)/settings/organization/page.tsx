import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NoAccess } from "@/components/access/no-access";
import { Section } from "@/components/ui/card";
import { readOrganisation } from "@/domain/access/organisations";
import { listApplications } from "@/domain/access/provision";
import { requireActor, requireSession } from "@/lib/auth";
import { ApplicationsTable } from "./applications-table";
import { CreateApplication } from "./create-application";
import { FourEyesSetting } from "./four-eyes-setting";
import { OrganisationForm } from "./organisation-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("tab.organisation") };
}

export default async function OrganisationPage() {
  const actor = await requireActor();
  if (!actor.privileges.has("read:settings")) return <NoAccess privilege="read:settings" />;
  const [t, { role }, organisation, applications] = await Promise.all([
    getTranslations("accounts.applications"),
    requireSession(),
    readOrganisation(actor),
    listApplications(actor),
  ]);
  const mayWrite = actor.privileges.has("write:applications");
  return (
    <div className="flex flex-col gap-6">
      <div className="flex max-w-3xl flex-col gap-6">
        <OrganisationForm
          key={organisation.id}
          name={organisation.name}
          legalName={organisation.legalName ?? ""}
          country={organisation.country ?? ""}
          contactEmail={organisation.contactEmail ?? ""}
          ecosystemRole={organisation.ecosystemRole ?? ""}
          mayWrite={actor.privileges.has("write:organization")}
        />
        <FourEyesSetting fourEyes={organisation.fourEyesOnTrust} isOwner={role === "owner"} />
      </div>
      <Section title={t("title")} description={t("description")} actions={mayWrite && <CreateApplication />}>
        <ApplicationsTable
          mayWrite={mayWrite}
          rows={applications.map((one) => ({
            id: one.id,
            name: one.name,
            clientId: one.clientId,
            environment: one.environment,
            createdAt: one.createdAt,
            isCurrent: one.id === actor.applicationId,
            about: {
              websiteUrl: one.websiteUrl ?? "",
              termsUrl: one.termsUrl ?? "",
              privacyUrl: one.privacyUrl ?? "",
              redirectUris: one.redirectUris,
              description: one.description ?? "",
            },
          }))}
        />
      </Section>
    </div>
  );
}
