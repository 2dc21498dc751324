import { getTranslations } from "next-intl/server";
import { TabLinks } from "@/components/ui/tabs";
import type { Actor } from "@/domain/actor";
import { countWaiting } from "@/domain/share-inbox/inbox";

/** What came in, and what waits to be taken in. */
export async function ImportTabs({ actor, current }: { actor: Actor; current: "imports" | "inbox" }) {
  const [t, waiting] = await Promise.all([getTranslations("imports"), countWaiting(actor)]);
  return (
    <div className="mb-5">
      <TabLinks
        label={t("title")}
        items={[
          { href: "/imports", label: t("tab.imports"), current: current === "imports" },
          {
            href: "/imports/inbox",
            label: t("tab.inbox"),
            current: current === "inbox",
            ...(waiting > 0 && { count: waiting }),
          },
        ]}
      />
    </div>
  );
}
