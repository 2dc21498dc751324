import pino from "pino";
import { postgresErrorOf } from "@/db/client";
import { env } from "@/env";

let logger: pino.Logger | undefined;

/** One JSON line per event. Ids, codes and durations only: never bodies, names, tokens or keys. */
export function log(): pino.Logger {
  logger ??= pino({
    level: env().AVAL_LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: withoutData },
    hooks: {
      // Without a message of its own, an entry would get the error's, which the serializer has just left out.
      logMethod(given, write) {
        const [entry, message = ""] = given as [unknown, string?];
        write.call(this, entry instanceof Error ? { err: entry } : entry, message);
      },
    },
  });
  return logger;
}

/** A database error's message repeats the statement's parameters, which may be personal data: only its codes are kept. */
function withoutData(error: unknown) {
  if (!(error instanceof Error)) return { name: typeof error };
  const database = postgresErrorOf(error);
  if (database) {
    const { code, constraint_name, table_name, column_name, routine } = database;
    return { name: "PostgresError", code, constraint_name, table_name, column_name, routine, stack: framesOf(error) };
  }
  const wrapped = error.message.startsWith("Failed query");
  return { name: error.name, message: wrapped ? "Failed query" : error.message, stack: framesOf(error) };
}

const framesOf = (error: Error) =>
  error.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .join("\n");
