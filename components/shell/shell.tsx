import { cookies } from "next/headers";
import { ClientMessages } from "@/i18n/client-messages";
import { ShellFrame } from "./shell-frame";
import { SIDEBAR_COOKIE } from "./sidebar-state";
import type { ShellProps } from "./types";

export type { ShellApplication, ShellOrganisation, ShellProps } from "./types";

/** The frame around every signed-in screen. */
export async function Shell({ children, ...props }: ShellProps) {
  const collapsed = (await cookies()).get(SIDEBAR_COOKIE)?.value === "collapsed";
  return (
    <ClientMessages only={["shell"]}>
      <ShellFrame {...props} initiallyCollapsed={collapsed}>
        {children}
      </ShellFrame>
    </ClientMessages>
  );
}
