import { num, type Obj, obj, objs, text } from "./values";

export const PLACES = ["connection", "document", "address"] as const;
export type PlaceName = (typeof PLACES)[number];

export interface Place {
  name: PlaceName;
  /** Degrees; null where the record names a country and no more. */
  point: { latitude: number; longitude: number } | null;
  country: string | null;
  /** Town and region, or the address as it was read. */
  words: string | null;
}

function pointOf(value: unknown): Place["point"] {
  const of = obj(value);
  const latitude = num(of?.latitude);
  const longitude = num(of?.longitude);
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  return { latitude, longitude };
}

/** Where the person was, where the document says that they live, and where the proof of address does. */
export function placesOf(content: Obj): Place[] {
  const connection = objs(content.ip_analyses)[0];
  const document = objs(content.id_verifications)[0];
  const proof = objs(content.poa_verifications)[0];
  const documentAddress = obj(document?.parsed_address);
  const proofAddress = obj(proof?.poa_parsed_address);
  const found: Place[] = [
    {
      name: "connection",
      point: pointOf(obj(connection?.ip)?.location) ?? pointOf(connection),
      country: text(connection?.ip_country_code) ?? text(connection?.ip_country),
      words: [text(connection?.ip_city), text(connection?.ip_state)].filter(Boolean).join(", ") || null,
    },
    {
      name: "document",
      point: pointOf(documentAddress?.document_location) ?? pointOf(obj(connection?.id_document)?.location),
      country: text(documentAddress?.country) ?? text(document?.issuing_state),
      words: text(document?.formatted_address) ?? text(document?.address),
    },
    {
      name: "address",
      point: pointOf(proofAddress?.document_location) ?? pointOf(obj(connection?.poa_document)?.location),
      country: text(proofAddress?.country) ?? text(proof?.issuing_state),
      words: text(proof?.poa_formatted_address) ?? text(proof?.poa_address),
    },
  ];
  return found.filter(({ point, country }) => point || country);
}
