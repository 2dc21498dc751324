"use client";

import { Tabs as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/lib/cn";
import { EagerLink } from "./eager-link";

const listClasses =
  "-mb-px flex gap-5 overflow-x-auto overflow-y-hidden [scrollbar-width:none] [&::-webkit-scrollbar]:hidden";
const tabClasses =
  "-outline-offset-2 flex h-9 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-sm border-transparent border-b-2 font-medium text-muted text-sm transition-colors hover:text-foreground [&_svg]:size-4";
const activeClasses = "border-accent text-foreground";

/** Panels on one page. Where each tab is an address of its own, use TabLinks. */
export const Tabs = Radix.Root;

export function TabList({ className, ...props }: ComponentProps<typeof Radix.List>) {
  return (
    <div className="border-border border-b">
      <Radix.List className={cn(listClasses, className)} {...props} />
    </div>
  );
}

export function Tab({
  className,
  count,
  children,
  ...props
}: ComponentProps<typeof Radix.Trigger> & { count?: number }) {
  return (
    <Radix.Trigger
      className={cn(tabClasses, "data-[state=active]:border-accent data-[state=active]:text-foreground", className)}
      {...props}
    >
      {children}
      <TabCount count={count} />
    </Radix.Trigger>
  );
}

export function TabPanel({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn("pt-4", className)} {...props} />;
}

function TabCount({ count }: { count?: number | undefined }) {
  if (count === undefined) return null;
  return <span className="rounded-full bg-neutral-bg px-1.5 font-normal text-neutral text-xs">{count}</span>;
}

export function TabLinks({
  label,
  items,
}: {
  label: string;
  items: readonly { href: string; label: ReactNode; current: boolean; count?: number }[];
}) {
  const list = useRef<HTMLDivElement>(null);
  const current = items.find((item) => item.current)?.href;
  // On a narrow screen the row is cut off: where one is must not be what is cut.
  useEffect(() => {
    const row = list.current;
    const tab = current === undefined ? null : row?.querySelector<HTMLElement>("[aria-current]");
    if (!row || !tab) return;
    const [outer, inner] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (inner.left < outer.left || inner.right > outer.right)
      row.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }, [current]);
  return (
    <nav aria-label={label} className="border-border border-b">
      <div ref={list} className={listClasses}>
        {items.map((item) => (
          <EagerLink
            key={item.href}
            href={item.href}
            aria-current={item.current ? "page" : undefined}
            className={cn(tabClasses, item.current && activeClasses)}
          >
            {item.label}
            <TabCount count={item.count} />
          </EagerLink>
        ))}
      </div>
    </nav>
  );
}
