"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

type Credentials = {
  key: string;
  token: string;
  set(change: { key?: string; token?: string }): void;
};

const Context = createContext<Credentials | null>(null);

/** What was typed to try operations with. It is held in this page's memory and nowhere else: a reload forgets it. */
export function CredentialsProvider({ children }: { children: ReactNode }) {
  const [given, setGiven] = useState({ key: "", token: "" });
  return (
    <Context.Provider value={{ ...given, set: (change) => setGiven((before) => ({ ...before, ...change })) }}>
      {children}
    </Context.Provider>
  );
}

export function useCredentials(): Credentials {
  const credentials = useContext(Context);
  if (!credentials) throw new Error("useCredentials needs a CredentialsProvider above it.");
  return credentials;
}
