import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { tenantKeys } from "@/db/schema";
import { env } from "@/env";
import { listSessionsByOffset } from "../sessions/list";
import { readSession } from "../sessions/read";
import { noteSession, reviewSession } from "../sessions/review";
import { jpeg, personDecision } from "../sessions/samples/decisions";
import { toDecision } from "../sessions/wire";
import { asOwner, bringIn, newPair, newPerson, share, type TestApplication } from "../testing";
import { openMedium } from "./media";
import { SealBroken } from "./seal";
import { forgetTenantKeys } from "./tenant-keys";

/** Letters only, so that it is one word of a name, and nothing else looks like it. */
const canary = () => `canary${[...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;

const spellings = (text: string) =>
  [text, text.toUpperCase(), text[0]!.toUpperCase() + text.slice(1)].flatMap((one) => [
    one,
    Buffer.from(one).toString("hex"),
    Buffer.from(one).toString("base64").slice(0, -4),
  ]);

async function tablesHolding(needles: string[]): Promise<string[]> {
  return asOwner(async (owner) => {
    const tables = await owner<{ name: string }[]>`
      select schemaname || '.' || tablename as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    const found: string[] = [];
    for (const { name } of tables) {
      const [schema, table] = name.split(".") as [string, string];
      const [row] = await owner`
        select count(*)::int as n from ${owner(schema)}.${owner(table)} t
        where exists (select 1 from unnest(${needles}::text[]) needle where position(needle in t::text) > 0)`;
      if (row!.n > 0) found.push(table);
    }
    return found;
  });
}

/** The database takes files of its own away at any time: what is gone holds nothing. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}

function filesHolding(folder: string, needles: string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = contentOf(path);
      return needles.some((needle) => bytes.includes(needle));
    });
}

describe("what a database thief finds", () => {
  it("is no name, number, address, comment or medium of anybody, and yet they are found by a search", async () => {
    const { issuer, receiver } = await newPair();
    const words = {
      name: canary(),
      document: canary(),
      email: canary(),
      comment: canary(),
      note: canary(),
      pixel: canary(),
    };
    const decision = personDecision({
      fullName: `${words.name} ${words.name}`,
      documentNumber: words.document.toUpperCase(),
      email: `${words.email}@mail.example`,
      status: "In Review",
      vendorData: null,
    });
    const front = (decision as never as { id_verifications: { front_image: string }[] }).id_verifications[0]!
      .front_image;
    const session = await bringIn(
      issuer,
      decision,
      new Map([[front, Buffer.concat([jpeg(), Buffer.from(words.pixel)])]]),
    );
    await reviewSession(issuer.actor, { sessionId: session.id, newStatus: "Approved", comment: words.comment });
    await noteSession(issuer.actor, { sessionId: session.id, comment: words.note });
    await share(issuer, receiver, session.id);

    const needles = Object.values(words).flatMap(spellings);
    expect(await tablesHolding(needles)).toEqual([]);
    expect(filesHolding(env().dataDir, needles)).toEqual([]);

    for (const application of [issuer, receiver])
      for (const typed of [words.name, words.document, `${words.email}@mail.example`]) {
        const found = await listSessionsByOffset(application.actor, { search: typed }, { limit: 5, offset: 0 });
        expect(found.count).toBe(1);
      }
    const view = await readSession(receiver.actor, (await listed(receiver))!);
    expect(view.reviews.map((review) => review.comment)).toContain(words.comment);
  });

  it("is vendor_data, which is an id by agreement: this test can find what is stored in the clear", async () => {
    const { issuer } = await newPair();
    const vendorData = canary();
    await newPerson(issuer, { vendorData });
    expect((await tablesHolding([vendorData])).sort()).toEqual(["entities", "sessions"]);
  });
});

describe("faces", () => {
  it("do not open without the biometric key, and documents do", async () => {
    const { issuer } = await newPair();
    const session = await newPerson(issuer);
    await inTenant({ applicationId: issuer.id }, (tx) => tx.delete(tenantKeys).where(eq(tenantKeys.tree, "biometric")));
    forgetTenantKeys();
    const decision = toDecision(await readSession(issuer.actor, session.id), {
      applicationId: issuer.id,
      kybStatusFormat: "upper_snake",
      baseUrl: "",
      now: new Date(),
    }) as Record<string, Record<string, string>[]>;
    const open = (link: string | undefined) => {
      const url = new URL(link!, "http://aval.example");
      const [, , applicationId, sessionId, blobId] = url.pathname.split("/") as [
        string,
        string,
        string,
        string,
        string,
      ];
      return openMedium(
        { applicationId, sessionId, blobId },
        Number(url.searchParams.get("expires")),
        url.searchParams.get("signature")!,
        new Date(),
      );
    };
    const document = decision.id_verifications![0]!;
    await expect(open(document.portrait_image)).rejects.toThrow(SealBroken);
    await expect(open(decision.liveness_checks![0]!.reference_image)).rejects.toThrow(SealBroken);
    await expect(open(decision.nfc_verifications![0]!.portrait_image)).rejects.toThrow(SealBroken);
    expect((await open(document.front_image)).bytes.length).toBeGreaterThan(0);
    expect((await open(decision.poa_verifications![0]!.document_file)).bytes.length).toBeGreaterThan(0);
  });
});

async function listed(application: TestApplication): Promise<string | undefined> {
  const { rows } = await listSessionsByOffset(application.actor, {}, { limit: 1, offset: 0 });
  return rows[0]?.session.id;
}
