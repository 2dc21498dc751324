"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { ActionFailure, ActionResult } from "@/lib/action";
import { useWebhooks } from "./context";
import { isDestinationRefusal } from "./words";

export type Failed = Omit<ActionFailure, "code"> & { code: ActionFailure["code"] | "unexpected" };

/** Runs one act at a time, remembers how it failed, and has everything on the screen read again when it did not. */
export function useAct() {
  const { applicationId } = useWebhooks();
  const client = useQueryClient();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failed | null>(null);

  async function run<T>(act: () => Promise<ActionResult<T>>): Promise<{ data: T } | null> {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    setFailure(null);
    try {
      const result = await act().catch((): Failed => ({ ok: false, code: "unexpected", message: "" }));
      if (!result.ok) {
        setFailure(result);
        return null;
      }
      void client.invalidateQueries({
        predicate: ({ queryKey: [list, of] }) => of === applicationId && String(list).startsWith("webhooks/"),
      });
      return { data: result.data };
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return { run, busy, failure, forget: () => setFailure(null) };
}

/** The reader's own sentence for why an act was refused. */
export function useRefusal() {
  const t = useTranslations("webhooks");
  const errors = useTranslations("errors.code");
  return ({ code, more }: Failed): string => {
    if (isDestinationRefusal(more?.refusal)) return t(`error.url.${more.refusal}`);
    if (code === "transition_not_allowed") return t("refusal.disabled");
    if (code === "environment_mismatch") return t("refusal.environment");
    return errors(code);
  };
}
