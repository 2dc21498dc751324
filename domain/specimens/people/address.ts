import type { Country } from "../countries/country";
import type { Random } from "../random";

export interface Address {
  street1: string;
  street2: string | null;
  city: string;
  cityNative: string | null;
  region: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Street line, flat and city, as a document prints it. */
  short: string;
  formatted: string;
  native: string | null;
  latitude: number;
  longitude: number;
}

function nativeLine(country: Country, street: string, number: number, city: string) {
  if (country.language === "ja") return `${city}${country.streetLine(street, number).replace(" ", "")}`;
  if (country.language === "zh") return `${city}${street}${number}号`;
  if (country.language === "ar") {
    const easternNumber = String(number).replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[Number(digit)]!);
    return `${easternNumber} ${street}، ${city}`;
  }
  return `${country.streetLine(street, number)}, ${city}`;
}

export function makeAddress(country: Country, random: Random): Address {
  const city = random.pick(country.cities);
  const street = random.pick(country.streets);
  const number = random.int(1, 98);
  const street1 = country.streetLine(street.latin, number);
  const street2 = random.chance(0.55) ? country.flat(random) : null;
  const postalCode = random.pattern(city.postal);
  const tail = {
    "postal city": `${postalCode} ${city.name.latin}`,
    "city postal": `${city.name.latin} ${postalCode}`,
    "city, region postal": `${city.name.latin}, ${city.region} ${postalCode}`,
    "postal city, region": `${postalCode} ${city.name.latin}, ${city.region}`,
  }[country.addressTail];
  const line = street2 ? `${street1}, ${street2}` : street1;
  const native =
    street.native && city.name.native ? nativeLine(country, street.native, number, city.name.native) : null;
  return {
    street1,
    street2,
    city: city.name.latin,
    cityNative: city.name.native,
    region: city.region,
    postalCode,
    country: country.alpha2,
    short: `${line}, ${city.name.latin}`,
    formatted: `${line}, ${tail}, ${country.name}`,
    native,
    latitude: Number((city.latitude + random.number(-0.045, 0.045, 4)).toFixed(4)),
    longitude: Number((city.longitude + random.number(-0.055, 0.055, 4)).toFixed(4)),
  };
}

const earthRadiusInKm = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

export interface Point {
  latitude: number;
  longitude: number;
}

/** How far and which way `to` lies from `from`. */
export function distance(from: Point, to: Point) {
  const dLat = radians(to.latitude - from.latitude);
  const dLon = radians(to.longitude - from.longitude);
  const a =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(dLon / 2) ** 2;
  const km = 2 * earthRadiusInKm * Math.asin(Math.sqrt(a));
  const bearing = Math.atan2(
    Math.sin(dLon) * Math.cos(radians(to.latitude)),
    Math.cos(radians(from.latitude)) * Math.sin(radians(to.latitude)) -
      Math.sin(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.cos(dLon),
  );
  const eighth = Math.round(((bearing * 180) / Math.PI + 360) / 45) % 8;
  return { direction: ["N", "NE", "E", "SE", "S", "SW", "W", "NW"][eighth]!, distance: Number(km.toFixed(1)) };
}
