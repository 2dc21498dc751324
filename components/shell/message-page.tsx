import type { ReactNode } from "react";
import { Logo } from "./logo";

/** A page that only says something: not found, crashed. */
export function MessagePage({
  title,
  children,
  reference,
  actions,
  framed = false,
}: {
  title: ReactNode;
  children: ReactNode;
  reference?: ReactNode;
  actions: ReactNode;
  /** Inside the console, whose frame is the page's `main` already. */
  framed?: boolean;
}) {
  const Frame = framed ? "div" : "main";
  return (
    <Frame className="mx-auto flex min-h-[70dvh] w-full max-w-lg flex-col items-start justify-center px-6 py-12">
      <Logo />
      <h1 className="mt-8 font-semibold text-2xl tracking-tight">{title}</h1>
      <p className="mt-2 text-base text-muted">{children}</p>
      {reference && <p className="mt-2 text-muted text-sm">{reference}</p>}
      <div className="mt-6 flex flex-wrap gap-2">{actions}</div>
    </Frame>
  );
}
