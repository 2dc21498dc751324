"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { SecretBox } from "@/components/ui/secret-box";

/** A key right after it was made. A stray click must not throw away what can never be shown again. */
export function ShownKey({ secret, warning }: { secret: string; warning?: string }) {
  const t = useTranslations("settings.apiKeys.create");
  return (
    <>
      <DialogBody>
        <SecretBox label={t("key")} secret={secret} warning={warning} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">{t("stored")}</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
