import { EntitiesSkeleton } from "../entities/skeletons";

export default function UsersLoading() {
  return <EntitiesSkeleton kind="user" />;
}
