"use client";

import "@xyflow/react/dist/base.css";
import {
  type AriaLabelConfig,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { Building2, UserRound } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { cn } from "@/lib/cn";
import { countryName, formatPercent } from "@/lib/format";
import type { OwnerNode, Owners } from "./owners-of";
import { OwnerMark } from "./ownership-panel";

const BOX = { width: 196, height: 92 };
type OwnerBox = Node<{ owner: OwnerNode }, "owner">;
type CompanyBox = Node<{ name: string | null }, "company">;

const nodeTypes = { owner: OwnerView, company: CompanyView };

export default function OwnershipGraph({ owners }: { owners: Owners }) {
  const t = useTranslations("record.ownershipGraph");
  const locale = useLocale();
  const nodes = useMemo<(OwnerBox | CompanyBox)[]>(
    () => [
      {
        id: owners.company.id,
        type: "company",
        position: { x: owners.company.x, y: owners.company.y },
        data: { name: owners.company.name },
        ...BOX,
      },
      ...owners.owners.map(
        (owner): OwnerBox => ({
          id: owner.id,
          type: "owner",
          position: { x: owner.x, y: owner.y },
          data: { owner },
          ariaLabel: owner.name ?? t("unnamed"),
          ...BOX,
        }),
      ),
    ],
    [owners, t],
  );
  const edges = useMemo<Edge[]>(
    () =>
      owners.holdings.map(({ owner, owned, percent }) => ({
        id: `${owner}>${owned}`,
        source: owner,
        target: owned,
        type: "smoothstep",
        focusable: false,
        label: percent === null ? t("unknown") : formatPercent(percent / 100, locale),
        // The library draws them as SVG of its own, which classes do not reach.
        style: { stroke: "var(--muted)" },
        labelStyle: { fill: "var(--foreground)", fontSize: 12 },
        labelBgStyle: { fill: "var(--subtle)" },
        markerEnd: { type: MarkerType.ArrowClosed, color: "var(--muted)" },
      })),
    [owners, locale, t],
  );
  const words = useMemo<Partial<AriaLabelConfig>>(
    () => ({
      "node.a11yDescription.default": t("graphHint"),
      "controls.ariaLabel": t("controls"),
      "controls.zoomIn.ariaLabel": t("zoomIn"),
      "controls.zoomOut.ariaLabel": t("zoomOut"),
      "controls.fitView.ariaLabel": t("fit"),
    }),
    [t],
  );
  return (
    <section aria-label={t("graphLabel")} className="h-96 min-w-0 rounded-md border border-border bg-subtle">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        ariaLabelConfig={words}
        fitView
        fitViewOptions={{ padding: 0.08, maxZoom: 1 }}
        minZoom={0.2}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        // The wheel scrolls the page; buttons and pinching zoom.
        zoomOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
      >
        <Controls
          showInteractive={false}
          className="rounded-md border border-border-strong bg-surface text-foreground"
        />
      </ReactFlow>
    </section>
  );
}

function OwnerView({ data: { owner } }: NodeProps<OwnerBox>) {
  const t = useTranslations("record.ownershipGraph");
  const locale = useLocale();
  const Icon = owner.company ? Building2 : UserRound;
  return (
    <div
      className={cn(
        "flex size-full flex-col justify-between gap-1 rounded-md border bg-surface px-2.5 py-1.5 text-left text-xs",
        owner.check === "missing" ? "border-2 border-danger border-dashed" : "border-border-strong",
      )}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} className="opacity-0" />
      <p className="flex items-start gap-1.5 font-medium text-sm leading-tight">
        <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-muted" />
        <bdi className="line-clamp-2 min-w-0 break-words">{owner.name ?? t("unnamed")}</bdi>
      </p>
      <p className="truncate text-muted">
        {[
          owner.effective !== null && t("effective", { percent: formatPercent(owner.effective / 100, locale) }),
          countryName(owner.country, locale),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <span className="flex">
        <OwnerMark owner={owner} />
      </span>
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="opacity-0" />
    </div>
  );
}

function CompanyView({ data: { name } }: NodeProps<CompanyBox>) {
  const t = useTranslations("record.ownershipGraph");
  return (
    <div className="flex size-full flex-col justify-center gap-1 rounded-md border-2 border-accent-solid bg-surface px-2.5 py-1.5 text-xs">
      <Handle type="target" position={Position.Top} isConnectable={false} className="opacity-0" />
      <p className="flex items-start gap-1.5 font-semibold text-sm leading-tight">
        <Building2 aria-hidden className="mt-0.5 size-3.5 shrink-0 text-accent" />
        <bdi className="line-clamp-2 min-w-0 break-words">{name ?? t("unnamed")}</bdi>
      </p>
      <p className="text-muted">{t("thisCompany")}</p>
    </div>
  );
}
