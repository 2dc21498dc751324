import { EntitiesSkeleton } from "../entities/skeletons";

export default function BusinessesLoading() {
  return <EntitiesSkeleton kind="business" />;
}
