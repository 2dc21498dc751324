"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { ActionFailure, ActionResult } from "./action";

export type Failed = Omit<ActionFailure, "code"> & { code: ActionFailure["code"] | "unexpected" };

/**
 * Runs one act at a time, remembers how it failed, and has the page and what is below these lists read again when it did
 * not. An act that leads elsewhere leaves the page as it is: what it shows may be gone.
 */
export function useAct(applicationId: string, ...lists: string[]) {
  const client = useQueryClient();
  const router = useRouter();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failed | null>(null);

  async function run<T>(act: () => Promise<ActionResult<T>>, { leads = false } = {}): Promise<{ data: T } | null> {
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
        predicate: ({ queryKey: [list, of] }) =>
          of === applicationId && lists.some((one) => String(list).startsWith(one)),
      });
      if (!leads) router.refresh();
      return { data: result.data };
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return { run, busy, failure, forget: () => setFailure(null) };
}
