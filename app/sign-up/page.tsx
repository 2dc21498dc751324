import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SignInScreen } from "@/components/sign-in/sign-in-screen";
import { registrationIsOpen } from "@/domain/access/registration";
import { mailsStayHere } from "@/domain/mail/mailbox";
import { currentSession } from "@/lib/auth";
import { setLocaleAction } from "../sign-in/locale";
import { SignUp } from "./sign-up";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("join.signUp");
  return { title: t("title") };
}

export default async function SignUpPage() {
  if (!registrationIsOpen()) notFound();
  if (await currentSession()) redirect("/");
  return (
    <SignInScreen setLocale={setLocaleAction}>
      <SignUp mailsStayHere={mailsStayHere()} />
    </SignInScreen>
  );
}
