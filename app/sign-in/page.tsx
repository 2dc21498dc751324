import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SignInScreen } from "@/components/sign-in/sign-in-screen";
import { registrationIsOpen } from "@/domain/access/registration";
import { currentSession } from "@/lib/auth";
import { demoAccounts } from "./demo-accounts";
import { setLocaleAction } from "./locale";
import { SignIn } from "./sign-in";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

export default async function SignInPage() {
  if (await currentSession()) redirect("/");
  return (
    <SignInScreen setLocale={setLocaleAction}>
      <SignIn demoAccounts={await demoAccounts()} mayRegister={registrationIsOpen()} />
    </SignInScreen>
  );
}
