import { expect, test } from "../../fixtures";

const path = (id: string) => `/v3/sessions/${id}/reviews/`;
const KEYS = [
  "uuid",
  "activity_type",
  "actor_display",
  "actor_email",
  "actor_type",
  "new_status",
  "previous_status",
  "comment",
  "mentioned_emails",
  "previous_value",
  "new_value",
  "changed_fields",
  "metadata",
  "created_at",
];

test("§4.6 the feed holds decisions, corrections and notes, newest first", async ({ issuer, sessionId }) => {
  const note = await issuer.post(path(sessionId), {
    comment: "Ask @ines@bank.example first.",
    new_status: "IN_REVIEW",
  });
  expect(note.status).toBe(201);
  expect(Object.keys(note.json).sort()).toEqual([...KEYS].sort());
  expect(note.json).toMatchObject({
    activity_type: "note",
    actor_display: "Unknown",
    actor_type: "api",
    comment: "Ask @ines@bank.example first.",
    mentioned_emails: ["ines@bank.example"],
    new_status: "In Review",
  });
  await issuer.patch(`/v3/session/${sessionId}/update-data/`, { first_name: "Ana" });
  await issuer.patch(`/v3/session/${sessionId}/update-status/`, { new_status: "Declined" });
  const { status, json } = await issuer.get(path(sessionId));
  expect([status, json.count, json.next, json.previous]).toEqual([200, 3, null, null]);
  expect(json.results.map((row: { activity_type: string }) => row.activity_type)).toEqual([
    "status_update",
    "data_update",
    "note",
  ]);
  expect(json.results[0]).toMatchObject({
    previous_status: "Approved",
    new_status: "Declined",
    actor_display: "API Client",
  });
  expect(json.results[1]).toMatchObject({
    changed_fields: ["first_name", "full_name"],
    new_value: { first_name: "Ana" },
  });
  // Noting a status does not change it.
  expect((await issuer.get(`/v3/session/${sessionId}/decision/`)).json.status).toBe("Declined");
  const oldest = (await issuer.get(`${path(sessionId)}?ordering=created_at&limit=2`)).json;
  expect(oldest.results.map((row: { activity_type: string }) => row.activity_type)).toEqual(["note", "data_update"]);
  expect(new URL(oldest.next).searchParams.get("ordering")).toBe("created_at");
});

test("§4.6 notes stay with whoever wrote them", async ({ issuer, receiver, sessionId }) => {
  await issuer.post(path(sessionId), { comment: "Our own thoughts." });
  const { json } = await receiver.redeem(await issuer.mint(sessionId, receiver));
  expect((await receiver.get(path(json.session_id))).text).not.toContain("Our own thoughts.");
});

test("§4.6 each bad field is named", async ({ issuer, sessionId }) => {
  const cases: [unknown, Record<string, string[]>][] = [
    [{}, { comment: ["This field is required."] }],
    [{ comment: " " }, { comment: ["This field is required."] }],
    [{ comment: "x".repeat(4001) }, { comment: ["Ensure this field has no more than 4000 characters."] }],
    [{ new_status: "Excellent" }, { new_status: ['"Excellent" is not a valid choice.'] }],
  ];
  for (const [body, fields] of cases) {
    const answer = await issuer.post(path(sessionId), body);
    expect([answer.status, answer.json]).toEqual([400, { ...fields, code: "invalid_input" }]);
  }
  const ordering = await issuer.get(`${path(sessionId)}?ordering=comment`);
  expect([ordering.status, ordering.json.ordering]).toEqual([400, ['"comment" is not a valid choice.']]);
});
