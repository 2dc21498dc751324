import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// text-2xs is ours: without this the merge takes it for a colour and drops it beside text-muted.
const merge = extendTailwindMerge({ extend: { theme: { text: ["2xs"] } } });

export function cn(...inputs: ClassValue[]) {
  return merge(clsx(inputs));
}
