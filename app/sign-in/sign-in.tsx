"use client";

import { signIn } from "next-auth/react";
import { type DemoAccount, SignInForm, type SignInResult } from "@/components/sign-in/sign-in-form";

export function SignIn({ demoAccounts, mayRegister }: { demoAccounts: readonly DemoAccount[]; mayRegister: boolean }) {
  async function submit(email: string, password: string): Promise<SignInResult> {
    const result = await signIn("credentials", { email, password, redirect: false });
    if (!result) return { ok: false, code: "unreachable" };
    if (result.error) {
      const [code = "unexpected", seconds] = result.error.split(":");
      return { ok: false, code, ...(seconds && { retryAfterSeconds: Number(seconds) }) };
    }
    // A full load: nothing that was fetched for an earlier member may survive in memory.
    window.location.assign("/");
    return { ok: true };
  }
  return (
    <SignInForm onSubmit={submit} demoAccounts={demoAccounts} registerHref={mayRegister ? "/sign-up" : undefined} />
  );
}
