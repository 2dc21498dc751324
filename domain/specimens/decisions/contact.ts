import type { Person } from "../people/person";
import type { Random } from "../random";
import { instant, offsetInstant } from "./user-case";

export interface Contact {
  person: Person;
  random: Random;
  at: Date;
}

const seconds = (date: Date, count: number) => offsetInstant(new Date(date.getTime() + count * 1000));

export function phoneBlock({ person, random, at }: Contact, finished = true) {
  const stream = random.fork("phone");
  const attempts = stream.weighted([
    [1, 8],
    [2, 2],
  ] as const);
  const method = stream.weighted([
    ["sms", 6],
    ["whatsapp", 3],
    ["call", 1],
  ] as const);
  const sent = (count: number) => [
    { type: "PHONE_VERIFICATION_MESSAGE_SENT", timestamp: seconds(at, count), details: { channel: method }, fee: 0.03 },
    { type: "PHONE_DELIVERY_DELIVERED", timestamp: seconds(at, count + 4), details: null, fee: null },
  ];
  const lifecycle: object[] = sent(0);
  if (attempts === 2) {
    lifecycle.push({ type: "INVALID_CODE_ENTERED", timestamp: seconds(at, 31), details: null, fee: null }, ...sent(40));
  }
  if (finished) {
    lifecycle.push(
      { type: "VALID_CODE_ENTERED", timestamp: seconds(at, 58), details: null, fee: null },
      { type: "PHONE_VERIFICATION_APPROVED", timestamp: seconds(at, 59), details: null, fee: null },
    );
  }
  return {
    node_id: "feature_phone_verification",
    status: finished ? "Approved" : "Not Finished",
    phone_number_prefix: person.phone.prefix,
    phone_number: person.phone.number,
    full_number: person.phone.full,
    country_code: person.country.alpha2,
    country_name: person.country.name,
    carrier: { name: stream.pick(person.country.carriers), type: "mobile" },
    is_disposable: false,
    is_virtual: false,
    verification_method: method,
    verification_attempts: attempts,
    verified_at: finished ? instant(new Date(at.getTime() + 59_000)) : null,
    lifecycle,
    matches: [],
    warnings: [],
  };
}

export function emailBlock({ person, random, at }: Contact) {
  const stream = random.fork("email");
  const breached = stream.chance(0.15);
  return {
    node_id: "feature_email_verification",
    status: "Approved",
    email: person.email,
    is_breached: breached,
    breaches: breached
      ? [
          {
            name: "Paperkite Forum (demo)",
            domain: "paperkite.example",
            breach_date: "2021-03-18",
            description: "A fictional breach of a hobby forum.",
            data_classes: ["Email addresses", "Usernames"],
            breach_emails_count: stream.int(20_000, 900_000),
          },
        ]
      : [],
    is_disposable: false,
    is_undeliverable: false,
    verification_attempts: 1,
    verified_at: instant(new Date(at.getTime() + 44_000)),
    lifecycle: [
      { type: "EMAIL_VERIFICATION_MESSAGE_SENT", timestamp: seconds(at, 0), details: null, fee: 0.01 },
      { type: "VALID_CODE_ENTERED", timestamp: seconds(at, 43), details: null, fee: null },
      { type: "EMAIL_VERIFICATION_APPROVED", timestamp: seconds(at, 44), details: null, fee: null },
    ],
    matches: [],
    warnings: [],
  };
}
