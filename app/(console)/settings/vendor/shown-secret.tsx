"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { DialogBody, DialogClose, DialogFooter } from "@/components/ui/dialog";
import { SecretBox } from "@/components/ui/secret-box";

/** What the vendor is to be given. The secret is shown this one time. */
export function ShownSecret({ url, secret }: { url: string; secret: string }) {
  const t = useTranslations("vendor.shown");
  return (
    <>
      <DialogBody className="flex flex-col gap-4">
        <CodeBlock label={t("address")} code={url} wrap />
        <SecretBox label={t("secret")} secret={secret} warning={t("lost")} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">{t("stored")}</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
