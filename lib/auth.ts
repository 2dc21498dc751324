import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession, type NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { cache } from "react";
import { z } from "zod";
import { type ConsoleSession, consoleSession, signIn, signOut } from "@/domain/access/sign-in";
import type { Actor } from "@/domain/actor";
import { DomainError } from "@/domain/errors";
import { env } from "@/env";
import { REMOTE_ADDRESS_HEADER } from "./remote-address";

const Form = z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(1024) });

/**
 * next-auth carries one thing: the id of a row in console_sessions. Who that is, and what they may do, is read from the
 * database on every request, so signing out or losing a role counts at once.
 */
export const authOptions = (): NextAuthOptions => ({
  session: { strategy: "jwt", maxAge: 12 * 3600 },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    Credentials({
      credentials: { email: {}, password: {} },
      async authorize(given, request) {
        const form = Form.safeParse(given);
        if (!form.success) return null;
        try {
          const signedIn = await signIn({
            ...form.data,
            ip: header(request.headers, REMOTE_ADDRESS_HEADER),
            userAgent: header(request.headers, "user-agent"),
          });
          return { id: signedIn.memberId, sid: signedIn.sid };
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          // next-auth hands this text to the form; it holds a code and seconds, never the account.
          if (error.code === "rate_limited") throw new Error(`rate_limited:${error.extras.retryAfterInSeconds ?? 900}`);
          return null;
        }
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) =>
      user && "sid" in user ? { sub: user.id, sid: user.sid } : { sub: token.sub, sid: token.sid },
    session: ({ session, token }) => ({ expires: session.expires, sid: token.sid }),
  },
  events: {
    async signOut({ token }) {
      if (typeof token?.sid !== "string") return;
      await signOut(token.sid, { ip: await callerAddress() });
    },
  },
  logger: { error: () => {}, warn: () => {}, debug: () => {} },
  secret: env().NEXTAUTH_SECRET,
});

const header = (headers: Record<string, unknown> | undefined, name: string) => {
  const value = headers?.[name];
  return typeof value === "string" ? value : undefined;
};

/** The console session behind the cookie, or null. Read once per request. */
export const currentSession = cache(async (): Promise<ConsoleSession | null> => {
  const carried = (await getServerSession(authOptions())) as { sid?: unknown } | null;
  return typeof carried?.sid === "string" ? consoleSession(carried.sid) : null;
});

/** The member who asks, in their current application; null without one. */
export async function currentActor(): Promise<Actor | null> {
  const session = await currentSession();
  return session?.actor ? { ...session.actor, ip: await callerAddress() } : null;
}

/** Where this request comes from. */
export async function callerAddress(): Promise<string | undefined> {
  return (await headers()).get(REMOTE_ADDRESS_HEADER) ?? undefined;
}

/** For pages: sends whoever is not signed in to the sign-in page. */
export async function requireSession(): Promise<ConsoleSession> {
  return (await currentSession()) ?? redirect("/sign-in");
}

/** For pages of one application. */
export async function requireActor(): Promise<Actor> {
  const session = await requireSession();
  return session.actor ?? redirect("/no-application");
}
