import { randomBytes } from "node:crypto";
import { type Caller, expect, JPEG, person, test } from "../../fixtures";

const tag = () => randomBytes(6).toString("hex");
const LIST = [
  "uuid",
  "name",
  "description",
  "list_type",
  "entry_type",
  "is_system",
  "on_match",
  "entry_count",
  "last_entry_added_at",
  "created_at",
  "updated_at",
];
const ENTRY = [
  "uuid",
  "value",
  "display_label",
  "comment",
  "added_by",
  "reference_session_id",
  "reference_session_number",
  "reference_object_uuid",
  "metadata",
  "image_url",
  "created_at",
];

async function systemList(caller: Caller, entryType: string) {
  const { json } = await caller.get(`/v3/lists/?list_type=blocklist&entry_type=${entryType}`);
  expect(json.results).toHaveLength(1);
  return json.results[0];
}

test("§7 every application has one system blocklist per entry type", async ({ stranger }) => {
  const { status, json } = await stranger.get("/v3/lists/?list_type=blocklist&limit=100");
  expect(status).toBe(200);
  expect(Object.keys(json.results[0]).sort()).toEqual(LIST.sort());
  const types = json.results.map((row: { entry_type: string }) => row.entry_type);
  expect(types).toEqual(
    expect.arrayContaining(
      "face document phone email ip_address device_fingerprint wallet_address bank_account user business country key".split(
        " ",
      ),
    ),
  );
  expect(new Set(types).size).toBe(types.length);
  expect(json.results.every((row: { is_system: boolean }) => row.is_system)).toBe(true);
});

test("§7 a list is created, renamed and deleted; its name is used once", async ({ stranger }) => {
  const name = `Office ${tag()}`;
  const made = await stranger.post("/v3/lists/", { name, list_type: "allowlist", entry_type: "ip_address" });
  expect([made.status, Object.keys(made.json).sort()]).toEqual([201, LIST.sort()]);
  expect(made.json).toMatchObject({ name, description: null, is_system: false, entry_count: 0, on_match: "none" });
  const again = await stranger.post("/v3/lists/", { name, list_type: "custom", entry_type: "email" });
  expect([again.status, again.json.code]).toEqual([409, "conflict"]);
  const path = `/v3/lists/${made.json.uuid}/`;
  const renamed = await stranger.patch(path, { name: `${name} 2`, description: "Egress" });
  expect(renamed.json).toMatchObject({ name: `${name} 2`, description: "Egress" });
  const entry = await stranger.post(`${path}entries/`, { value: "10.0.0.0/8" });
  expect(entry.status).toBe(201);
  expect((await stranger.get(path)).json).toMatchObject({ entry_count: 1, last_entry_added_at: entry.json.created_at });
  expect((await stranger.delete(path)).status).toBe(204);
  expect((await stranger.get(path)).status).toBe(404);
  expect((await stranger.get(`${path}entries/`)).status).toBe(404);
});

test("§7 system blocklists cannot be created, renamed or deleted", async ({ stranger }) => {
  const list = await systemList(stranger, "email");
  const create = await stranger.post("/v3/lists/", { name: tag(), list_type: "blocklist", entry_type: "email" });
  expect([create.status, Object.keys(create.json).sort()]).toEqual([400, ["list_type", "code"].sort()]);
  const rename = await stranger.patch(`/v3/lists/${list.uuid}/`, { name: "Mine" });
  expect([rename.status, Object.keys(rename.json).sort()]).toEqual([400, ["name", "code"].sort()]);
  const gone = await stranger.delete(`/v3/lists/${list.uuid}/`);
  expect([gone.status, gone.json.detail]).toEqual([400, "System blocklists cannot be deleted."]);
});

test("§7 an entry is put on by value or from a session, found, and taken off", async ({ issuer }) => {
  const number = `ENTRY${tag().toUpperCase()}`;
  const sessionId = await issuer.bringIn(
    person({ id_verifications: [{ node_id: "n", status: "Approved", document_number: number }] }),
  );
  const list = await systemList(issuer, "document");
  const path = `/v3/lists/${list.uuid}/entries/`;
  const made = await issuer.post(path, {
    reference_session_id: sessionId,
    display_label: "Forged",
    comment: "Case 17",
    metadata: { case: 17 },
  });
  expect([made.status, Object.keys(made.json).sort()]).toEqual([201, ENTRY.sort()]);
  expect(made.json).toMatchObject({
    value: number,
    display_label: "Forged",
    comment: "Case 17",
    added_by: "API Client",
    reference_session_id: sessionId,
    metadata: { case: 17 },
  });
  const again = await issuer.post(path, { value: number.toLowerCase() });
  expect([again.status, again.json.code]).toEqual([409, "conflict"]);
  const found = await issuer.get(`${path}?search=${number}`);
  expect([found.json.count, found.json.results]).toEqual([1, [made.json]]);
  const entry = `${path}${made.json.uuid}/`;
  expect((await issuer.delete(entry)).status).toBe(204);
  expect((await issuer.delete(entry)).status).toBe(404);
});

test("§7 each value is checked for its type", async ({ stranger }) => {
  const cases: [string, string, string | null][] = [
    ["email", "mira", null],
    ["email", ` Mira.${tag()}@Mail.Example`, "lower"],
    ["phone", "12", null],
    ["ip_address", "300.1.1.1", null],
    ["ip_address", "10.0.0.0/4", null],
    ["device_fingerprint", "short", null],
    ["country", "Narnia", null],
  ];
  for (const [type, value, kept] of cases) {
    const list = await systemList(stranger, type);
    const answer = await stranger.post(`/v3/lists/${list.uuid}/entries/`, { value });
    if (kept === null)
      expect([answer.status, Object.keys(answer.json).sort()], value).toEqual([400, ["value", "code"].sort()]);
    else {
      expect([answer.status, answer.json.value], value).toEqual([201, value.trim().toLowerCase()]);
      await stranger.delete(`/v3/lists/${list.uuid}/entries/${answer.json.uuid}/`);
    }
  }
  const list = await systemList(stranger, "email");
  const nothing = await stranger.post(`/v3/lists/${list.uuid}/entries/`, {});
  expect([nothing.status, Object.keys(nothing.json).sort()]).toEqual([400, ["value", "code"].sort()]);
});

test("§7 a face is uploaded as an image, shown to its owner, and met again", async ({ issuer, receiver, request }) => {
  const image = Buffer.concat([Buffer.from(JPEG, "base64"), randomBytes(24)]).toString("base64");
  const list = await systemList(receiver, "face");
  const path = `/v3/lists/${list.uuid}/entries/`;
  const made = await receiver.post(`${path}face-upload/`, { image, display_label: "Seen before" });
  expect(made.status).toBe(201);
  const shown = await request.get(new URL(made.json.image_url).pathname + new URL(made.json.image_url).search);
  expect([shown.status(), (await shown.body()).toString("base64")]).toEqual([200, image]);
  const decision = person({
    liveness_checks: [{ node_id: "l", status: "Approved", reference_image: "https://media.example/selfie.jpg" }],
  });
  const sessionId = await issuer.bringIn(decision, { "https://media.example/selfie.jpg": image });
  const imported = await receiver.redeem(await issuer.mint(sessionId, receiver), { trust_review: true });
  expect([imported.status, imported.json.status]).toEqual([201, "Declined"]);
  expect(imported.json.liveness_checks[0].warnings).toMatchObject([{ feature: "LIVENESS", risk: "FACE_IN_BLOCKLIST" }]);
  await receiver.delete(`${path}${made.json.uuid}/`);
  const after = await request.get(new URL(made.json.image_url).pathname + new URL(made.json.image_url).search);
  expect(after.status()).toBe(404);
  const bad = await receiver.post(`${path}face-upload/`, { image: "%%%" });
  expect([bad.status, Object.keys(bad.json).sort()]).toEqual([400, ["image", "code"].sort()]);
});

test("§2.2 what is on the receiver's list lands narrower, says why, and no wider than the issuer decided", async ({
  issuer,
  receiver,
}) => {
  const number = `LIST${tag().toUpperCase()}`;
  const list = await systemList(receiver, "document");
  const added = await receiver.post(`/v3/lists/${list.uuid}/entries/`, { value: number });
  const tryWith = async (status: string, trust_review: boolean) => {
    const sessionId = await issuer.bringIn(
      person({
        status,
        id_verifications: [{ node_id: "n", status: "Approved", document_number: number, warnings: [] }],
      }),
    );
    return (await receiver.redeem(await issuer.mint(sessionId, receiver), { trust_review })).json;
  };
  const trusted = await tryWith("Approved", true);
  expect([trusted.status, trusted.trust]).toEqual([
    "Declined",
    { requested: true, effective: false, reasons: ["requested", "list_match"] },
  ]);
  expect(trusted.id_verifications[0].warnings).toEqual([
    {
      feature: "ID_VERIFICATION",
      risk: "ID_DOCUMENT_IN_BLOCKLIST",
      log_type: "error",
      short_description: expect.stringContaining(list.name),
      long_description: expect.any(String),
      node_id: "n",
      additional_data: {
        list_uuid: list.uuid,
        list_name: list.name,
        entry_uuid: added.json.uuid,
        entry_type: "document",
      },
    },
  ]);
  expect((await tryWith("In Review", false)).status).toBe("Declined");
  await receiver.patch(`/v3/lists/${list.uuid}/`, { on_match: "in_review" });
  expect((await tryWith("Approved", true)).status).toBe("In Review");
  expect((await tryWith("Declined", true)).status).toBe("Declined");
  await receiver.patch(`/v3/lists/${list.uuid}/`, { on_match: "none" });
  expect(await tryWith("Approved", true)).toMatchObject({ status: "Approved", trust: { reasons: ["requested"] } });
  await receiver.patch(`/v3/lists/${list.uuid}/`, { on_match: "declined" });
  await receiver.delete(`/v3/lists/${list.uuid}/entries/${added.json.uuid}/`);
  const decision = await receiver.get(`/v3/session/${trusted.session_id}/decision/`);
  expect(decision.json.id_verifications[0].warnings).toHaveLength(1);
});

test("§7 the older way puts what a session shows on the blocklists, lists it and takes it off", async ({
  stranger,
}) => {
  const email = `${tag()}@mail.example`;
  const sessionId = await stranger.bringIn(
    person({ email_verifications: [{ node_id: "e", status: "Approved", email }] }),
  );
  const added = await stranger.post("/v3/blocklist/add/", {
    session_id: sessionId,
    blocklist_email: true,
    blocklist_document: true,
  });
  expect([added.status, added.json]).toEqual([200, { session_id: sessionId, blocklisted: ["document", "email"] }]);
  const listed = (await stranger.get("/v3/blocklist/?item_type=email&limit=200")).json.results;
  const row = listed.find((one: { session_id: string }) => one.session_id === sessionId);
  expect(row).toMatchObject({ item_type: "email", value: email });
  const next = await stranger.bringIn(person({ contact_details: { email } }));
  const decision = (await stranger.get(`/v3/session/${next}/decision/`)).json;
  expect(decision.status).toBe("Declined");
  const removed = await stranger.post("/v3/blocklist/remove/", {
    session_id: sessionId,
    unblock_email: true,
    unblock_document: true,
  });
  expect([removed.status, removed.json]).toEqual([200, { session_id: sessionId, unblocked: ["document", "email"] }]);
  const left = (await stranger.get("/v3/blocklist/?limit=200")).json.results;
  expect(left.some((one: { session_id: string }) => one.session_id === sessionId)).toBe(false);
  const none = await stranger.post("/v3/blocklist/add/", { session_id: sessionId });
  expect(none.status).toBe(400);
  const missing = await stranger.post("/v3/blocklist/add/", { session_id: sessionId, blocklist_phone: true });
  expect([missing.status, Object.keys(missing.json).sort()]).toEqual([400, ["blocklist_phone", "code"].sort()]);
  const nobody = { session_id: "00000000-0000-0000-0000-000000000000", blocklist_face: true };
  expect((await stranger.post("/v3/blocklist/add/", nobody)).status).toBe(404);
});
