import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/card";
import { Loading } from "@/components/ui/loading";
import { Skeleton } from "@/components/ui/skeleton";

export default function UsageLoading() {
  const t = useTranslations("usage");
  return (
    <div className="max-w-6xl">
      <Section title={t("title")} actions={<Skeleton className="h-8 w-56" />}>
        <Loading className="flex flex-col gap-3">
          <div className="grid gap-4 sm:grid-cols-3">
            {["cost", "free", "balance"].map((tile) => (
              <Skeleton key={tile} className="h-24 w-full" />
            ))}
          </div>
          <Skeleton className="h-96 w-full" />
        </Loading>
      </Section>
    </div>
  );
}
