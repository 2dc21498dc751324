"use client";

import Link from "next/link";
import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { PasswordField } from "@/components/sign-in/password-field";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import type { InvitationView } from "@/domain/access/invitation";
import { passwordProblem } from "@/domain/access/rules";
import type { ErrorCode } from "@/domain/errors";
import { acceptInvitationAction, readInvitationAction } from "./actions";

type Reading = { state: "reading" } | { state: "invalid" } | { state: "open"; token: string; view: InvitationView };

export function Invitation() {
  const t = useTranslations("join.invitation");
  const tError = useTranslations("errors.code");
  const [reading, setReading] = useState<Reading>({ state: "reading" });

  useEffect(() => {
    const token = window.location.hash.slice(1);
    readInvitationAction({ token }).then(
      (result) => setReading(result.ok ? { state: "open", token, view: result.data } : { state: "invalid" }),
      () => setReading({ state: "invalid" }),
    );
  }, []);

  if (reading.state === "reading") {
    return (
      <div role="status" aria-label={t("loading")} className="flex flex-col gap-4">
        <Skeleton className="h-8 w-2/3" />
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-10 w-full" />
      </div>
    );
  }
  if (reading.state === "invalid") {
    return (
      <div>
        <h1 className="font-semibold text-2xl tracking-tight">{t("invalidTitle")}</h1>
        <p className="mt-1 text-base text-muted">{tError("invitation_invalid")}</p>
        <Button asChild className="mt-6">
          <Link href="/sign-in">{t("toSignIn")}</Link>
        </Button>
      </div>
    );
  }
  return <AcceptForm token={reading.token} view={reading.view} onGone={() => setReading({ state: "invalid" })} />;
}

function AcceptForm({ token, view, onGone }: { token: string; view: InvitationView; onGone: () => void }) {
  const t = useTranslations("join.invitation");
  const tPassword = useTranslations("join.password");
  const tSignUp = useTranslations("join.signUp");
  const tRole = useTranslations("shell.roles");
  const tError = useTranslations("errors.code");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<{ name?: string; password?: string }>({});
  const [problem, setProblem] = useState<{ code: ErrorCode | "unexpected"; seconds?: number } | null>(null);
  const [busy, setBusy] = useState(false);
  const nameInput = useRef<HTMLInputElement>(null);
  const passwordInput = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const found = view.hasAccount
      ? { password: password ? undefined : tPassword("missing") }
      : {
          name: name.trim() ? undefined : t("nameMissing"),
          password: passwordProblem(password) ? tPassword("weak") : undefined,
        };
    setWrong(found);
    setProblem(null);
    if ("name" in found && found.name) return nameInput.current?.focus();
    if (found.password) return passwordInput.current?.focus();
    setBusy(true);
    const result = await acceptInvitationAction({
      token,
      password,
      ...(!view.hasAccount && { name: name.trim() }),
    }).catch(() => null);
    if (result?.ok) {
      await signIn("credentials", { email: view.email, password, redirect: false });
      return window.location.assign("/");
    }
    setBusy(false);
    if (result?.code === "invitation_invalid") return onGone();
    if (result?.code === "unauthenticated") {
      setWrong({ password: t("wrongPassword") });
      return passwordInput.current?.focus();
    }
    setProblem({ code: result?.code ?? "unexpected", seconds: result?.retryAfterInSeconds });
  }

  return (
    <div>
      <h1 className="break-words font-semibold text-2xl tracking-tight">
        {t("title", { organisation: view.organisationName })}
      </h1>
      <p className="mt-1 break-words text-base text-muted">
        {t("text", { inviter: view.invitedBy, role: tRole(view.role), email: view.email })}
      </p>
      <form method="post" noValidate onSubmit={submit} className="mt-6 flex flex-col gap-4">
        {problem && (
          <Callout tone="danger" announce>
            {problem.seconds === undefined
              ? tError(problem.code)
              : tSignUp("waitMinutes", { minutes: Math.ceil(problem.seconds / 60) })}
          </Callout>
        )}
        {view.hasAccount ? (
          <Callout tone="info">{t("hasAccount")}</Callout>
        ) : (
          <Field label={t("name")} error={wrong.name} required>
            <Input
              ref={nameInput}
              name="name"
              size="lg"
              maxLength={80}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
        )}
        {/* For password managers: which account the password is of. */}
        <input type="hidden" name="username" autoComplete="username" value={view.email} readOnly />
        <PasswordField
          isNew={!view.hasAccount}
          inputRef={passwordInput}
          value={password}
          onChange={setPassword}
          error={wrong.password}
        />
        <Button type="submit" variant="primary" size="lg" loading={busy} className="mt-1 w-full">
          {t("submit")}
        </Button>
      </form>
    </div>
  );
}
