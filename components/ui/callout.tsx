import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

const tones = {
  info: { icon: Info, box: "border-info-border bg-info-bg", text: "text-info" },
  success: { icon: CircleCheck, box: "border-success-border bg-success-bg", text: "text-success" },
  warning: { icon: TriangleAlert, box: "border-warning-border bg-warning-bg", text: "text-warning" },
  danger: { icon: CircleAlert, box: "border-danger-border bg-danger-bg", text: "text-danger" },
  neutral: { icon: Info, box: "border-neutral-border bg-neutral-bg", text: "text-neutral" },
};

/** Something to know before going on. `announce` is for those that appear after an act (an error of a form). */
export function Callout({
  tone = "info",
  title,
  children,
  actions,
  announce = false,
  icon,
  className,
}: {
  tone?: keyof typeof tones;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  announce?: boolean;
  icon?: ReactNode;
  className?: string;
}) {
  const { icon: Icon, box, text } = tones[tone];
  return (
    <div
      role={announce ? (tone === "danger" ? "alert" : "status") : undefined}
      className={cn("flex items-start gap-2.5 rounded-lg border px-3 py-2.5 text-sm", box, className)}
    >
      <span aria-hidden className={cn("mt-0.5 shrink-0 [&_svg]:size-4", text)}>
        {icon ?? <Icon />}
      </span>
      <div className="min-w-0 flex-1">
        {title && <p className={cn("font-medium", text)}>{title}</p>}
        {children && <div className="break-words text-foreground">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
