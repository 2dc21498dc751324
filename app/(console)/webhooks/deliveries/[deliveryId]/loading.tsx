import { DetailSkeleton } from "../../detail-skeleton";

export default DetailSkeleton;
