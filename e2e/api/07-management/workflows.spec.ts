import { randomBytes } from "node:crypto";
import { scopedKey } from "../../accounts";
import { Caller, expect, person, test } from "../../fixtures";

const label = () => `W ${randomBytes(5).toString("hex")}`;
const KEYS = [
  "uuid",
  "workflow_id",
  "workflow_label",
  "workflow_type",
  "is_default",
  "is_archived",
  "is_white_label_enabled",
  "is_desktop_allowed",
  "total_price",
  "min_price",
  "max_price",
  "features",
  "is_simple_workflow",
  "is_editable",
  "workflow_url",
  "max_retry_attempts",
  "retry_window_days",
  "session_expiration_time",
  "version",
  "workflow_version",
  "status",
  "has_draft",
  "created_at",
  "updated_at",
];

async function created(caller: Caller, body: Record<string, unknown>) {
  const { status, json } = await caller.post("/v3/workflows/", { workflow_label: label(), ...body });
  expect([status, json], JSON.stringify(json)).toEqual([201, expect.any(Object)]);
  return json;
}

test("§7 a workflow is created from features in execution order and read back, by either id", async ({ stranger }) => {
  const name = label();
  const made = await created(stranger, {
    workflow_label: name,
    features: [
      { feature: "OCR", config: { documents_allowed: { ESP: { ID: { enabled: 1, sides: 2 } } } } },
      { feature: "LIVENESS", label: "Selfie", config: { face_liveness_method: "passive" } },
      { feature: "FACE_MATCH" },
    ],
    max_retry_attempts: 0,
    retry_window_days: 30,
    session_expiration_time: 1440,
    is_desktop_allowed: true,
  });
  expect(Object.keys(made).sort()).toEqual([...KEYS, "feature_configs"].sort());
  expect(made).toMatchObject({
    workflow_label: name,
    workflow_type: "kyc",
    is_archived: false,
    is_desktop_allowed: true,
    is_white_label_enabled: false,
    total_price: "0.30",
    features: ["OCR", "LIVENESS", "FACE_MATCH"],
    max_retry_attempts: 0,
    retry_window_days: 30,
    session_expiration_time: 1440,
    version: 1,
    status: "published",
    has_draft: false,
  });
  expect(made.feature_configs[1]).toEqual({
    feature: "LIVENESS",
    label: "Selfie",
    config: { face_liveness_method: "passive" },
  });
  for (const id of [made.uuid, made.workflow_id])
    expect((await stranger.get(`/v3/workflows/${id}/`)).json).toEqual(made);
  const listed = (await stranger.get("/v3/workflows/?limit=200")).json;
  const row = listed.results.find((one: { uuid: string }) => one.uuid === made.uuid);
  expect(Object.keys(row).sort()).toEqual(KEYS.sort());
  expect(listed.count).toBe(listed.results.length);
});

test("§7 features of companies make a KYB workflow, with the price of one", async ({ stranger }) => {
  const made = await created(stranger, {
    features: [{ feature: "KYB_REGISTRY" }, { feature: "KYB_COMPANY_AML" }, { feature: "KYB_KEY_PEOPLE" }],
  });
  expect(made).toMatchObject({
    workflow_type: "kyb",
    total_price: "2.00",
    features: ["KYB_REGISTRY", "AML", "KYB_KEY_PEOPLE"],
  });
});

test("§12.26 the older form, a type with flags, is translated", async ({ stranger }) => {
  const made = await created(stranger, {
    workflow_type: "kyc",
    is_face_match_enabled: true,
    is_liveness_enabled: true,
    is_aml_enabled: true,
    aml_decline_threshold: 80,
    documents_allowed: {},
  });
  expect(made.features).toEqual(["OCR", "LIVENESS", "FACE_MATCH", "AML"]);
  expect(made.feature_configs[3].config).toEqual({ aml_decline_threshold: 80 });
  const changed = await stranger.patch(`/v3/workflows/${made.uuid}/`, {
    is_aml_enabled: false,
    is_phone_verification_enabled: true,
  });
  expect(changed.json.features).toEqual(["OCR", "LIVENESS", "FACE_MATCH", "PHONE_VERIFICATION"]);
  const email = await created(stranger, { workflow_type: "email_verification" });
  expect(email).toMatchObject({ workflow_type: "email_verification", features: ["EMAIL_VERIFICATION"] });
});

test("§7 a version changes in place, and publishing makes a new one that the older id still names", async ({
  stranger,
}) => {
  const made = await created(stranger, { features: [{ feature: "OCR" }] });
  const renamed = await stranger.patch(`/v3/workflows/${made.uuid}/`, { workflow_label: "Renamed" });
  expect(renamed.json).toMatchObject({ uuid: made.uuid, version: 1, workflow_label: "Renamed" });
  const next = await stranger.patch(`/v3/workflows/${made.uuid}/`, {
    status: "published",
    features: ["OCR", "LIVENESS"],
  });
  expect(next.json).toMatchObject({ workflow_id: made.workflow_id, version: 2, features: ["OCR", "LIVENESS"] });
  expect(next.json.uuid).not.toBe(made.uuid);
  expect((await stranger.get(`/v3/workflows/${made.uuid}/`)).json).toMatchObject({ version: 1, features: ["OCR"] });
  expect((await stranger.get(`/v3/workflows/${made.workflow_id}/`)).json.version).toBe(2);
});

test("§7 a session stays pinned to the version it ran under", async ({ stranger }) => {
  const made = await created(stranger, { features: ["OCR", "AML"] });
  const bringIn = async () => {
    const { json } = await stranger.post("/v3/session/imports/", { decisions: [person()], workflow_id: made.uuid });
    return json.results[0].session_id as string;
  };
  const versionOf = async (id: string) => (await stranger.get(`/v3/session/${id}/decision/`)).json.workflow_version;
  const first = await bringIn();
  const changed = await stranger.patch(`/v3/workflows/${made.uuid}/`, { features: ["OCR"] });
  expect(changed.json.version).toBe(2);
  const second = await bringIn();
  expect([await versionOf(first), await versionOf(second)]).toEqual([1, 2]);
});

test("§7 a draft is saved, lands nothing, and is published by an update without a status", async ({ stranger }) => {
  const made = await created(stranger, { features: ["OCR"], status: "draft" });
  expect(made).toMatchObject({ status: "draft", has_draft: true, is_default: false });
  const refused = await stranger.post("/v3/session/imports/", { decisions: [person()], workflow_id: made.uuid });
  expect(refused.json.results[0].errors[0].path).toBe("workflow_id");
  const kept = await stranger.patch(`/v3/workflows/${made.uuid}/`, { workflow_label: "Kept", status: "draft" });
  expect(kept.json).toMatchObject({ status: "draft", workflow_label: "Kept" });
  const published = await stranger.patch(`/v3/workflows/${made.uuid}/`, {});
  expect(published.json).toMatchObject({ uuid: made.uuid, status: "published", has_draft: false, version: 1 });
  const back = await stranger.patch(`/v3/workflows/${made.uuid}/`, { status: "draft" });
  expect([back.status, back.json]).toEqual([
    400,
    { status: ["Cannot revert a published version to draft."], code: "invalid_input" },
  ]);
});

test("§7 deleting answers 204 with nothing, and then there is nothing", async ({ stranger }) => {
  const made = await created(stranger, { features: ["OCR"] });
  const gone = await stranger.delete(`/v3/workflows/${made.uuid}/`);
  expect([gone.status, gone.text, gone.headers["content-type"]]).toEqual([204, "", undefined]);
  for (const id of [made.uuid, made.workflow_id]) expect((await stranger.get(`/v3/workflows/${id}/`)).status).toBe(404);
  expect((await stranger.delete(`/v3/workflows/${made.uuid}/`)).status).toBe(404);
});

test("§7 the default of a kind moves, and cannot be deleted while another could take its place", async ({
  stranger,
}) => {
  const first = await created(stranger, { features: ["KYB_REGISTRY"], is_default: true });
  const second = await created(stranger, { features: ["KYB_DOCUMENTS"], is_default: true });
  expect(second.is_default).toBe(true);
  expect((await stranger.get(`/v3/workflows/${first.uuid}/`)).json.is_default).toBe(false);
  const refused = await stranger.delete(`/v3/workflows/${second.uuid}/`);
  expect([refused.status, refused.json.code]).toEqual([409, "conflict"]);
  expect((await stranger.patch(`/v3/workflows/${first.uuid}/`, { is_default: true })).json.is_default).toBe(true);
  expect((await stranger.delete(`/v3/workflows/${second.uuid}/`)).status).toBe(204);
});

test("§0.5 what is wrong with one of the features is said inside the list, at its place", async ({ stranger }) => {
  const { json } = await stranger.post("/v3/workflows/", { features: ["OCR", { feature: "PASSPORT" }] });
  expect(json).toEqual({
    features: [{}, { feature: ['"PASSPORT" is not a valid choice.'] }],
    code: "invalid_input",
  });
});

test("§0.5 what is wrong with a workflow is said under its field", async ({ stranger }) => {
  const cases: [Record<string, unknown>, string][] = [
    [{}, "features"],
    [{ features: [] }, "features"],
    [{ features: "OCR" }, "features"],
    [{ features: [{ feature: "PASSPORT" }] }, "features"],
    [{ features: [{}] }, "features"],
    [{ features: [{ feature: "OCR" }, { feature: "OCR" }] }, "features"],
    [{ features: ["OCR", "KYB_REGISTRY"] }, "features"],
    [{ features: ["FACE_MATCH", "OCR"] }, "features"],
    [{ features: [{ feature: "QUESTIONNAIRE", config: { questionnaire_uuid: "x" } }] }, "features"],
    [{ workflow_type: "kyx" }, "workflow_type"],
    [{ workflow_type: "kyc", is_id_verification_enabled: false }, "features"],
    [{ features: ["OCR"], workflow_label: "x".repeat(51) }, "workflow_label"],
    [{ features: ["OCR"], status: "live" }, "status"],
    [{ features: ["OCR"], status: "draft", is_default: true }, "is_default"],
    [{ features: ["OCR"], max_retry_attempts: 11 }, "max_retry_attempts"],
    [{ features: ["OCR"], retry_window_days: 0 }, "retry_window_days"],
    [{ features: ["OCR"], session_expiration_time: 0 }, "session_expiration_time"],
    [{ features: ["OCR"], is_default: "yes" }, "is_default"],
  ];
  for (const [body, field] of cases) {
    const { status, json } = await stranger.post("/v3/workflows/", body);
    expect([status, Object.keys(json).sort()], JSON.stringify(body)).toEqual([400, [field, "code"].sort()]);
  }
});

test("§7 a draft cannot be published when a questionnaire that it asks is gone", async ({ stranger }) => {
  const form = await stranger.post("/v3/questionnaires/", {
    title: label(),
    form_elements: [{ element_type: "SHORT_TEXT", title: "Why?" }],
  });
  const asks = ["OCR", { feature: "QUESTIONNAIRE", config: { questionnaire_uuid: form.json.uuid } }];
  const made = await created(stranger, { features: asks, status: "draft" });
  expect((await stranger.delete(`/v3/questionnaires/${form.json.uuid}/`)).status).toBe(409);
  await stranger.patch(`/v3/workflows/${made.uuid}/`, { features: ["OCR"], status: "draft" });
  expect((await stranger.delete(`/v3/questionnaires/${form.json.uuid}/`)).status).toBe(204);
  const again = await stranger.patch(`/v3/workflows/${made.uuid}/`, { features: asks });
  expect([again.status, Object.keys(again.json)]).toEqual([400, ["features", "code"]]);
});

test("§6.1 reading and writing workflows are privileges of their own", async ({ stranger, request }) => {
  const made = await created(stranger, { features: ["OCR"] });
  const { key } = await scopedKey(stranger.id, { privileges: ["read:workflows"] });
  const reader = new Caller(request, { ...stranger.side, api_key: key });
  expect((await reader.get(`/v3/workflows/${made.uuid}/`)).status).toBe(200);
  for (const { status, json } of [
    await reader.post("/v3/workflows/", { features: ["OCR"] }),
    await reader.patch(`/v3/workflows/${made.uuid}/`, { workflow_label: "Mine" }),
    await reader.delete(`/v3/workflows/${made.uuid}/`),
  ])
    expect([status, json.code]).toEqual([403, "forbidden"]);
});
