"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { toast } from "@/components/ui/toast";
import { noteSessionAction } from "./actions";
import { MentionTextarea } from "./mention-textarea";
import { useRefusal } from "./use-refusal";

export function NoteForm({ applicationId, sessionId }: { applicationId: string; sessionId: string }) {
  const t = useTranslations("record.note");
  const router = useRouter();
  const refusalText = useRefusal();
  const [comment, setComment] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const inFlight = useRef(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (inFlight.current) return;
    if (comment.trim() === "") return setError(t("empty"));
    inFlight.current = true;
    setSending(true);
    setError(null);
    try {
      const result = await noteSessionAction({ sessionId, comment });
      if (!result.ok) return setError(refusalText(result));
      setComment("");
      toast.success(t("added"));
      router.refresh();
    } catch {
      setError(refusalText({ ok: false, code: "invalid_input", message: "", more: { unreachable: true } }));
    } finally {
      inFlight.current = false;
      setSending(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col items-start gap-2">
      <Field
        label={t("label")}
        hint={`${t("hint")} ${t("mention.hint")}`}
        error={error ?? undefined}
        className="w-full"
      >
        <MentionTextarea
          applicationId={applicationId}
          value={comment}
          maxLength={4000}
          rows={2}
          onValueChange={setComment}
        />
      </Field>
      <Button type="submit" loading={sending}>
        {t("add")}
      </Button>
    </form>
  );
}
