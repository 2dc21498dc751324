import Link from "next/link";
import { useTranslations } from "next-intl";
import { KindIcon } from "@/components/sessions/kind-badge";
import { StatusBadge } from "@/components/sessions/status-badge";
import type { SessionView } from "@/domain/sessions/read";
import { Panel } from "./panel";

/** The company this person belongs to, or the people of this company. */
export function Relatives({ view, names }: { view: SessionView; names: ReadonlyMap<string, string | null> }) {
  const t = useTranslations("record.relatives");
  const { parents, children } = view;
  const present = children.filter((child) => child.status !== null);
  const people = [...new Map(present.map((child) => [child.sessionId, child])).values()];
  if (parents.length === 0 && people.length === 0) return null;
  return (
    <Panel id="relatives" title={parents.length > 0 ? t("parents") : t("children")}>
      <ul className="text-sm">
        {parents.map(({ sessionId, sessionNumber }) => (
          <Relative
            key={sessionId}
            kind="business"
            id={sessionId}
            name={names.get(sessionId)}
            session={t("company", { number: String(sessionNumber) })}
          />
        ))}
        {people.map(({ sessionId, sessionNumber, status }) => (
          <Relative
            key={sessionId}
            kind="user"
            id={sessionId}
            name={names.get(sessionId)}
            session={t("person", { number: String(sessionNumber ?? "") })}
            status={status}
          />
        ))}
      </ul>
    </Panel>
  );
}

type Props = {
  kind: "user" | "business";
  id: string;
  name: string | null | undefined;
  session: string;
  status?: string | null;
};

function Relative({ kind, id, name, session, status }: Props) {
  return (
    <li className="flex min-h-8 items-center gap-2 border-border border-b py-1 last:border-b-0">
      <KindIcon kind={kind} />
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
        {name && <bdi className="min-w-0 break-words">{name}</bdi>}
        <Link
          href={`/sessions/${id}`}
          className="rounded-sm font-medium text-accent underline decoration-accent-border underline-offset-4 hover:decoration-current"
        >
          {session}
        </Link>
      </span>
      {status && <StatusBadge status={status} size="sm" />}
    </li>
  );
}
