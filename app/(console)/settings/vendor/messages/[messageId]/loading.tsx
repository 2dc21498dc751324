import { Loading, TableSkeleton } from "@/components/ui/loading";

export default function MessageLoading() {
  return (
    <Loading>
      <TableSkeleton rows={4} columns={3} />
    </Loading>
  );
}
