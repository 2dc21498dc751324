import { getTranslations } from "next-intl/server";
import { TabLinks } from "@/components/ui/tabs";

/** What partners ask for, and what is asked of them. */
export async function RequestTabs({ current }: { current: "steps" | "sessions" }) {
  const t = await getTranslations("requests");
  return (
    <div className="mb-5">
      <TabLinks
        label={t("title")}
        items={[
          { href: "/requests", label: t("tab.steps"), current: current === "steps" },
          { href: "/requests/sessions", label: t("tab.sessions"), current: current === "sessions" },
        ]}
      />
    </div>
  );
}
