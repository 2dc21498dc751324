"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { Switch } from "@/components/ui/switch";

const KEYS = [
  ["next", ["n"]],
  ["move", ["j", "k"]],
  ["open", ["Enter"]],
  ["select", ["x"]],
  ["range", ["Shift", "x"]],
  ["mine", ["a"]],
  ["decide", ["d"]],
  ["help", ["?"]],
] as const;

/** What single keys do, and the switch for those who do not want them to. */
export function KeysDialog({
  open,
  onOpenChange,
  enabled,
  onEnabledChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  enabled: boolean;
  onEnabledChange: (enabled: boolean) => void;
}) {
  const t = useTranslations("queue.keys");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t("title")} description={t("description")} size="sm">
        <DialogBody className="flex flex-col gap-4">
          <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-sm">
            {KEYS.map(([name, keys]) => (
              <div key={name} className="contents">
                <dt className="flex gap-1">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dt>
                <dd>{t(name)}</dd>
              </div>
            ))}
          </dl>
          <Switch label={t("switch")} checked={enabled} onCheckedChange={onEnabledChange} />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
