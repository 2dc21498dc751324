import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { Actor } from "@/domain/actor";
import { DomainError, type ErrorCode, type FieldErrors, type More } from "@/domain/errors";
import { currentActor } from "./auth";
import { fieldErrorsOf } from "./problem";

export type ActionFailure = {
  ok: false;
  code: ErrorCode;
  message: string;
  fields?: FieldErrors;
  more?: More;
  retryAfterInSeconds?: number;
};
export type ActionResult<T> = { ok: true; data: T } | ActionFailure;

/**
 * Wraps a domain function as a server action: who asks, the input parsed, the act, the paths it changed. A refusal is an
 * answer; every other exception passes through.
 */
export function action<S extends z.ZodType, T>(
  schema: S,
  act: (actor: Actor, input: z.output<S>) => Promise<T>,
  revalidates: string[] = [],
) {
  return async (given: z.input<S> | FormData): Promise<ActionResult<T>> => {
    try {
      const actor = await currentActor();
      if (!actor) throw new DomainError("unauthenticated", "You are signed out.");
      const parsed = schema.safeParse(given instanceof FormData ? Object.fromEntries(given) : given);
      if (!parsed.success) {
        throw new DomainError("invalid_input", "Check the marked fields.", {
          fields: fieldErrorsOf(parsed.error.issues),
        });
      }
      const data = await act(actor, parsed.data);
      for (const path of revalidates) revalidatePath(path);
      return { ok: true, data };
    } catch (error) {
      return refusal(error);
    }
  };
}

/** @throws whatever is not a refusal */
export function refusal(error: unknown): ActionFailure {
  if (!(error instanceof DomainError)) throw error;
  return {
    ok: false,
    code: error.code,
    message: error.message,
    fields: error.fields,
    more: error.extras.more,
    retryAfterInSeconds: error.extras.retryAfterInSeconds,
  };
}
