"use server";

import { cookies } from "next/headers";
import { setLocale } from "@/domain/access/console";
import { isLocale, LOCALE_COOKIE, type Locale } from "@/i18n/locales";
import { currentSession } from "@/lib/auth";

/** Open to everyone: the sign-in page has languages too. A member's choice is kept with the member. */
export async function setLocaleAction(locale: Locale): Promise<void> {
  if (!isLocale(locale)) return;
  const session = await currentSession();
  if (session) await setLocale(session.member.id, locale);
  (await cookies()).set(LOCALE_COOKIE, locale, { path: "/", sameSite: "lax", maxAge: 365 * 86_400 });
}
