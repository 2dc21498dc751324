import { germany, poland, ukraine } from "./central-europe";
import type { Country } from "./country";
import { china, japan } from "./east-asia";
import { india, nigeria, unitedKingdom, unitedStates } from "./english-speaking";
import { egypt, emirates, greece } from "./greece-and-arabic";
import { brazil, mexico } from "./latin-america";
import { france, portugal, spain } from "./western-europe";

export const countries: readonly Country[] = [
  spain,
  portugal,
  france,
  germany,
  unitedKingdom,
  unitedStates,
  brazil,
  mexico,
  nigeria,
  india,
  japan,
  china,
  egypt,
  emirates,
  ukraine,
  greece,
  poland,
];

const byAlpha3 = new Map(countries.map((country) => [country.alpha3, country]));

export function countryOf(alpha3: string): Country {
  const country = byAlpha3.get(alpha3);
  if (!country) throw new Error(`There are no specimens of ${alpha3}.`);
  return country;
}
