"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

// The script that sets the theme runs from the server's HTML. React warns when a component renders an executable
// script in the browser, where it would never run; data of another type it leaves alone.
const scriptProps = { type: typeof window === "undefined" ? "text/javascript" : "application/json" };

export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <NextThemes
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      storageKey="aval_theme"
      scriptProps={scriptProps}
      {...(nonce ? { nonce } : {})}
    >
      {children}
    </NextThemes>
  );
}
