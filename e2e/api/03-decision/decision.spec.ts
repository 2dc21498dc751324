import { randomUUID } from "node:crypto";
import { company, expect, person, test } from "../../fixtures";

test("§3 an id that is neither a KYC nor a KYB session is a 404, before and after knowing who asks", async ({
  issuer,
  nobody,
}) => {
  const path = `/v3/session/${randomUUID()}/decision/`;
  const known = await issuer.get(path);
  expect([known.status, known.json]).toEqual([404, { detail: "Not found.", code: "not_found" }]);
  expect((await nobody.get(path)).status).toBe(401);
});

test("§3.1 every feature is a list with an item per step, or null", async ({ issuer, sessionId }) => {
  const { json } = await issuer.get(`/v3/session/${sessionId}/decision/`);
  expect(json.id_verifications).toHaveLength(1);
  for (const key of ["nfc_verifications", "liveness_checks", "poa_verifications", "questionnaire_responses"])
    expect(json[key], key).toBeNull();
  expect(json.features).toEqual(["ID_VERIFICATION", "AML"]);
  expect(json).toMatchObject({
    session_kind: "user",
    session_url: null,
    shared_from_session: null,
    environment: "sandbox",
  });
  expect(json.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
});

test("§3 include=events adds what happened, and features are steps", async ({ issuer, receiver, sessionId }) => {
  await issuer.mint(sessionId, receiver);
  await issuer.patch(`/v3/session/${sessionId}/update-status/`, {
    new_status: "Declined",
    comment: "Changed our mind.",
  });
  const { status, json } = await issuer.get(`/v3/session/${sessionId}/decision/?include=events`);
  expect(status).toBe(200);
  expect(json.features).toEqual([
    { feature: "ID_VERIFICATION", node_id: "feature_ocr" },
    { feature: "AML", node_id: "feature_aml" },
  ]);
  expect(json.events.map((event: { type: string }) => event.type)).toEqual([
    "SESSION_CREATED",
    "SESSION_FINISHED",
    "SESSION_SHARED",
    "STATUS_UPDATED",
  ]);
  expect(json.activity_reviews).toMatchObject([{ activity_type: "status_update", new_status: "Declined" }]);
  expect(json.blocklisted).toEqual({ face: false, document: false, phone: false, email: false });
  expect(json).toHaveProperty("cost_breakdown");
  const refused = await issuer.get(`/v3/session/${sessionId}/decision/?include=secrets`);
  expect([refused.status, refused.json.include]).toEqual([400, ['"secrets" is not a valid choice.']]);
});

test("§3.2 a company's status is spelled as its application chose, its steps and people in Title Case", async ({
  issuer,
}) => {
  const director = person();
  await issuer.bringIn(director);
  const id = await issuer.bringIn(company(director.session_id));
  const { json } = await issuer.get(`/v3/session/${id}/decision/?include=events`);
  expect(json.status).toBe("APPROVED");
  expect(json.registry_checks[0].status).toBe("Approved");
  expect(json.key_people_checks[0].submitted.parties[0].kyc_session_status).toBe("Approved");
});
