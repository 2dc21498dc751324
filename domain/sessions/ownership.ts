/** From this share on a person counts as beneficial owner (Directive (EU) 2015/849, Art. 3(6): more than 25 %). */
export const UBO_PERCENT = 25;
/** A registry's tree is data from outside: deeper than this nothing is followed. */
const MAX_DEPTH = 12;

export interface Owner {
  id: string;
  name: string | null;
  company: boolean;
  country: string | null;
  registrationNumber: string | null;
  /** Percent of the company itself, over all ways that lead to it; null where a share on a way is not known. */
  effective: number | null;
}

export interface Holding {
  owner: string;
  owned: string;
  /** Percent of what is owned. */
  percent: number | null;
}

export interface OwnershipGraph {
  company: { id: string; name: string | null };
  owners: Owner[];
  holdings: Holding[];
}

type Obj = Record<string, unknown>;

const obj = (value: unknown): Obj | null =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Obj) : null;
const objs = (value: unknown): Obj[] => (Array.isArray(value) ? value.map(obj).filter((item) => item !== null) : []);
const text = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value.trim() : null);
const num = (value: unknown) => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
};

/** The spellings that registries are known to use for the next layer and for a share. */
const ownersIn = (node: Obj) =>
  [node.shareholders, node.owners, node.beneficial_owners, node.children].map(objs).find((list) => list.length > 0) ??
  [];
const percentIn = (node: Obj) =>
  num(node.ownership_percent) ?? num(node.percentage) ?? num(node.percent) ?? num(node.share);

const ROOT = "company";

/**
 * A registry's tree as a graph: whoever stands in several places of it is one owner, and what reaches the company is the
 * sum over all ways of the product along each. Null when the tree names no owner.
 */
export function ownershipGraph(structure: unknown, companyName: string | null): OwnershipGraph | null {
  const root = obj(structure);
  if (!root || ownersIn(root).length === 0) return null;
  const owners = new Map<string, Owner>();
  const holdings = new Map<string, Holding>();

  function walk(node: Obj, owned: string, reaching: number | null, way: readonly string[]) {
    if (way.length > MAX_DEPTH) return;
    ownersIn(node).forEach((holder, index) => {
      const above = ownersIn(holder);
      const name = text(holder.name) ?? text(holder.full_name) ?? text(holder.company_name);
      const company = holder.entity_type === "company" || above.length > 0;
      const registrationNumber = text(holder.registration_number);
      const born = text(holder.date_of_birth) ?? num(holder.birth_year)?.toString() ?? null;
      // Two people may have one name; two without one are never taken for the same.
      const id = name
        ? [
            company ? "c" : "p",
            registrationNumber ?? born ?? "",
            name.toLocaleLowerCase("en").replace(/\s+/g, " "),
          ].join("|")
        : `${owned}/${index}`;
      // Companies may own each other; a way that comes back to where it was leads nowhere.
      if (way.includes(id)) return;
      const percent = percentIn(holder);
      const effective = percent === null || reaching === null ? null : (reaching * percent) / 100;
      const known = owners.get(id);
      if (known) known.effective = known.effective === null || effective === null ? null : known.effective + effective;
      else owners.set(id, { id, name, company, country: text(holder.country_code), registrationNumber, effective });
      const key = JSON.stringify([id, owned]);
      if (!holdings.has(key)) holdings.set(key, { owner: id, owned, percent });
      walk(holder, id, effective, [...way, id]);
    });
  }
  walk(root, ROOT, 100, []);
  return {
    company: { id: ROOT, name: text(obj(root.entity)?.name) ?? companyName },
    owners: [...owners.values()],
    holdings: [...holdings.values()],
  };
}
