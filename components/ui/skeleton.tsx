import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** A grey stand-in of the size of what is coming. Decorative: say "loading" once, on the region around it. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div aria-hidden className={cn("animate-pulse rounded-sm bg-hover", className)} {...props} />;
}
