import { ListPageSkeleton } from "@/components/ui/loading";

export default function ImportsLoading() {
  return <ListPageSkeleton rows={12} columns={7} />;
}
