"use client";

import { useTranslations } from "next-intl";
import { useMemo, useTransition } from "react";
import { type Environment, EnvironmentBadge } from "@/components/applications/environment-badge";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy-text";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { DateTime } from "@/components/ui/relative-time";
import { switchApplicationAction } from "../../actions";
import { DescribeApplication } from "./describe-application";

export type ApplicationRow = {
  id: string;
  name: string;
  clientId: string;
  environment: Environment;
  createdAt: Date;
  isCurrent: boolean;
  about: { websiteUrl: string; termsUrl: string; privacyUrl: string; redirectUris: string[]; description: string };
};

export function ApplicationsTable({ rows, mayWrite }: { rows: ApplicationRow[]; mayWrite: boolean }) {
  const t = useTranslations("accounts.applications");
  const columns = useMemo<DataTableColumn<ApplicationRow>[]>(
    () => [
      {
        id: "name",
        header: t("column.name"),
        minSize: 170,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="inline-flex max-w-full items-center gap-2">
            <span className="truncate font-medium">{original.name}</span>
            {original.isCurrent && (
              <Badge size="sm" tone="accent">
                {t("current")}
              </Badge>
            )}
          </span>
        ),
      },
      {
        id: "environment",
        header: t("column.environment"),
        size: 120,
        cell: ({ row: { original } }) => <EnvironmentBadge environment={original.environment} />,
      },
      {
        id: "id",
        header: t("column.id"),
        size: 165,
        cell: ({ row: { original } }) => <CopyText text={original.id} shorten label={t("column.id")} />,
      },
      {
        id: "clientId",
        header: t("column.clientId"),
        size: 165,
        cell: ({ row: { original } }) => <CopyText text={original.clientId} shorten label={t("column.clientId")} />,
      },
      {
        id: "created",
        header: t("column.created"),
        size: 120,
        cell: ({ row: { original } }) => <DateTime value={original.createdAt} show="date" />,
      },
      {
        id: "actions",
        header: t("column.actions"),
        size: 215,
        meta: { align: "right", hideHeader: true },
        cell: ({ row: { original } }) => (
          <span className="inline-flex justify-end gap-2">
            {mayWrite && <DescribeApplication application={original} />}
            {!original.isCurrent && <WorkInIt application={original} />}
          </span>
        ),
      },
    ],
    [t, mayWrite],
  );
  return (
    <DataTable label={t("title")} columns={columns} rows={rows} rowId={(row) => row.id} rowName={(row) => row.name} />
  );
}

function WorkInIt({ application }: { application: ApplicationRow }) {
  const t = useTranslations("accounts.applications");
  const [switching, start] = useTransition();
  return (
    <Button
      size="sm"
      loading={switching}
      aria-label={t("switchLabel", { name: application.name })}
      onClick={() => start(() => switchApplicationAction(application.id))}
    >
      {t("switch")}
    </Button>
  );
}
