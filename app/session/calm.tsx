import type { ReactNode } from "react";

/** A state in which there is nothing to do: what it is, why, and perhaps the one way on. */
export function Calm({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-4 py-10 text-center">
      <span className="grid size-14 place-items-center rounded-full border border-border bg-subtle text-muted [&_svg]:size-6">
        {icon}
      </span>
      <div className="flex max-w-md flex-col gap-2">
        <h1 tabIndex={-1} className="text-balance font-semibold text-2xl tracking-tight outline-none">
          {title}
        </h1>
        <div className="text-base text-muted">{children}</div>
      </div>
      {action}
    </div>
  );
}
