import { countries } from "../countries/all";
import { distance, type Point } from "../people/address";
import type { Person } from "../people/person";
import type { Random } from "../random";
import type { Verdict } from "./user-case";

export interface Connection {
  person: Person;
  random: Random;
  /** Where the documents say the person lives. */
  idDocument: Point | null;
  poaDocument: Point | null;
  fromAbroad: boolean;
  privateNetwork: boolean;
  verdict: Verdict;
}

const devices = [
  ["Apple", "iPhone 15", "Mobile Safari", "iOS", "iOS"],
  ["Apple", "iPhone 13 mini", "Mobile Safari", "iOS", "iOS"],
  ["Samsung", "Galaxy A54", "Chrome Mobile", "Android", "Android"],
  ["Google", "Pixel 8", "Chrome Mobile", "Android", "Android"],
  ["Xiaomi", "Redmi Note 12", "Chrome Mobile", "Android", "Android"],
  ["Motorola", "moto g84", "Chrome Mobile", "Android", "Android"],
  ["Desktop", null, "Firefox", "Linux", "Linux"],
  ["Desktop", null, "Edge", "Windows", "Windows"],
] as const;

/** Only addresses that RFC 5737 and RFC 3849 keep for documentation. */
function address(random: Random) {
  if (random.chance(0.2))
    return `2001:db8:${random.int(16, 4095).toString(16)}:${random.int(16, 4095).toString(16)}::${random.int(2, 254).toString(16)}`;
  return `${random.pick(["192.0.2", "198.51.100", "203.0.113"])}.${random.int(2, 254)}`;
}

export function locationBlock(connection: Connection) {
  const { person, idDocument, poaDocument, fromAbroad, privateNetwork } = connection;
  const random = connection.random.fork("location");
  const elsewhere = fromAbroad || privateNetwork;
  const country = elsewhere ? random.pick(countries.filter((other) => other !== person.country)) : person.country;
  const home =
    person.country.cities.find((city) => city.name.latin === person.address.city) ?? person.country.cities[0]!;
  const city = elsewhere ? random.pick(country.cities) : home;
  const latitude = Number((city.latitude + random.number(-0.08, 0.08, 4)).toFixed(4));
  const longitude = Number((city.longitude + random.number(-0.08, 0.08, 4)).toFixed(4));
  const here = { latitude, longitude };
  const provider = privateNetwork ? "Harbour Private Networks (demo)" : random.pick(country.internetProviders);
  const [brand, model, browser, os, platform] = random.pick(devices);
  const between = (from: Point | null, to: Point | null) => (from && to ? distance(from, to) : null);
  return {
    node_id: "feature_ip_analysis",
    status: connection.verdict.status,
    device_brand: brand,
    device_model: model,
    browser_family: browser,
    os_family: os,
    platform,
    device_fingerprint:
      random.pattern("########").replace(/\d/g, (digit) => "0a3c5e7f9b"[Number(digit)]!) + random.int(1000, 9999),
    ip_country: country.name,
    ip_country_code: country.alpha2,
    ip_state: city.region,
    ip_city: city.name.latin,
    latitude,
    longitude,
    ip_address: address(random),
    isp: provider,
    organization: provider,
    is_vpn_or_tor: privateNetwork,
    is_data_center: privateNetwork,
    time_zone: country.timeZone,
    time_zone_offset: Math.trunc(country.utcOffset),
    ip: {
      location: here,
      distance_from_id_document: between(here, idDocument),
      distance_from_poa_document: between(here, poaDocument),
    },
    id_document: idDocument
      ? {
          location: { latitude: idDocument.latitude, longitude: idDocument.longitude },
          distance_from_ip: between(idDocument, here),
          distance_from_poa_document: between(idDocument, poaDocument),
        }
      : null,
    poa_document: poaDocument
      ? {
          location: { latitude: poaDocument.latitude, longitude: poaDocument.longitude },
          distance_from_ip: between(poaDocument, here),
          distance_from_id_document: between(poaDocument, idDocument),
        }
      : null,
    matches: [],
    warnings: connection.verdict.warnings,
  };
}
