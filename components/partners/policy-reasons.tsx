import type { PolicyReason } from "@/domain/partners/policy";
import { cn } from "@/lib/cn";
import { usePolicyWords } from "./policy-words";

/** Why a policy objected, one sentence each. */
export function PolicyReasons({
  reasons,
  className,
}: {
  reasons: readonly PolicyReason[];
  className?: string | undefined;
}) {
  const words = usePolicyWords();
  if (reasons.length === 0) return null;
  return (
    <ul className={cn("list-disc space-y-0.5 pl-5", className)}>
      {reasons.map((reason) => (
        <li key={`${reason.code}${reason.outcome}${reason.wanted}`}>{words.reason(reason)}</li>
      ))}
    </ul>
  );
}
