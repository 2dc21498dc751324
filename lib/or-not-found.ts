import { notFound } from "next/navigation";
import { z } from "zod";
import { DomainError } from "@/domain/errors";

/** What an address names, or the page that says that there is nothing there. */
export async function orNotFound<T>(id: string, load: (id: string) => Promise<T>): Promise<T> {
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await load(id);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  }
}
