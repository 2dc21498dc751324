"use server";

import { z } from "zod";
import { createEntity, deleteEntities, updateEntity, updateEntityStatus } from "@/domain/entities/manage";
import { CreateEntityInput, EntityStatusInput, UpdateEntityInput } from "@/domain/entities/rules";
import { DomainError } from "@/domain/errors";
import { KINDS } from "@/domain/sessions/rules";
import { action } from "@/lib/action";

export const createEntityAction = action(CreateEntityInput, async (actor, input) => ({
  id: (await createEntity(actor, input)).entity.id,
}));

export const updateEntityAction = action(UpdateEntityInput, async (actor, input) => ({
  id: (await updateEntity(actor, input)).entity.id,
}));

export const setEntityStatusAction = action(EntityStatusInput, async (actor, input) => ({
  status: (await updateEntityStatus(actor, input)).entity.status,
}));

export const deleteEntityAction = action(z.object({ kind: z.enum(KINDS), id: z.uuid() }), async (actor, input) => {
  const { deleted } = await deleteEntities(actor, { kind: input.kind, ids: [input.id] });
  if (deleted === 0) throw new DomainError("not_found", "Not found.");
  return { deleted };
});
