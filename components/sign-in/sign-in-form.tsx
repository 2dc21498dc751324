"use client";

import { ArrowRight, Eye, EyeOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

export type SignInResult = { ok: true } | { ok: false; code: string; retryAfterSeconds?: number };
export type DemoAccount = { name: string; detail: string; email: string; password: string };

type Problem = "wrongCredentials" | "lockedOut" | "unreachable" | "unexpected";

function problemOf(result: { code: string; retryAfterSeconds?: number }): Problem {
  if (result.retryAfterSeconds !== undefined || ["locked_out", "rate_limited"].includes(result.code))
    return "lockedOut";
  if (result.code === "unreachable") return "unreachable";
  const wrong = ["wrong_credentials", "invalid_credentials", "unauthenticated", "CredentialsSignin"];
  return wrong.includes(result.code) ? "wrongCredentials" : "unexpected";
}

export function SignInForm({
  onSubmit,
  demoAccounts = [],
  registerHref,
}: {
  /** Goes on to the console by itself when it succeeds; the form stays busy meanwhile. */
  onSubmit: (email: string, password: string) => Promise<SignInResult>;
  demoAccounts?: readonly DemoAccount[];
  /** Where somebody without an account makes one; absent where only the invited may. */
  registerHref?: string;
}) {
  const t = useTranslations("signIn");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const [problem, setProblem] = useState<{ kind: Problem; minutes: number } | null>(null);
  const [done, setDone] = useState(false);
  const [pending, start] = useTransition();
  const emailInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);
  const submitButton = useRef<HTMLButtonElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    const found: typeof missing = {};
    if (!email.trim()) found.email = t("emailRequired");
    else if (!/^\S+@\S+$/.test(email.trim())) found.email = t("emailInvalid");
    if (!password) found.password = t("passwordRequired");
    setMissing(found);
    setProblem(null);
    if (found.email) return emailInput.current?.focus();
    if (found.password) return passwordInput.current?.focus();

    start(async () => {
      const result = await onSubmit(email.trim(), password).catch(
        (): SignInResult => ({ ok: false, code: "unreachable" }),
      );
      if (result.ok) return setDone(true);
      setProblem({ kind: problemOf(result), minutes: Math.max(1, Math.ceil((result.retryAfterSeconds ?? 60) / 60)) });
      passwordInput.current?.focus();
      passwordInput.current?.select();
    });
  }

  function fill(account: DemoAccount) {
    setEmail(account.email);
    setPassword(account.password);
    setMissing({});
    setProblem(null);
    submitButton.current?.focus();
  }

  return (
    <div>
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-1 text-base text-muted">{t("subtitle")}</p>
      {/* Posted without scripts, the password must not end up in an address. */}
      <form method="post" noValidate onSubmit={submit} className="mt-6 flex flex-col gap-4">
        {problem && (
          <Callout
            tone={problem.kind === "lockedOut" ? "warning" : "danger"}
            title={t(`errors.${problem.kind}Title`)}
            announce
          >
            {t(`errors.${problem.kind}`, { minutes: problem.minutes })}
          </Callout>
        )}
        <Field label={t("email")} error={missing.email} required>
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
        <Field label={t("password")} error={missing.password} required>
          <Input
            ref={passwordInput}
            name="password"
            type={shown ? "text" : "password"}
            size="lg"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            suffix={
              <IconButton
                label={shown ? t("hidePassword") : t("showPassword")}
                icon={shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
                aria-pressed={shown}
                tooltip={false}
                onClick={() => setShown(!shown)}
              />
            }
          />
        </Field>
        <Button
          ref={submitButton}
          type="submit"
          variant="primary"
          size="lg"
          loading={pending || done}
          className="mt-1 w-full"
        >
          {t("submit")}
        </Button>
      </form>
      {registerHref && (
        <p className="mt-4 text-muted text-sm">
          {t("noAccount")}{" "}
          <Link href={registerHref} className="font-medium text-accent underline underline-offset-4">
            {t("signUp")}
          </Link>
        </p>
      )}
      {demoAccounts.length > 0 && (
        <section aria-labelledby="demo-accounts" className="mt-8">
          <h2 id="demo-accounts" className="font-medium text-sm">
            {t("demo.title")}
          </h2>
          <p className="text-muted text-sm">{t("demo.hint")}</p>
          <ul className="mt-2 max-h-80 divide-y divide-border overflow-y-auto rounded-lg border border-border bg-surface">
            {demoAccounts.map((account) => (
              <li key={account.email}>
                <button
                  type="button"
                  aria-label={t("demo.choose", { name: account.name, detail: account.detail })}
                  onClick={() => fill(account)}
                  className="-outline-offset-2 group flex w-full items-center gap-3 px-3 py-2 text-left transition-colors hover:bg-hover"
                >
                  <Avatar name={account.name} />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium text-sm">{account.name}</span>
                    <span className="block truncate text-muted text-xs">{account.detail}</span>
                  </span>
                  <ArrowRight aria-hidden className="size-4 shrink-0 text-muted opacity-0 group-hover:opacity-100" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
