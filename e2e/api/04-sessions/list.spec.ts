import { randomBytes } from "node:crypto";
import { createApiKey } from "@/domain/access/api-keys";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import { newApplication } from "@/domain/testing";
import { Caller, company, expect, person, test } from "../../fixtures";

type Row = Record<string, unknown> & { session_id: string; session_number: number };
const rows = async (caller: Caller, query: string): Promise<Row[]> => {
  const answer = await caller.get(`/v3/sessions/?${query}`);
  expect(answer.status, answer.text.slice(0, 300)).toBe(200);
  return answer.json.results;
};
const idsOf = (list: Row[]) => list.map((row) => row.session_id);
const word = () => `Q${[...randomBytes(10)].map((byte) => String.fromCharCode(97 + (byte % 26))).join("")}`;

test("§4.2 a person's row has the contract's keys", async ({ issuer, sessionId }) => {
  const [row] = await rows(issuer, `search=${sessionId}`);
  expect(Object.keys(row!).sort()).toEqual(
    [
      "session_id",
      "session_kind",
      "session_number",
      "session_url",
      "status",
      "vendor_data",
      "didit_internal_id",
      "created_at",
      "portrait_image",
      "document_type",
      "full_name",
      "country",
      "features",
      "workflow_label",
      "phone_number",
      "email_address",
      "additional_details",
      "shared_from_session",
    ].sort(),
  );
  expect(row).toMatchObject({
    session_id: sessionId,
    session_kind: "user",
    status: "Approved",
    country: "ESP",
    document_type: "Identity Card",
    features: [
      { feature: "ID_VERIFICATION", status: "Approved" },
      { feature: "AML", status: "In Review" },
    ],
    shared_from_session: null,
  });
});

test("§4.2 a company's row has the contract's keys", async ({ issuer }) => {
  const id = await issuer.bringIn(company(null));
  const [row] = await rows(issuer, `session_kind=business&search=${id}`);
  expect(Object.keys(row!).sort()).toEqual(
    [
      "session_id",
      "session_kind",
      "session_number",
      "status",
      "vendor_data",
      "created_at",
      "workflow_type",
      "workflow_label",
      "company_name",
      "registration_number",
      "country",
      "shared_from_session",
    ].sort(),
  );
  expect(row).toMatchObject({ status: "APPROVED", workflow_type: "kyb", country: "ES" });
});

test("§4.2 the list is of people unless it is asked for companies or for all", async ({ issuer, sessionId }) => {
  const id = await issuer.bringIn(company(null));
  expect(idsOf(await rows(issuer, "limit=100"))).not.toContain(id);
  expect(idsOf(await rows(issuer, "session_kind=business&limit=100"))).not.toContain(sessionId);
  const all = await rows(issuer, "session_kind=all&limit=200");
  expect(idsOf(all)).toContain(id);
  const kinds = all.map((row) => row.session_kind);
  expect(kinds.lastIndexOf("user")).toBeLessThan(kinds.indexOf("business"));
});

test("§4.2 each filter narrows, and together they narrow further", async ({ issuer, receiver }) => {
  const name = word();
  const vendor = `v-${name}`;
  const approved = await issuer.bringIn(
    person({ vendor_data: vendor, created_at: "2026-01-10T23:59:59Z", id_verifications: [document(name)] }),
  );
  const declined = await issuer.bringIn(
    person({ status: "Declined", created_at: "2026-01-11T00:00:00Z", id_verifications: [document(name)] }),
  );
  const search = `search=${name}`;
  const found = async (query: string) => idsOf(await rows(issuer, `${search}&${query}`));
  expect(await found("")).toEqual([declined, approved]);
  expect(await found("status=Declined")).toEqual([declined]);
  expect(await found("status=DECLINED,Approved")).toEqual([declined, approved]);
  expect(await found("status=In+Review")).toEqual([]);
  expect(await found(`vendor_data=${vendor}`)).toEqual([approved]);
  expect(await found(`workflow_id=${issuer.side.workflows.user}`)).toHaveLength(2);
  expect(await found(`workflow_id=${issuer.side.workflows.business}`)).toEqual([]);
  expect(await found("country=esp")).toHaveLength(2);
  expect(await found("country=PRT")).toEqual([]);
  expect(await found("date_from=2026-01-11")).toEqual([declined]);
  expect(await found("date_to=2026-01-10")).toEqual([approved]);
  expect(await found("date_from=2026-01-10&date_to=2026-01-11")).toHaveLength(2);
  expect(await found("date_from=2026-01-11T00:00:00%2B01:00")).toHaveLength(2);
  expect(await found("status=Approved&date_from=2026-01-11")).toEqual([]);
  expect(idsOf(await rows(receiver, search))).toEqual([]);
  expect(idsOf(await rows(issuer, `search=${name.toUpperCase()}`))).toHaveLength(2);
});

const document = (name: string) => ({
  node_id: "feature_ocr",
  status: "Approved",
  full_name: `Mira ${name}`,
  issuing_state: "ESP",
});

test("§0.6 pages link to each other by absolute addresses until there is no next", async ({ issuer, request }) => {
  const name = word();
  const all: string[] = [];
  for (let count = 0; count < 5; count++)
    all.unshift(await issuer.bringIn(person({ id_verifications: [document(name)] })));
  const seen: string[] = [];
  let path: string | null = `/v3/sessions/?search=${name}&limit=2`;
  let previous: string | null = null;
  while (path !== null) {
    const { json } = await issuer.get(path);
    expect(json.count).toBe(5);
    seen.push(...idsOf(json.results));
    previous = json.previous;
    if (json.next !== null) expect(new URL(json.next).searchParams.get("search")).toBe(name);
    path = json.next === null ? null : new URL(json.next).pathname + new URL(json.next).search;
  }
  expect(seen).toEqual(all);
  expect(new URL(previous!).searchParams.get("offset")).toBe("2");
  const paged = await rows(issuer, `search=${name}&page=2&page_size=2`);
  expect(idsOf(paged)).toEqual(all.slice(2, 4));
  expect((await request.get("/v3/sessions", { maxRedirects: 0 })).status()).toBe(401);
  expect((await issuer.get("/v3/sessions")).status).toBe(200);
});

test("§4.2 each bad filter is named", async ({ issuer }) => {
  const cases: [string, string, string][] = [
    ["session_kind=robot", "session_kind", '"robot" is not a valid choice.'],
    ["status=Excellent", "status", '"Excellent" is not a valid choice.'],
    ["workflow_id=x", "workflow_id", "Must be a valid UUID."],
    ["country=Spain", "country", "Use an ISO 3166-1 code."],
    ["date_from=yesterday", "date_from", "Enter a valid date."],
    ["date_from=2026-02-30", "date_from", "Enter a valid date."],
    ["date_to=0000-01-01", "date_to", "Enter a valid date."],
    ["limit=x", "limit", "A valid integer is required."],
    ["limit=0", "limit", "Ensure this value is greater than or equal to 1."],
    ["limit=201", "limit", "Ensure this value is less than or equal to 200."],
    ["offset=-1", "offset", "Ensure this value is greater than or equal to 0."],
    ["offset=1.5", "offset", "A valid integer is required."],
    ["search=%00", "search", "Null characters are not allowed."],
  ];
  for (const [query, field, message] of cases) {
    const answer = await issuer.get(`/v3/sessions/?${query}`);
    expect([answer.status, answer.json], query).toEqual([400, { [field]: [message], code: "invalid_input" }]);
  }
});

test("§7 the caller's own workflows are listed", async ({ issuer, receiver }) => {
  const { status, json } = await receiver.get("/v3/workflows/");
  expect(status).toBe(200);
  const ids = json.results.map((row: { workflow_id: string }) => row.workflow_id);
  expect(ids).toEqual(expect.arrayContaining([receiver.side.workflows.user, receiver.side.workflows.business]));
  expect(ids).not.toContain(issuer.side.workflows.user);
});

test("§4.8 decisions of one's own vendor are stored or refused line by line", async ({ issuer }) => {
  const good = person();
  const lines = [good, { ...person(), status: "In Progress" }, { ...person(), created_at: "soon" }, good, 7];
  const { status, json } = await issuer.post("/v3/session/imports/", { decisions: lines });
  expect([status, json.imported, json.refused]).toEqual([200, 1, 4]);
  const line = (index: number) => json.results[index];
  expect(line(0)).toMatchObject({ line: 1, status: "imported", errors: [] });
  expect(line(0).notes[0].path).toBe("id_verifications[0].front_image");
  expect(line(1).errors[0]).toMatchObject({ path: "status" });
  expect(line(2).errors[0]).toMatchObject({ path: "created_at" });
  expect(line(3).errors[0]).toEqual({
    path: "session_id",
    message: "The same session appears twice in this file.",
  });
  const again = await issuer.post("/v3/session/imports/", { decisions: [good] });
  expect(again.json.results[0].errors[0].message).toBe("This session has been brought in already.");
  for (const [body, field] of [
    [{}, "decisions"],
    [{ decisions: [] }, "decisions"],
    [{ decisions: [good], media: { a: "!!" } }, "media.a"],
    [{ decisions: [good], require_media: "x" }, "require_media"],
  ] as const) {
    const refused = await issuer.post("/v3/session/imports/", body);
    expect(refused.status).toBe(400);
    expect(refused.json).toHaveProperty([field]);
  }
});

test("§0.6 offsets reach as deep as the list, and a page follows the other to the end without a repeat", async ({
  request,
  demo,
}) => {
  const application = await newApplication();
  const { key } = await createApiKey(application.actor, { name: "All", privileges: [...API_KEY_PRIVILEGES] });
  const own = new Caller(request, { ...demo.issuer, application_id: application.id, api_key: key });
  const decisions = Array.from({ length: 23 }, () => person());
  expect((await own.post("/v3/session/imports/", { decisions })).status).toBe(200);
  const page = async (query: string) => (await own.get(`/v3/sessions/?${query}`)).json;
  expect(await page("limit=5&offset=22")).toMatchObject({ count: 23, next: null, results: [{ session_number: 1 }] });
  expect((await page("limit=5&offset=20")).results).toHaveLength(3);
  expect(
    (await page("page=5&page_size=5")).results.map((row: { session_number: number }) => row.session_number),
  ).toEqual([3, 2, 1]);
  for (const offset of [23, 24, 100_000]) {
    const { count, next, results } = await page(`limit=5&offset=${offset}`);
    expect([count, next, results], String(offset)).toEqual([23, null, []]);
  }
  expect((await own.get("/v3/sessions/?offset=100001")).status).toBe(400);
  const seen: number[] = [];
  for (let next: string | null = "/v3/sessions/?limit=5&offset=3"; next; ) {
    const { pathname, search } = new URL(next, "http://here");
    const { json } = await own.get(pathname + search);
    seen.push(...json.results.map((row: { session_number: number }) => row.session_number));
    next = json.next;
  }
  expect(seen).toEqual(Array.from({ length: 20 }, (_, at) => 20 - at));
});
