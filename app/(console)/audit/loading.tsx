import { ListPageSkeleton } from "@/components/ui/loading";

export default function AuditLoading() {
  return <ListPageSkeleton rows={14} columns={6} />;
}
