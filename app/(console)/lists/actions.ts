"use server";

import { z } from "zod";
import { addEntry, addFace, createList, deleteEntry, deleteList, updateList } from "@/domain/lists/manage";
import { CreateListInput, EntryInput, UpdateListInput } from "@/domain/lists/rules";
import { action } from "@/lib/action";

export const createListAction = action(CreateListInput, async (actor, input) => ({
  id: (await createList(actor, input)).list.id,
}));

export const updateListAction = action(UpdateListInput, async (actor, input) => ({
  id: (await updateList(actor, input)).list.id,
}));

export const deleteListAction = action(z.object({ id: z.uuid() }), deleteList);

export const addEntryAction = action(
  EntryInput.pick({ listId: true, value: true, displayLabel: true, comment: true }),
  async (actor, input) => ({ id: (await addEntry(actor, input)).id }),
);

const Face = EntryInput.pick({ listId: true, displayLabel: true, comment: true }).extend({ image: z.instanceof(File) });

export const addFaceAction = action(Face, async (actor, { image, ...input }) => ({
  id: (await addFace(actor, { ...input, image: Buffer.from(await image.arrayBuffer()) })).id,
}));

export const deleteEntryAction = action(z.object({ listId: z.uuid(), entryId: z.uuid() }), deleteEntry);
