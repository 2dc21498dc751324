import { z } from "zod";
import { DomainError } from "@/domain/errors";
import { type ErasedSession, eraseSessions } from "@/domain/sessions/erase";
import { Erased, toErased } from "@/domain/sessions/erase-wire";
import { route } from "@/lib/route";

/** Digit strings or numbers. */
const SessionNumber = z.union(
  [
    z.int().min(0),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ],
  {
    error: "A valid integer is required.",
  },
);

/** Contract section 4.4. */
export const POST = route({
  method: "POST",
  path: "/v3/sessions/delete/",
  summary: "Erase several KYC sessions",
  description:
    "By number, or all of them with `delete_all`. Numbers that name no KYC session are skipped. No webhook is sent.",
  privilege: "write:sessions",
  body: z.object({
    session_numbers: z.array(SessionNumber).max(10_000).nullish(),
    delete_all: z.boolean().nullish(),
  }),
  responds: {
    status: 200,
    description: "The sessions that were erased.",
    schema: z.object({ results: z.array(Erased) }),
  },
  refusesInLists: true,
  run: (actor, { body }) => {
    if (body.delete_all) return eraseSessions(actor, { deleteAll: true });
    if (!body.session_numbers || body.session_numbers.length === 0) {
      throw new DomainError("invalid_input", "Provide session_numbers or set delete_all to true.", {
        acrossFields: true,
      });
    }
    return eraseSessions(actor, { sessionNumbers: body.session_numbers });
  },
  answer: (erased: ErasedSession[]) => ({ results: erased.map(toErased) }),
});
