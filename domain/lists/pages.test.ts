import { describe, expect, it } from "vitest";
import { codeOf, newApplication, newPerson, type TestApplication } from "../testing";
import { readHits } from "./hits";
import { addEntry, blockFromSession, createList, deleteEntry, readBlockable } from "./manage";
import { listLists, pageEntries } from "./read";
import type { EntryType } from "./rules";

const systemListOf = async ({ actor }: TestApplication, entryType: EntryType) =>
  (await listLists(actor, { entryType })).find((view) => view.list.isSystem)!.list;

describe("a page of entries", () => {
  it("goes on where the last one ended, the newest first, each once", async () => {
    const { actor } = await newApplication();
    const { list } = await createList(actor, { name: "Paged", listType: "custom", entryType: "document" });
    for (let number = 0; number < 5; number++) await addEntry(actor, { listId: list.id, value: `PAGED${number}` });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof pageEntries>> = await pageEntries(actor, {
        listId: list.id,
        search: "",
        after,
        limit: 2,
      });
      seen.push(...page.entries.map((entry) => entry.value));
      after = page.next;
    } while (after);
    expect([...seen].sort()).toEqual(["PAGED0", "PAGED1", "PAGED2", "PAGED3", "PAGED4"]);
    const found = await pageEntries(actor, { listId: list.id, search: "paged-3", after: null, limit: 2 });
    expect([found.entries.map((entry) => entry.value), found.isWhole]).toEqual([["PAGED3"], true]);
  });

  it("says how many sessions met each, and which; a removed entry's stay", async () => {
    const application = await newApplication();
    const { actor } = application;
    const list = await systemListOf(application, "document");
    const entry = await addEntry(actor, { listId: list.id, value: "MET001" });
    await addEntry(actor, { listId: list.id, value: "UNMET1" });
    const sessions = [
      await newPerson(application, { documentNumber: "MET001", fullName: "Ana Met" }),
      await newPerson(application, { documentNumber: "MET001" }),
    ];
    const page = await pageEntries(actor, { listId: list.id, search: "", after: null, limit: 10 });
    expect(Object.fromEntries(page.entries.map(({ value, hits }) => [value, hits]))).toEqual({ MET001: 2, UNMET1: 0 });
    const first = await readHits(actor, { listId: list.id, entryId: entry.id, after: null, limit: 1 });
    const rest = await readHits(actor, { listId: list.id, entryId: entry.id, after: first.next, limit: 1 });
    expect(rest.next).toBeNull();
    const hits = [...first.hits, ...rest.hits];
    expect(hits.map((hit) => hit.sessionId).sort()).toEqual(sessions.map((session) => session.id).sort());
    expect(hits.find((hit) => hit.sessionId === sessions[0]!.id)).toMatchObject({
      name: "Ana Met",
      sessionStatus: "Declined",
      onMatch: "declined",
      entry: { value: "MET001" },
    });
    await deleteEntry(actor, { listId: list.id, entryId: entry.id });
    const after = await readHits(actor, { listId: list.id, entryId: null, after: null, limit: 10 });
    expect(after.hits.map((hit) => hit.entry)).toEqual([null, null]);
  });

  it("of another application's list is not there", async () => {
    const [mine, theirs] = [await newApplication(), await newApplication()];
    const list = await systemListOf(theirs, "email");
    expect(await codeOf(pageEntries(mine.actor, { listId: list.id, search: "", after: null, limit: 1 }))).toBe(
      "not_found",
    );
    expect(await codeOf(readHits(mine.actor, { listId: list.id, entryId: null, after: null, limit: 1 }))).toBe(
      "not_found",
    );
  });
});

describe("from a record", () => {
  it("what it shows is offered, blocked with the reason, and let go again", async () => {
    const application = await newApplication();
    const { actor } = application;
    const session = await newPerson(application, { documentNumber: "REC0001", email: "rec@mail.example" });
    const offered = async () =>
      new Map(
        (await readBlockable(actor, session.id)).map(({ item, value, isBlocked }) => [item, { value, isBlocked }]),
      );
    expect((await offered()).get("document")).toEqual({ value: "REC0001", isBlocked: false });
    expect((await offered()).get("email")).toEqual({ value: "rec@mail.example", isBlocked: false });
    expect((await offered()).has("company_number")).toBe(false);
    await blockFromSession(actor, { sessionId: session.id, items: ["document"], block: true, comment: "Forged" });
    expect((await offered()).get("document")?.isBlocked).toBe(true);
    expect((await offered()).get("email")?.isBlocked).toBe(false);
    const list = await systemListOf(application, "document");
    const page = await pageEntries(actor, { listId: list.id, search: "", after: null, limit: 10 });
    expect(page.entries).toMatchObject([{ value: "REC0001", comment: "Forged", referenceSessionId: session.id }]);
    await blockFromSession(actor, { sessionId: session.id, items: ["document"], block: false });
    expect((await offered()).get("document")?.isBlocked).toBe(false);
    const stranger = await newApplication();
    expect(await codeOf(readBlockable(stranger.actor, session.id))).toBe("not_found");
  });
});
