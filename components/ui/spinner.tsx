import { LoaderCircle } from "lucide-react";
import { cn } from "@/lib/cn";

/** Only for inside a button; whole areas use Skeleton. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} />;
}
