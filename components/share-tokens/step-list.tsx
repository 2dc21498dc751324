import { useFormatter } from "next-intl";
import { useFeatureNames } from "./terms-text";

/** Steps by their names, in a line. */
export function StepList({ steps }: { steps: readonly string[] }) {
  const format = useFormatter();
  const nameOf = useFeatureNames();
  const text = format.list(steps.map(nameOf));
  return <span title={text}>{text}</span>;
}
