import { EntitySkeleton } from "../../entities/skeletons";

export default EntitySkeleton;
