"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { ActionFailure, ActionResult } from "@/lib/action";

type Failed = Pick<ActionFailure, "fields"> & { code: ActionFailure["code"] | "unexpected" };

/** Runs one act at a time, remembers how it failed, and has the screen read again when it did not. */
export function useAct() {
  const errors = useTranslations("errors.code");
  const router = useRouter();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failed | null>(null);

  async function run<T>(act: () => Promise<ActionResult<T>>): Promise<{ data: T } | null> {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    setFailure(null);
    try {
      const result = await act().catch(() => null);
      if (!result?.ok) {
        setFailure(result ?? { code: "unexpected" });
        return null;
      }
      router.refresh();
      return { data: result.data };
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  return { run, busy, failure, sentence: failure && errors(failure.code), forget: () => setFailure(null) };
}
