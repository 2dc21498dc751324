import { randomUUID } from "node:crypto";
import { eq, like } from "drizzle-orm";
import { createTransport } from "nodemailer";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directory } from "@/db/client";
import { mails } from "@/db/schema";
import { LOCALES } from "../access/rules";
import { asOwner, codeOf, newApplication } from "../testing";
import { listMailbox, waitingMails } from "./mailbox";
import { openMail, queueMail } from "./queue";
import { sendDueMails, sweepMails } from "./send";
import { type MailContent, textOf } from "./texts";

const CONTENTS: MailContent[] = [
  { kind: "registration_code", code: "QX7K2M", minutes: 15 },
  { kind: "account_exists", signInUrl: "https://aval.example/sign-in" },
  {
    kind: "invitation",
    organisation: "Northbank",
    invitedBy: "ana@northbank.example",
    url: "https://aval.example/invitation#secret",
    days: 7,
  },
];

describe("the texts", () => {
  it.each(LOCALES)("in %s say what matters and leave nothing open", (locale) => {
    for (const content of CONTENTS) {
      const { subject, text } = textOf(content, locale);
      for (const value of Object.values(content).filter((one) => one !== content.kind)) {
        if (!(content.kind === "invitation" && value === content.days)) expect(subject + text).toContain(String(value));
      }
      expect(subject + text).not.toMatch(/undefined|\[object|\{/);
    }
  });

  it("differ between the languages", () => {
    for (const content of CONTENTS)
      expect(new Set(LOCALES.map((locale) => textOf(content, locale).text)).size).toBe(LOCALES.length);
  });

  it("a name with a line break becomes no header", () => {
    const { subject } = textOf({ ...CONTENTS[2], organisation: "A\r\nBcc: all@x.example" } as MailContent, "en");
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

/** A mail server that keeps what it is given, and refuses the recipients that it is told to. */
class Sink {
  readonly received: { to: string[]; raw: string }[] = [];
  readonly refusals = new Map<string, number>();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onRcptTo: ({ address }, _, callback) => {
      const responseCode = this.refusals.get(address);
      callback(responseCode ? Object.assign(new Error(`no such ${address}`), { responseCode }) : null);
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        this.received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("utf8"),
        });
        callback();
      });
    },
  });

  start(): Promise<string> {
    return new Promise((resolve) => {
      const listening = this.server.listen(0, "127.0.0.1", () => {
        resolve(`smtp://127.0.0.1:${(listening.address() as { port: number }).port}`);
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describe("sending", () => {
  const sink = new Sink();
  let transport: ReturnType<typeof createTransport>;
  beforeAll(async () => {
    transport = createTransport(await sink.start());
  });
  afterAll(async () => {
    transport.close();
    await sink.stop();
  });

  const queue = async (recipient: string, content: MailContent = CONTENTS[0]!) => {
    await directory().transaction((tx) => queueMail(tx, { recipient, organisationId: null, locale: "en", content }));
    return rowOf(recipient);
  };
  const rowOf = async (recipient: string) =>
    (await directory().select().from(mails).where(eq(mails.recipient, recipient)))[0]!;
  const newRecipient = () => `${randomUUID()}@mail.example`;
  /** Other tests queue mails, too, and read them where they wait. */
  const ours = like(mails.recipient, "%@mail.example");
  const sendAll = async (through = transport) => {
    while ((await sendDueMails(through, ours)) > 0);
  };
  const receivedBy = (recipient: string) => sink.received.filter((mail) => mail.to.includes(recipient));

  it("happens after the commit, once, and keeps nothing of the content", async () => {
    const recipient = newRecipient();
    await expect(
      directory().transaction(async (tx) => {
        await queueMail(tx, { recipient, organisationId: null, locale: "en", content: CONTENTS[0]! });
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    await sendAll();
    expect(receivedBy(recipient)).toEqual([]);

    const { id } = await queue(recipient);
    await Promise.all([sendAll(), sendAll()]);
    const [mail, ...more] = receivedBy(recipient);
    expect(more).toEqual([]);
    expect(mail!.raw).toContain("Subject: QX7K2M is your Aval code");
    expect(mail!.raw).toContain(`Message-ID: <${id}@`);
    expect(mail!.raw).toContain("Auto-Submitted: auto-generated");
    expect(await rowOf(recipient)).toMatchObject({ sealedContent: null, sentAt: expect.any(Date), lastError: null });
  });

  it("is tried again when the server is busy, and says only its code", async () => {
    const recipient = newRecipient();
    sink.refusals.set(recipient, 451);
    await queue(recipient);
    await sendAll();
    const row = await rowOf(recipient);
    expect(row).toMatchObject({ sentAt: null, failedAt: null, attempts: 1, lastError: "451" });
    expect(row.availableAt.getTime()).toBeGreaterThan(Date.now());
    sink.refusals.delete(recipient);
    await directory().update(mails).set({ availableAt: new Date() }).where(eq(mails.id, row.id));
    await sendAll();
    expect(receivedBy(recipient)).toHaveLength(1);
  });

  it("ends when the address is refused for good", async () => {
    const recipient = newRecipient();
    sink.refusals.set(recipient, 550);
    await queue(recipient);
    await sendAll();
    expect(await rowOf(recipient)).toMatchObject({ failedAt: expect.any(Date), sealedContent: null, lastError: "550" });
  });

  it("gives up on what is a day old", async () => {
    const recipient = newRecipient();
    const { id } = await queue(recipient);
    await directory()
      .update(mails)
      .set({ createdAt: new Date(Date.now() - 25 * 3_600_000) })
      .where(eq(mails.id, id));
    await sendAll();
    expect(receivedBy(recipient)).toEqual([]);
    expect((await rowOf(recipient)).failedAt).toBeInstanceOf(Date);
  });

  it("waits when there is no server at all", async () => {
    const recipient = newRecipient();
    await queue(recipient);
    const nobody = createTransport("smtp://127.0.0.1:1");
    await sendAll(nobody);
    const row = await rowOf(recipient);
    expect(row).toMatchObject({ sentAt: null, failedAt: null });
    expect(row.lastError).toMatch(/^E[A-Z]+$/);
    await directory().delete(mails).where(eq(mails.id, row.id));
  });

  it("content in the database is sealed, and forgotten after a week", async () => {
    const recipient = newRecipient();
    const { id } = await queue(recipient, { kind: "registration_code", code: "ZZ9ZZ9", minutes: 15 });
    const [found] = await asOwner(
      (owner) => owner`select count(*)::int as n from mails t where position('ZZ9ZZ9' in t::text) > 0`,
    );
    expect(found!.n).toBe(0);
    await directory()
      .update(mails)
      .set({ createdAt: new Date(Date.now() - 8 * 86_400_000), availableAt: new Date(Date.now() + 86_400_000) })
      .where(eq(mails.id, id));
    await sweepMails();
    expect(await rowOf(recipient)).toMatchObject({ sealedContent: null, failedAt: expect.any(Date) });
  });
});

describe("the mailbox", () => {
  it("shows an organization its own mails, newest first, and no other's", async () => {
    const [mine, theirs] = await Promise.all([newApplication(), newApplication()]);
    const content = CONTENTS[2]!;
    for (const [application, recipient] of [
      [mine, "one@mine.example"],
      [theirs, "one@theirs.example"],
      [mine, "two@mine.example"],
    ] as const)
      await directory().transaction((tx) =>
        queueMail(tx, { recipient, organisationId: application.organisationId, locale: "en", content }),
      );
    const seen = (await listMailbox(mine.actor)).filter((mail) => mail.kind === "invitation");
    expect(seen.map((mail) => mail.recipient)).toEqual(["two@mine.example", "one@mine.example"]);
    expect(seen[0]!.text).toContain("https://aval.example/invitation#secret");
    expect((await waitingMails()).map((mail) => mail.recipient)).toContain("one@theirs.example");
  });

  it("is for those who manage members", async () => {
    const { actor } = await newApplication();
    expect(await codeOf(listMailbox({ ...actor, privileges: new Set(["read:members"]) }))).toBe("forbidden");
  });

  it("opens a mail in its own place only", async () => {
    const id = randomUUID();
    await directory().transaction((tx) =>
      queueMail(tx, { recipient: `${id}@x.example`, organisationId: null, locale: "en", content: CONTENTS[0]! }),
    );
    const [row] = await directory()
      .select()
      .from(mails)
      .where(eq(mails.recipient, `${id}@x.example`));
    expect(() => openMail({ ...row!, id, sealedContent: row!.sealedContent! })).toThrow("could not be opened");
  });
});
