import { reportEntity } from "@/domain/reports/report";
import { consoleFile, idOf, kindOf } from "@/lib/console-read";

export const GET = consoleFile<{ params: Promise<{ kind: string; entityId: string }> }>(async (actor, { params }) => {
  const { kind, entityId } = await params;
  return reportEntity(actor, kindOf(kind), { id: idOf(entityId) });
});
