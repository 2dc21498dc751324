"use client";

import Link from "next/link";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { PasswordField } from "@/components/sign-in/password-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { passwordProblem } from "@/domain/access/rules";
import type { ErrorCode } from "@/domain/errors";
import type { ActionResult } from "@/lib/action";
import { registerAction, resendCodeAction, verifyEmailAction } from "./actions";

type Problem = { code: ErrorCode | "unexpected"; seconds?: number };

/** Two steps: the address and a password, then the code that came by mail. */
export function SignUp({ mailsStayHere }: { mailsStayHere: boolean }) {
  const t = useTranslations("join.signUp");
  const tPassword = useTranslations("join.password");
  const tError = useTranslations("errors.code");
  const [step, setStep] = useState<"account" | "code">("account");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState<{ email?: string; password?: string; code?: string }>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [busy, setBusy] = useState<"submit" | "resend" | null>(null);
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const codeInput = useRef<HTMLInputElement>(null);

  async function run<T>(what: "submit" | "resend", act: () => Promise<ActionResult<T>>): Promise<boolean> {
    setBusy(what);
    setProblem(null);
    setNotice(null);
    const result = await act().catch(() => null);
    setBusy(null);
    if (result?.ok) return true;
    if (result?.fields?.email) setWrong({ email: t("emailInvalid") });
    else if (result?.fields?.password) setWrong({ password: tPassword("weak") });
    else setProblem({ code: result?.code ?? "unexpected", seconds: result?.retryAfterInSeconds });
    return false;
  }

  async function submitAccount(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const address = email.trim();
    const found = {
      email: /^\S+@\S+\.\S+$/.test(address) ? undefined : t("emailInvalid"),
      password: passwordProblem(password) ? tPassword("weak") : undefined,
    };
    setWrong(found);
    if (found.email) return emailInput.current?.focus();
    if (found.password) return passwordInput.current?.focus();
    if (await run("submit", () => registerAction({ email: address, password }))) {
      setStep("code");
      setTimeout(() => codeInput.current?.focus());
    }
  }

  async function submitCode(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setWrong({});
    if (!code.trim()) {
      setWrong({ code: t("codeMissing") });
      return codeInput.current?.focus();
    }
    if (!(await run("submit", () => verifyEmailAction({ email: email.trim(), code }))))
      return codeInput.current?.focus();
    setBusy("submit");
    await signIn("credentials", { email: email.trim(), password, redirect: false });
    window.location.assign("/settings/organization");
  }

  async function resend() {
    if (busy) return;
    if (await run("resend", () => resendCodeAction({ email: email.trim() })))
      setNotice(t("resent", { email: email.trim() }));
  }

  const callout = problem && (
    <Callout tone={problem.code === "rate_limited" ? "warning" : "danger"} announce>
      {problem.seconds === undefined
        ? tError(problem.code)
        : problem.seconds > 90
          ? t("waitMinutes", { minutes: Math.ceil(problem.seconds / 60) })
          : t("wait", { seconds: problem.seconds })}
    </Callout>
  );

  if (step === "code") {
    return (
      <div>
        <h1 className="font-semibold text-2xl tracking-tight">{t("codeTitle")}</h1>
        <p className="mt-1 break-words text-base text-muted">{t("codeText", { email: email.trim() })}</p>
        {mailsStayHere && (
          <Callout tone="info" className="mt-4">
            {t("demoMailbox")}
          </Callout>
        )}
        <form method="post" noValidate onSubmit={submitCode} className="mt-6 flex flex-col gap-4">
          {callout}
          {notice && (
            <Callout tone="success" announce>
              {notice}
            </Callout>
          )}
          <Field label={t("code")} error={wrong.code} required>
            <Input
              ref={codeInput}
              name="code"
              size="lg"
              autoComplete="one-time-code"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={12}
              className="font-mono uppercase tracking-widest"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </Field>
          <Button type="submit" variant="primary" size="lg" loading={busy === "submit"} className="w-full">
            {t("verify")}
          </Button>
          <div className="flex flex-wrap justify-between gap-2">
            <Button variant="ghost" loading={busy === "resend"} onClick={resend}>
              {t("resend")}
            </Button>
            <Button
              variant="ghost"
              onClick={() => {
                setStep("account");
                setProblem(null);
                setNotice(null);
              }}
            >
              {t("another")}
            </Button>
          </div>
        </form>
      </div>
    );
  }

  return (
    <div>
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-1 text-base text-muted">{t("subtitle")}</p>
      <form method="post" noValidate onSubmit={submitAccount} className="mt-6 flex flex-col gap-4">
        {callout}
        <Field label={t("email")} error={wrong.email} required>
          <Input
            ref={emailInput}
            name="email"
            type="email"
            size="lg"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <PasswordField isNew inputRef={passwordInput} value={password} onChange={setPassword} error={wrong.password} />
        <Button type="submit" variant="primary" size="lg" loading={busy === "submit"} className="mt-1 w-full">
          {t("submit")}
        </Button>
      </form>
      <p className="mt-4 text-muted text-sm">
        {t("have")}{" "}
        <Link href="/sign-in" className="font-medium text-accent underline underline-offset-4">
          {t("signIn")}
        </Link>
      </p>
    </div>
  );
}
