import { ListPageSkeleton } from "@/components/ui/loading";

export default function PartnersLoading() {
  return <ListPageSkeleton rows={6} columns={6} />;
}
