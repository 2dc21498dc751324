import { cn } from "@/lib/cn";

/** A signature that turns into a check: one party countersigning what another has verified. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="8" className="fill-accent-solid" />
      <g fill="none" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" className="stroke-accent-solid-fg">
        <path d="M7 21.2C10.4 20.6 13.4 8.6 15.6 8.6c1.9 0 .1 8.4 1.3 11 .9 2 2.4-.6 3.6-3.2L25 9.6" />
        <path d="M7 25.2h18" opacity="0.55" strokeWidth="2" />
      </g>
    </svg>
  );
}

export function Logo({ className, showName = true }: { className?: string; showName?: boolean }) {
  return (
    <span className={cn("inline-flex items-center gap-2.5", className)}>
      <LogoMark />
      <span className={cn("font-semibold text-lg tracking-tight", !showName && "sr-only")}>Aval</span>
    </span>
  );
}
