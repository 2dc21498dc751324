import { newAccount } from "../../accounts";
import { expect, person, test } from "../../fixtures";

test("ours: what is in review is listed, taken, given and prioritised, and is gone once it is decided", async ({
  request,
}) => {
  const { visitor, token, organisation, application } = await newAccount(request);
  const headers = { "x-didit-organization-id": organisation.uuid };
  const byMember = (method: string, path: string, data?: unknown) =>
    visitor.call(method, path, { token, headers, data });
  const byKey = (method: string, path: string, data?: unknown) =>
    visitor.call(method, path, { headers: { "x-api-key": application.api_key }, data });
  const decisions = [1, 2, 3].map(() => person({ status: "In Review" }));
  const { json: stored } = await byKey("POST", "/v3/session/imports/", { decisions });
  const [first, second, third] = stored.results.map((row: { session_id: string }) => row.session_id);

  const page = (await byKey("GET", "/v3/review-queue/?limit=2")).json;
  expect(page.results.map((one: { session_id: string }) => one.session_id)).toEqual([first, second]);
  expect(page.results[0]).toMatchObject({ priority: "normal", assignee: null, is_breached: false, partner: null });
  expect(new Date(page.results[0].due_at).getTime() - new Date(page.results[0].opened_at).getTime()).toBe(86_400_000);
  const next = (await byKey("GET", new URL(page.next).pathname + new URL(page.next).search)).json;
  expect([next.results.length, next.results[0].session_id, next.next]).toEqual([1, third, null]);
  const wrong = await byKey("GET", "/v3/review-queue/?sort=number&cursor=1_2_3");
  expect([wrong.status, Object.keys(wrong.json)]).toEqual([400, expect.arrayContaining(["cursor"])]);

  const urgent = { session_ids: [third, first], priority: "urgent" };
  expect((await byKey("POST", "/v3/review-queue/priority/", { ...urgent, preview: true })).json).toMatchObject({
    preview: true,
    changed: 2,
  });
  expect((await byKey("POST", "/v3/review-queue/priority/", { ...urgent, session_ids: [third] })).json).toMatchObject({
    preview: false,
    changed: 1,
    results: [{ session_id: third, outcome: "changed", held_by: null }],
  });

  // A key takes nothing for itself; a member does.
  const nobody = await byKey("POST", "/v3/review-queue/take-next/", {});
  expect([nobody.status, Object.keys(nobody.json)]).toEqual([400, expect.arrayContaining(["assignee_id"])]);
  const taken = await byMember("POST", "/v3/review-queue/take-next/", {});
  expect(taken.json).toMatchObject({ session_id: third, priority: "urgent" });
  const mine = (await byMember("GET", "/v3/review-queue/?assignee=me")).json;
  expect(mine.results).toMatchObject([{ session_id: third, assignee: taken.json.assignee }]);
  const given = await byKey("POST", "/v3/review-queue/assign/", {
    session_ids: [first, second],
    assignee_id: taken.json.assignee_id,
  });
  expect(given.json.changed).toBe(2);
  expect((await byMember("POST", "/v3/review-queue/take-next/", {})).status).toBe(204);
  expect(
    (await byKey("POST", "/v3/review-queue/assign/", { session_ids: [first], assignee_id: null })).json,
  ).toMatchObject({
    changed: 1,
    results: [{ held_by: taken.json.assignee }],
  });

  await byKey("PATCH", `/v3/session/${first}/update-status/`, { new_status: "Declined" });
  const left = (await byKey("GET", "/v3/review-queue/?sort=number&direction=desc")).json;
  expect(left.results.map((one: { session_id: string }) => one.session_id)).toEqual([third, second]);
  expect((await byKey("POST", "/v3/review-queue/priority/", urgent)).json.results).toMatchObject([
    { session_id: third, outcome: "unchanged" },
    { session_id: first, outcome: "not_in_review" },
  ]);
});
