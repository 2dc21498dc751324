import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import type { DemoAccount } from "@/components/sign-in/sign-in-form";
import { env } from "@/env";

const Side = z.object({ organisation: z.string(), email: z.string(), password: z.string() });
const DemoFile = z.object({ issuer: Side, receiver: Side, stranger: Side });

/** The logins of the demo, offered on the sign-in page for as long as the demo is on; nobody else's. */
export async function demoAccounts(): Promise<DemoAccount[]> {
  const { demo, dataDir } = env();
  if (!demo) return [];
  const text = await readFile(join(/* turbopackIgnore: true */ dataDir, "demo.json"), "utf8").catch(() => null);
  const file = text === null ? null : DemoFile.safeParse(JSON.parse(text)).data;
  if (!file) return [];
  const t = await getTranslations("signIn.demoRoles");
  return (["issuer", "receiver", "stranger"] as const).map((role) => ({
    name: file[role].organisation,
    detail: t(role),
    email: file[role].email,
    password: file[role].password,
  }));
}
