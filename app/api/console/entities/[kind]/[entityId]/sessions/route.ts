import { loadEntitySessions } from "@/app/(console)/entities/load";
import { consoleRead, idOf, kindOf } from "@/lib/console-read";

type Context = { params: Promise<{ kind: string; entityId: string }> };

/** Older sessions of a user or business: those before a session number. */
export const GET = consoleRead(async (actor, request, { params }: Context) => {
  const { kind, entityId } = await params;
  const before = Number(new URL(request.url).searchParams.get("before"));
  return loadEntitySessions(
    actor,
    kindOf(kind),
    idOf(entityId),
    Number.isSafeInteger(before) && before > 0 ? before : null,
  );
});
