"use client";

import { useTranslations } from "next-intl";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";

/** Runs an act on somebody and says how it went: the sentence given, or the reason of the refusal. */
export function useMemberAct() {
  const tError = useTranslations("errors.code");
  const t = useTranslations("accounts.members");
  return async (act: Promise<ActionResult<unknown>>, done: string): Promise<boolean> => {
    const result = await act.catch(() => null);
    if (result?.ok) {
      toast.success(done);
      return true;
    }
    const isAboutOwners = result?.code === "forbidden";
    toast.error(isAboutOwners ? t("ownersOnly") : tError(result?.code ?? "unexpected"));
    return false;
  };
}
