"use client";

import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { removeMemberAction } from "./actions";
import type { MemberRow } from "./members-table";
import { useMemberAct } from "./use-member-act";

/** Removing somebody, leaving oneself, or taking an invitation back. */
export function RemoveMember({ member }: { member: MemberRow }) {
  const t = useTranslations("accounts.members.remove");
  const act = useMemberAct();
  const { email } = member;
  const name = member.name ?? email;
  const isInvitation = member.state === "invited" || member.state === "expired";
  const words = isInvitation
    ? {
        open: t("takeBack"),
        label: t("takeBackLabel", { email }),
        title: t("takeBackTitle"),
        text: t("takeBackText", { email }),
      }
    : member.isSelf
      ? { open: t("leave"), label: t("leave"), title: t("leaveTitle"), text: t("leaveText") }
      : { open: t("open"), label: t("label", { name }), title: t("title", { name }), text: t("text") };
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" aria-label={words.label}>
          {words.open}
        </Button>
      }
      tone="danger"
      title={words.title}
      description={words.text}
      confirmLabel={words.open}
      onConfirm={() => act(removeMemberAction({ id: member.id }), t("done", { name }))}
    />
  );
}
