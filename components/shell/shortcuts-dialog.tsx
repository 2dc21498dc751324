"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";
import { type Shortcut, useShortcutsOn } from "./shortcuts";

/** Which keys act here, and the switch for those who would rather have none. */
export function ShortcutsDialog({ shortcuts, onClose }: { shortcuts: readonly Shortcut[]; onClose: () => void }) {
  const t = useTranslations("shell.shortcuts");
  const [on, setOn] = useShortcutsOn();
  const rows = [...shortcuts, { key: "?", label: t("help") }];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t("title")} description={t("description")}>
        <DialogBody className="flex flex-col gap-5">
          <Switch label={t("switch")} description={t("switchHint")} checked={on} onCheckedChange={setOn} />
          <dl className="divide-y divide-border text-sm">
            {rows.map(({ key, label }) => (
              <div key={key} className="flex items-center justify-between gap-4 py-2">
                <dt>{label}</dt>
                <dd>
                  <Kbd>{key}</Kbd>
                </dd>
              </div>
            ))}
          </dl>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
