"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { switchApplication } from "@/domain/access/console";
import { signOut } from "@/domain/access/sign-in";
import { callerAddress, currentSession } from "@/lib/auth";

/** Where an object of the other application would be, there is nothing: the switch starts from the list. */
export async function switchApplicationAction(applicationId: string): Promise<void> {
  const session = await currentSession();
  if (!session) redirect("/sign-in");
  if (!z.uuid().safeParse(applicationId).success) return;
  await switchApplication({ sid: session.sid, memberId: session.member.id }, applicationId);
  // The frame around the page names the current application, and the browser would keep the old one.
  revalidatePath("/", "layout");
  redirect("/sessions");
}

const SESSION_COOKIES = ["next-auth.session-token", "__Secure-next-auth.session-token"];

/** The row is revoked first: a copy of the cookie is worth nothing from this moment. */
export async function signOutAction(): Promise<void> {
  const session = await currentSession();
  if (session) await signOut(session.sid, { ip: await callerAddress() });
  const jar = await cookies();
  for (const { name } of jar.getAll()) {
    if (SESSION_COOKIES.some((known) => name === known || name.startsWith(`${known}.`))) jar.delete(name);
  }
  redirect("/sign-in");
}
