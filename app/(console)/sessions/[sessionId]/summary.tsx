import Link from "next/link";
import { useTranslations } from "next-intl";
import { Facts } from "@/components/record/facts";
import { MediaThumb } from "@/components/record/media-thumb";
import { Fold } from "@/components/record/section";
import { isEmpty, obj, objs, text } from "@/components/record/values";
import { CopyText } from "@/components/ui/copy-text";
import { type Json, JsonView } from "@/components/ui/json-view";
import { DateTime } from "@/components/ui/relative-time";
import type { Actor } from "@/domain/actor";
import type { EntityStatus } from "@/domain/entities/rules";
import type { SessionView } from "@/domain/sessions/read";
import { EntityStatusBadge } from "../../entities/entity-status-badge";
import { entityHref } from "../../entities/href";
import { BlockDialog } from "./block-dialog";
import { Panel } from "./panel";

/** The few facts that tell which session this is and where it belongs. */
export function Summary({
  actor,
  view,
  content,
}: {
  actor: Actor;
  view: SessionView;
  content: Record<string, unknown>;
}) {
  const t = useTranslations("record.summary");
  const { session, workflow, entity } = view;
  const document = objs(content.id_verifications)[0];
  const company = obj(objs(content.registry_checks)[0]?.company);
  const portrait = text(document?.portrait_image);
  const contact = obj(content.contact_details);
  const expected = obj(content.expected_details);
  const metadata = content.metadata;
  return (
    <Panel
      id="summary"
      title={t("title")}
      aside={
        actor.privileges.has("write:lists") && (
          <BlockDialog sessionId={session.id} applicationId={actor.applicationId} />
        )
      }
    >
      {(session.kind === "user" ? document : company) && (
        <div className="flex min-w-0 gap-4">
          {portrait && (
            <div className="w-20 shrink-0">
              <MediaThumb src={portrait} shape="portrait" />
            </div>
          )}
          <div className="min-w-0 flex-1">
            {session.kind === "user" ? (
              <Facts
                of={document}
                keys={[
                  "full_name",
                  "date_of_birth",
                  "nationality",
                  "document_type",
                  "document_number",
                  "expiration_date",
                ]}
              />
            ) : (
              <Facts
                of={company}
                keys={["company_name", "registration_number", "country_code", "company_type", "registry_status"]}
              />
            )}
          </div>
        </div>
      )}
      <Facts
        of={{ vendor_data: session.vendorData, ...contact }}
        keys={["vendor_data", "email", "phone"]}
        more={[
          {
            // The enum of the entities table, which the view widens to text.
            key: "entity",
            term: t(session.kind === "business" ? "business" : "user"),
            value: entity && (
              <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
                <Link
                  href={entityHref(session.kind, entity.id)}
                  prefetch={false}
                  className="break-all rounded-sm text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current"
                >
                  {entity.vendorData}
                </Link>
                <EntityStatusBadge status={entity.status as EntityStatus} size="sm" />
              </span>
            ),
          },
          {
            key: "workflow",
            term: t("workflow"),
            value:
              workflow && t("workflowVersion", { label: workflow.label, version: String(session.workflowVersion) }),
          },
          { key: "created", term: t("created"), value: <DateTime value={session.createdAt} /> },
          {
            key: "finished",
            term: t("finished"),
            value: session.finishedAt && <DateTime value={session.finishedAt} />,
          },
          { key: "expires", term: t("expires"), value: session.expiresAt && <DateTime value={session.expiresAt} /> },
          { key: "id", term: t("id"), value: <CopyText text={session.id} label={t("id")} /> },
        ]}
      />
      {!isEmpty(expected) && (
        <Fold summary={t("expected")}>
          <Facts of={expected} keys={Object.keys(expected ?? {})} />
        </Fold>
      )}
      {!isEmpty(metadata) && (
        <Fold summary={t("metadata")}>
          <JsonView value={metadata as Json} />
        </Fold>
      )}
    </Panel>
  );
}
