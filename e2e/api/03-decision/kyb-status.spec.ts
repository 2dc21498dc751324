import { createApiKey } from "@/domain/access/api-keys";
import { API_KEY_PRIVILEGES } from "@/domain/access/rules";
import { newApplication, newCompany } from "@/domain/testing";
import { Caller, expect, test } from "../../fixtures";

for (const [kybStatusFormat, approved, declined] of [
  ["upper_snake", "APPROVED", "DECLINED"],
  ["title", "Approved", "Declined"],
] as const) {
  test(`§12 a company's status goes out in ${kybStatusFormat}, and both spellings come in`, async ({
    request,
    demo,
  }) => {
    const application = await newApplication({ kybStatusFormat });
    const { key } = await createApiKey(application.actor, { name: "All", privileges: [...API_KEY_PRIVILEGES] });
    const own = new Caller(request, { ...demo.issuer, application_id: application.id, api_key: key });
    const company = await newCompany(application, { peopleCount: 1 });
    const statusNow = async () => {
      const decision = (await own.get(`/v3/session/${company.id}/decision/`)).json;
      // What is inside stays in Title Case: the blocks, and the people's own sessions.
      expect(decision.registry_checks[0].status).toMatch(/^[A-Z][a-z]/);
      expect(decision.key_people_sessions[0].status).toBe("Approved");
      return decision.status;
    };
    expect(await statusNow()).toBe(approved);
    for (const [given, expected] of [
      ["DECLINED", declined],
      ["Approved", approved],
      ["Declined", declined],
      ["APPROVED", approved],
    ] as const) {
      const answer = await own.patch(`/v3/session/${company.id}/update-status/`, { new_status: given });
      expect([answer.status, await statusNow()], given).toEqual([200, expected]);
    }
    for (const spelled of ["Approved", "APPROVED"]) {
      const { json } = await own.get(`/v3/sessions/?session_kind=business&status=${spelled}`);
      expect(json.results.map((row: { status: string }) => row.status)).toEqual([approved]);
    }
  });
}
