/** Money is counted in whole ten-thousandths of a dollar: exact, and as fine as the contract's four decimals. */
export type Units = number;
export const UNITS_PER_DOLLAR = 10_000;

export interface Prices {
  kyc: Units;
  kyb: Units;
  freeKycPerMonth: number;
}

/** Reads `0.30`; the text has at most four decimals. */
export function parseUnits(dollars: string): Units {
  const [whole = "0", fraction = ""] = dollars.split(".");
  return Number(whole) * UNITS_PER_DOLLAR + Number(fraction.padEnd(4, "0").slice(0, 4));
}

/** Contract section 7: decimal strings, four places unless fewer are asked for and nothing is lost by it. */
export function formatUnits(units: Units, places: 2 | 4 = 4): string {
  const sign = units < 0 ? "-" : "";
  const positive = Math.abs(units);
  const fraction = String(positive % UNITS_PER_DOLLAR).padStart(4, "0");
  const shown = places === 2 && fraction.endsWith("00") ? fraction.slice(0, 2) : fraction;
  return `${sign}${Math.floor(positive / UNITS_PER_DOLLAR)}.${shown}`;
}
