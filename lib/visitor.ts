import { headers } from "next/headers";
import { getLocale } from "next-intl/server";
import type { z } from "zod";
import type { Origin } from "@/domain/access/registration";
import { DomainError } from "@/domain/errors";
import { isLocale } from "@/i18n/locales";
import { type ActionResult, refusal } from "./action";
import { fieldErrorsOf } from "./problem";
import { REMOTE_ADDRESS_HEADER } from "./remote-address";

/** As `action()`, for people who have not signed in: nobody is asked for, only where the request comes from. */
export function visitorAction<S extends z.ZodType, T>(
  schema: S,
  act: (input: z.output<S>, from: Origin) => Promise<T>,
) {
  return async (given: z.input<S>): Promise<ActionResult<T>> => {
    try {
      const parsed = schema.safeParse(given);
      if (!parsed.success) {
        throw new DomainError("invalid_input", "Check the marked fields.", {
          fields: fieldErrorsOf(parsed.error.issues),
        });
      }
      return { ok: true, data: await act(parsed.data, await originOf()) };
    } catch (error) {
      return refusal(error);
    }
  };
}

async function originOf(): Promise<Origin> {
  const [given, locale] = await Promise.all([headers(), getLocale()]);
  return {
    ip: given.get(REMOTE_ADDRESS_HEADER) ?? undefined,
    userAgent: given.get("user-agent") ?? undefined,
    locale: isLocale(locale) ? locale : undefined,
  };
}
