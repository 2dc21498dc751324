import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { formats } from "./formats";
import { isLocale, isTimeZone, LOCALE_COOKIE, matchLocale, TIME_ZONE_COOKIE } from "./locales";
import { loadMessages } from "./messages";

export default getRequestConfig(async ({ locale: asked }) => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const chosen = jar.get(LOCALE_COOKIE)?.value;
  // A page that has a language of its own asks for it; everywhere else the person's choice counts.
  const locale = isLocale(asked) ? asked : isLocale(chosen) ? chosen : matchLocale(head.get("accept-language"));

  // The browser reports its zone in a cookie; before the first visit has done so, times are shown in UTC.
  const reported = jar.get(TIME_ZONE_COOKIE)?.value;
  const timeZone = isTimeZone(reported) ? reported : "UTC";

  return { locale, timeZone, formats, now: new Date(), messages: await loadMessages(locale) };
});
