import { z } from "zod";
import type { DeliveryCursor } from "./deliveries";

const Cursor = z.tuple([z.string().regex(/^[\d :.+-]{20,40}$/), z.uuid()]);

/** A place in the log as it stands in an address. */
export const cursorText = ({ createdAt, id }: DeliveryCursor) =>
  Buffer.from(`${createdAt}|${id}`).toString("base64url");

/** @returns null when the text is none of ours */
export function cursorIn(text: string): DeliveryCursor | null {
  const { data } = Cursor.safeParse(Buffer.from(text, "base64url").toString("utf8").split("|"));
  return data ? { createdAt: data[0], id: data[1] } : null;
}
