"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { z } from "zod";
import { changeRole, InviteInput, inviteMember, RoleInput, removeMember } from "@/domain/access/members";
import { isLocale } from "@/i18n/locales";
import { action } from "@/lib/action";

const PATH = ["/settings/members"];

export const inviteMemberAction = action(
  InviteInput,
  async (actor, input) => {
    const locale = await getLocale();
    return inviteMember(actor, input, isLocale(locale) ? locale : undefined);
  },
  PATH,
);

export const changeRoleAction = action(RoleInput, changeRole, PATH);

export const removeMemberAction = action(z.object({ id: z.uuid() }), async (actor, input) => {
  await removeMember(actor, input);
  // Whoever leaves is somewhere else from now on.
  revalidatePath("/", "layout");
});
