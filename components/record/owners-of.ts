import { graphlib, layout } from "@dagrejs/dagre";
import type { LinkedSession } from "@/domain/sessions/decision-view";
import { type OwnershipGraph, ownershipGraph, UBO_PERCENT } from "@/domain/sessions/ownership";
import { mergeParties, type Party } from "./blocks/parties";
import { type Obj, obj, objs, text } from "./values";

/** What is known of an owner's own verification. */
export type OwnerCheck = "verified" | "open" | "missing" | "below" | "company";

export interface OwnerNode {
  id: string;
  name: string | null;
  company: boolean;
  country: string | null;
  registrationNumber: string | null;
  effective: number | null;
  beneficial: boolean;
  check: OwnerCheck;
  /** Of the person's own session. */
  status: string | null;
  sessionId: string | null;
  /** Where its box stands in the graph, in pixels. */
  x: number;
  y: number;
}

export interface Owners {
  company: { id: string; name: string | null; x: number; y: number };
  owners: OwnerNode[];
  holdings: OwnershipGraph["holdings"];
  /** Whether it is the registry's own tree; otherwise it is made of what was declared. */
  fromRegistry: boolean;
}

export const BOX = { width: 196, height: 92 };

/** Owners of the company with what they hold in all, how far they are verified, and where they stand; null without any. */
export function ownersOf(content: Obj, children: readonly LinkedSession[]): Owners | null {
  const registry = objs(content.registry_checks)[0];
  const companyName = text(obj(registry?.company)?.company_name) ?? text(obj(content.expected_details)?.company_name);
  const parties = partiesOf(content);
  const fromRegistry = ownershipGraph(registry?.ownership_structure, companyName);
  const graph = fromRegistry ?? ownershipGraph({ shareholders: declaredOwners(parties) }, companyName);
  if (!graph) return null;
  const places = placed(graph);
  const place = (id: string) => places.get(id) ?? { x: 0, y: 0 };
  return {
    company: { ...graph.company, ...place(graph.company.id) },
    holdings: graph.holdings,
    fromRegistry: fromRegistry !== null,
    owners: graph.owners
      .map((owner): OwnerNode => {
        const party = parties.find(
          (one) => one.company === owner.company && sameName(one.name) === sameName(owner.name) && owner.name !== null,
        );
        const child = children.find(
          (one) => party && (party.uuids.includes(one.partyId) || one.sessionId === party.sessionId),
        );
        const status = child?.status ?? party?.sessionStatus ?? null;
        const beneficial = !owner.company && owner.effective !== null && owner.effective >= UBO_PERCENT;
        const isUbo = beneficial || Boolean(party?.roles.some(({ role }) => role === "ubo"));
        const isNeeded = isUbo || Boolean(party?.requiresVerification);
        return {
          ...owner,
          ...place(owner.id),
          beneficial,
          status,
          sessionId: child?.status ? child.sessionId : null,
          check: owner.company
            ? "company"
            : status === "Approved"
              ? "verified"
              : status !== null
                ? "open"
                : isNeeded
                  ? "missing"
                  : "below",
        };
      })
      .sort((one, other) => (other.effective ?? -1) - (one.effective ?? -1)),
  };
}

const sameName = (name: string | null) => name?.toLocaleLowerCase("en").replace(/\s+/g, " ").trim();

function partiesOf(content: Obj): Party[] {
  return objs(content.key_people_checks).flatMap((block) =>
    mergeParties({
      submitted: objs(obj(block.submitted)?.parties),
      officers: objs(obj(block.registry)?.officers),
      owners: objs(obj(block.registry)?.beneficial_owners),
    }),
  );
}

/** One layer: those who say that they hold a share, or of whom the registry says so. */
function declaredOwners(parties: readonly Party[]): Obj[] {
  return parties.flatMap((party) => {
    const held = party.roles.filter(({ role }) => role === "shareholder" || role === "ubo");
    if (held.length === 0) return [];
    const percents = held.flatMap(({ percent }) => percent ?? []);
    return [
      {
        name: party.name,
        entity_type: party.company ? "company" : "person",
        ownership_percent: percents.length > 0 ? Math.max(...percents) : null,
      },
    ];
  });
}

function placed({ company, owners, holdings }: OwnershipGraph): Map<string, { x: number; y: number }> {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 28, ranksep: 64 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of [company, ...owners]) graph.setNode(id, { ...BOX });
  for (const { owner, owned } of holdings) graph.setEdge(owner, owned);
  layout(graph);
  return new Map(
    [company, ...owners].map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, { x: x - BOX.width / 2, y: y - BOX.height / 2 }];
    }),
  );
}
