"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

export function SavePrompt({ prompt }: { prompt: string }) {
  const t = useTranslations("developers.integrate");
  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([prompt], { type: "text/markdown" }));
    link.download = "aval-integration.md";
    link.click();
    URL.revokeObjectURL(link.href);
  }
  return (
    <Button icon={<Download aria-hidden />} onClick={save}>
      {t("download")}
    </Button>
  );
}
