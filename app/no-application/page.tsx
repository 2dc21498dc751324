import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
import { requireSession } from "@/lib/auth";
import { signOutAction } from "../(console)/actions";

/** For a member who belongs to no organisation, or whose application is gone. */
export default async function NoApplicationPage() {
  const { actor } = await requireSession();
  if (actor) redirect("/");
  const t = await getTranslations("shell");
  return (
    <MessagePage
      title={t("noApplication.title")}
      actions={
        <form action={signOutAction}>
          <Button type="submit">{t("signOut")}</Button>
        </form>
      }
    >
      {t("noApplication.description")}
    </MessagePage>
  );
}
