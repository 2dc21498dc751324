import { v7 as uuid } from "uuid";
import type { Tx } from "@/db/client";
import { mails } from "@/db/schema";
import { env } from "@/env";
import type { Locale } from "../access/rules";
import { readKeys } from "../vault/keys";
import { open, SealBroken, seal } from "../vault/seal";
import { type MailContent, type MailText, textOf } from "./texts";

const place = (id: string) => `mail|${id}`;

/** Queues a mail in the act's own transaction: it leaves if and only if that commits. */
export async function queueMail(
  tx: Tx,
  mail: { recipient: string; organisationId: string | null; locale: Locale; content: MailContent },
): Promise<void> {
  const id = uuid();
  const root = readKeys(env().keysFile).general[0]!;
  await tx.insert(mails).values({
    id,
    organisationId: mail.organisationId,
    kind: mail.content.kind,
    recipient: mail.recipient,
    rootKeyId: root.id,
    sealedContent: seal(
      Buffer.from(root.key, "base64"),
      place(id),
      Buffer.from(JSON.stringify(textOf(mail.content, mail.locale))),
    ),
  });
}

/** @throws SealBroken */
export function openMail(mail: { id: string; rootKeyId: string; sealedContent: Buffer }): MailText {
  const root = readKeys(env().keysFile).general.find((candidate) => candidate.id === mail.rootKeyId);
  if (!root) throw new SealBroken();
  return JSON.parse(open(Buffer.from(root.key, "base64"), place(mail.id), mail.sealedContent).toString("utf8"));
}
