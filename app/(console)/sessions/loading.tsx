import { ListPageSkeleton } from "@/components/ui/loading";

export default function SessionsLoading() {
  return <ListPageSkeleton rows={14} columns={8} />;
}
