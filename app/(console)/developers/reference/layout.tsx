import type { ReactNode } from "react";
import { openApi } from "@/app/openapi";
import { operationsOf } from "@/lib/openapi-document";
import { CredentialsProvider } from "./credentials";
import { OperationList } from "./operation-list";

/** The list stays while operations change beside it, and so does a key that was typed. */
export default function ReferenceLayout({ children }: { children: ReactNode }) {
  const document = openApi();
  const operations = operationsOf(document);
  const groups = document.tags.map(({ name }) => ({
    name,
    operations: operations
      .filter(({ tags }) => tags[0] === name)
      .map(({ operationId, method, path, summary }) => ({ operationId, method, path, summary })),
  }));
  return (
    <CredentialsProvider>
      <div className="grid items-start gap-6 lg:grid-cols-[17rem_minmax(0,1fr)] xl:grid-cols-[20rem_minmax(0,1fr)]">
        <OperationList groups={groups} />
        <div className="min-w-0">{children}</div>
      </div>
    </CredentialsProvider>
  );
}
