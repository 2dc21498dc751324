"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { DataTable, type DataTableColumn } from "@/components/ui/data-table";
import { DateTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { ROLES, type Role } from "@/domain/access/rules";
import { changeRoleAction } from "./actions";
import { RemoveMember } from "./remove-member";
import { useMemberAct } from "./use-member-act";

export type MemberRow = {
  id: string;
  /** Null for somebody who has not come yet. */
  name: string | null;
  email: string;
  role: Role;
  state: "active" | "disabled" | "invited" | "expired";
  since: Date;
  isSelf: boolean;
};

const TONES: Record<MemberRow["state"], Tone> = {
  active: "success",
  disabled: "neutral",
  invited: "info",
  expired: "warning",
};

export function MembersTable({ rows, mayWrite, isOwner }: { rows: MemberRow[]; mayWrite: boolean; isOwner: boolean }) {
  const t = useTranslations("accounts.members");
  const tRole = useTranslations("shell.roles");
  const columns = useMemo<DataTableColumn<MemberRow>[]>(
    () => [
      {
        id: "name",
        header: t("column.name"),
        minSize: 150,
        meta: { grow: true, card: "title" },
        cell: ({ row: { original } }) => (
          <span className="inline-flex max-w-full items-center gap-2">
            <span className="truncate font-medium">{original.name ?? original.email}</span>
            {original.isSelf && <Badge size="sm">{t("you")}</Badge>}
          </span>
        ),
      },
      {
        id: "email",
        header: t("column.email"),
        minSize: 200,
        meta: { grow: true },
        cell: ({ row: { original } }) => <span title={original.email}>{original.email}</span>,
      },
      {
        id: "role",
        header: t("column.role"),
        size: 210,
        cell: ({ row: { original } }) =>
          mayWrite && (isOwner || original.role !== "owner") ? (
            <RoleSelect member={original} isOwner={isOwner} />
          ) : (
            tRole(original.role)
          ),
      },
      {
        id: "state",
        header: t("column.state"),
        size: 150,
        cell: ({ row: { original } }) => <Badge tone={TONES[original.state]}>{t(`state.${original.state}`)}</Badge>,
      },
      {
        id: "since",
        header: t("column.since"),
        size: 120,
        cell: ({ row: { original } }) => <DateTime value={original.since} show="date" />,
      },
      {
        id: "actions",
        header: t("column.actions"),
        size: 115,
        meta: { align: "right", hideHeader: true },
        cell: ({ row: { original } }) =>
          (original.isSelf || (mayWrite && (isOwner || original.role !== "owner"))) && (
            <RemoveMember member={original} />
          ),
      },
    ],
    [t, tRole, mayWrite, isOwner],
  );
  return (
    <DataTable
      label={t("title")}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowName={(row) => row.name ?? row.email}
    />
  );
}

function RoleSelect({ member, isOwner }: { member: MemberRow; isOwner: boolean }) {
  const t = useTranslations("accounts.members");
  const tRole = useTranslations("shell.roles");
  const act = useMemberAct();
  const [busy, setBusy] = useState(false);
  const name = member.name ?? member.email;

  async function change(role: Role) {
    if (busy || role === member.role) return;
    setBusy(true);
    await act(changeRoleAction({ id: member.id, role }), t("roleChanged", { name, role: tRole(role) }));
    setBusy(false);
  }

  return (
    <Select
      size="sm"
      value={member.role}
      disabled={busy}
      aria-label={t("roleOf", { name })}
      onValueChange={(role) => change(role as Role)}
      options={ROLES.filter((role) => isOwner || role !== "owner").map((role) => ({
        value: role,
        label: tRole(role),
        description: t(`roleText.${role}`),
      }))}
    />
  );
}
