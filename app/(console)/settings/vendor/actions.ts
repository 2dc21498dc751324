"use server";

import { z } from "zod";
import { createInbox, deleteInbox, type InboxView, rotateInboxSecret, updateInbox } from "@/domain/vendor/inboxes";
import { retryMessage } from "@/domain/vendor/messages";
import { InboxChanges, InboxInput, RotateSecretInput } from "@/domain/vendor/rules";
import { action } from "@/lib/action";

const PATHS = ["/settings/vendor"];
const Named = z.object({ id: z.uuid() });

const made = ({ inbox, secret }: { inbox: InboxView; secret: string }) => ({
  id: inbox.id,
  label: inbox.label,
  url: inbox.url,
  secret,
  previousSecretUntil: inbox.previousSecretUntil,
});

export const createInboxAction = action(
  InboxInput,
  async (actor, input) => made(await createInbox(actor, input)),
  PATHS,
);
export const updateInboxAction = action(
  InboxChanges,
  (actor, input) => updateInbox(actor, input).then(() => null),
  PATHS,
);
export const rotateInboxSecretAction = action(
  RotateSecretInput,
  async (actor, input) => made(await rotateInboxSecret(actor, input)),
  PATHS,
);
export const deleteInboxAction = action(Named, deleteInbox, PATHS);
export const retryMessageAction = action(Named, retryMessage, PATHS);
