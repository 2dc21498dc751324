import { listHref } from "@/lib/keyset";
import type { Stretch } from "./stretches";

type Asked = Record<string, string | undefined>;

/** The lists behind the numbers, with the filters that select what was counted. */
export const mintedHref = ({ from, to }: Stretch, asked: Asked = {}) =>
  listHref("/share-tokens", { ...asked, from, to });
export const importedHref = ({ from, to }: Stretch, asked: Asked = {}) => listHref("/imports", { ...asked, from, to });
