import { expect, person, test } from "../../fixtures";

test("§4.5 a report is a PDF, with and without the slash", async ({ issuer, sessionId, request }) => {
  for (const form of [`/v3/session/${sessionId}/generate-pdf/`, `/v3/session/${sessionId}/generate-pdf`]) {
    const response = await request.get(form, { headers: { "x-api-key": issuer.side.api_key }, maxRedirects: 0 });
    expect(response.status()).toBe(200);
    const headers = response.headers();
    expect(headers["content-type"]).toBe("application/pdf");
    expect(headers["content-disposition"]).toMatch(/^attachment; filename="session-\d+\.pdf"/);
    expect(headers["cache-control"]).toBe("no-store");
    const body = await response.body();
    expect(body.subarray(0, 5).toString()).toBe("%PDF-");
    expect(body.subarray(-6).toString()).toContain("%%EOF");
    expect(Number(headers["content-length"])).toBe(body.byteLength);
    expect(headers["x-ratelimit-limit"]).toBe("50");
  }
});

test("§4.5 there is none of a session that is not finished: a 403 that says which are", async ({ issuer }) => {
  const id = await issuer.bringIn(person({ status: "In Review" }));
  await issuer.patch(`/v3/session/${id}/update-status/`, { new_status: "Resubmitted" });
  const answer = await issuer.get(`/v3/session/${id}/generate-pdf/`);
  expect([answer.status, answer.json.code]).toEqual([403, "report_not_available"]);
  expect(answer.json.detail).toContain("Resubmitted");
});
