"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { EnvironmentBadge } from "@/components/applications/environment-badge";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { toast } from "@/components/ui/toast";
import { cn } from "@/lib/cn";
import type { ShellApplication, ShellProps } from "./types";

/** Says at all times where the reader is working, and takes them elsewhere. */
export function ApplicationSwitcher({
  organisations,
  current,
  switchApplication,
}: Pick<ShellProps, "organisations" | "current" | "switchApplication">) {
  const t = useTranslations("shell.application");
  const [open, setOpen] = useState(false);
  const [switching, start] = useTransition();
  const organisation = organisations.find((entry) => entry.id === current.organisationId);
  const application = organisation?.applications.find((entry) => entry.id === current.applicationId);

  function choose(target: ShellApplication) {
    setOpen(false);
    if (target.id === current.applicationId) return;
    start(async () => {
      await switchApplication(target.id);
      toast.success(t("switched", { application: target.name }));
    });
  }

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          type="button"
          aria-busy={switching || undefined}
          aria-label={t("switchFrom", { organisation: organisation?.name ?? "", application: application?.name ?? "" })}
          className={cn(
            "flex h-10 min-w-0 items-center gap-2 rounded-md px-2 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover sm:gap-3",
            switching && "animate-pulse",
          )}
        >
          <span className="min-w-0">
            <span className="block truncate text-muted text-xs">{organisation?.name}</span>
            <span className="block truncate font-medium text-sm leading-4.5">{application?.name}</span>
          </span>
          {application && <EnvironmentBadge environment={application.environment} />}
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
        </button>
      </PopoverTrigger>
      <PopoverContent label={t("switch")} className="w-88 p-0">
        <Command label={t("search")} defaultValue={current.applicationId}>
          <CommandInput placeholder={t("search")} />
          <CommandList label={t("switch")} className="max-h-96">
            <CommandEmpty>{t("none")}</CommandEmpty>
            {organisations.map((entry) => (
              <CommandGroup key={entry.id} heading={entry.name}>
                {entry.applications.map((target) => {
                  const here = target.id === current.applicationId;
                  return (
                    <CommandItem
                      key={target.id}
                      value={target.id}
                      keywords={[entry.name, target.name, target.environment]}
                      aria-current={here || undefined}
                      onSelect={() => choose(target)}
                    >
                      <Check aria-hidden className={cn("text-accent", !here && "invisible")} />
                      <span className="min-w-0 flex-1 truncate">
                        {target.name}
                        {here && <span className="sr-only"> ({t("current")})</span>}
                      </span>
                      <EnvironmentBadge environment={target.environment} />
                    </CommandItem>
                  );
                })}
              </CommandGroup>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
