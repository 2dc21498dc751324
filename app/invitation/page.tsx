import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInScreen } from "@/components/sign-in/sign-in-screen";
import { setLocaleAction } from "../sign-in/locale";
import { Invitation } from "./invitation";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("join.invitation");
  return { title: t("metaTitle") };
}

/** Opened by the link of a mail. Looking at it uses nothing up, so a scanner that follows links does no harm. */
export default function InvitationPage() {
  return (
    <SignInScreen setLocale={setLocaleAction}>
      <Invitation />
    </SignInScreen>
  );
}
