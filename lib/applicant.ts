import { headers } from "next/headers";
import { cache } from "react";
import type { z } from "zod";
import type { Applicant } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { identifyApplicant } from "@/domain/walks/applicant";
import { type ActionResult, refusal } from "./action";
import { fieldErrorsOf } from "./problem";
import { countRequest } from "./rate-limit";
import { REMOTE_ADDRESS_HEADER } from "./remote-address";

/** Whoever holds the link with this token; null when it opens nothing. Guesses count against the address they come from. */
export const currentApplicant = cache(async (token: string): Promise<Applicant | null> => {
  const ip = (await headers()).get(REMOTE_ADDRESS_HEADER) ?? undefined;
  const applicant = await identifyApplicant(token, { ip });
  if (!applicant) await countRequest(`address:${ip ?? ""}`, ["generic-write"]);
  return applicant;
});

/** As `action()`, for the person who walks through a session: the link's token says who they are. */
export function applicantAction<S extends z.ZodType, T>(
  schema: S,
  act: (applicant: Applicant, input: z.output<S>) => Promise<T>,
) {
  return async (token: string, given: z.input<S> | FormData): Promise<ActionResult<T>> => {
    try {
      const applicant = typeof token === "string" ? await currentApplicant(token) : null;
      if (!applicant) throw new DomainError("not_found", "Not found.");
      await countRequest(`applicant:${applicant.sessionId}`, ["generic-write"]);
      const parsed = schema.safeParse(given instanceof FormData ? Object.fromEntries(given) : given);
      if (!parsed.success) {
        throw new DomainError("invalid_input", "Check the marked fields.", {
          fields: fieldErrorsOf(parsed.error.issues),
        });
      }
      return { ok: true, data: await act(applicant, parsed.data) };
    } catch (error) {
      return refusal(error);
    }
  };
}
