"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { createApiKeyAction } from "./actions";
import { KeyForm, type KeyWorkflow } from "./key-form";
import { ShownKey } from "./shown-key";

export function CreateApiKey({ workflows }: { workflows: readonly KeyWorkflow[] }) {
  const t = useTranslations("settings.apiKeys.create");
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<{ name: string; key: string } | null>(null);

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setCreated(null);
      }}
    >
      <DialogTrigger asChild>
        <Button variant="primary" icon={<Plus aria-hidden />}>
          {t("open")}
        </Button>
      </DialogTrigger>
      <DialogContent
        size={created ? "md" : "lg"}
        title={created ? t("createdTitle", { name: created.name }) : t("title")}
        description={created ? t("createdText") : t("description")}
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => created && event.preventDefault()}
      >
        {created ? (
          <ShownKey secret={created.key} />
        ) : (
          <KeyForm
            workflows={workflows}
            submitLabel={t("submit")}
            save={({ expiresInDays, ...values }) =>
              createApiKeyAction({ ...values, expiresInDays: expiresInDays ?? null })
            }
            onSaved={setCreated}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
