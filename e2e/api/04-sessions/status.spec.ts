import { lastMailTo } from "../../accounts";
import { company, expect, person, test } from "../../fixtures";

test("§4.3 a clone is decided by its receiver, in either spelling, and only as the contract allows", async ({
  issuer,
  receiver,
}) => {
  const { json } = await receiver.redeem(await issuer.mint(await issuer.bringIn(company(null)), receiver));
  const path = `/v3/session/${json.session_id}/update-status/`;
  const answer = await receiver.patch(path, { new_status: "DECLINED", comment: "Outside our policy." });
  expect([answer.status, answer.json]).toEqual([200, { session_id: json.session_id }]);
  const decision = (await receiver.get(`/v3/session/${json.session_id}/decision/`)).json;
  expect(decision.status).toBe("DECLINED");
  expect(decision.reviews.at(-1)).toMatchObject({
    user: "API Client",
    new_status: "DECLINED",
    comment: "Outside our policy.",
  });
  expect((await receiver.patch(path, { new_status: "Declined" })).status).toBe(200);
  expect((await receiver.get(`/v3/session/${json.session_id}/decision/`)).json.reviews).toHaveLength(
    decision.reviews.length,
  );
  for (const new_status of ["In Review", "Expired", "Excellent"]) {
    const refused = await receiver.patch(path, { new_status });
    expect([refused.status, refused.json.new_status]).toEqual([400, [`"${new_status}" is not a valid choice.`]]);
  }
});

test("§4.3 the state of the session is looked at before the body", async ({ issuer }) => {
  const { json } = await issuer.post("/v3/session/", { workflow_id: issuer.side.workflows.user });
  const path = `/v3/session/${json.session_id}/update-status/`;
  for (const body of [{ new_status: "Approved" }, { new_status: "Excellent" }, {}]) {
    const answer = await issuer.patch(path, body);
    expect([answer.status, answer.json.code]).toEqual([400, "transition_not_allowed"]);
    expect(answer.json.detail).toMatch(/^Wrong Current Status/);
  }
  const missing = await issuer.patch("/v3/session/7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11/update-status/", {});
  expect(missing.status).toBe(404);
});

test("§4.3 steps are asked for again by any of their names, or all that are not good", async ({ issuer }) => {
  const steps = {
    id_verifications: [{ node_id: "feature_ocr", status: "Declined", warnings: [] }],
    aml_screenings: [{ node_id: "feature_aml", status: "Approved", hits: [], warnings: [] }],
  };
  const ask = async (nodes_to_resubmit: unknown) => {
    const id = await issuer.bringIn(person({ status: "In Review", ...steps }));
    const answer = await issuer.patch(`/v3/session/${id}/update-status/`, {
      new_status: "Resubmitted",
      nodes_to_resubmit,
    });
    const { results } = (await issuer.get(`/v3/sessions/${id}/reviews/`)).json;
    return { answer, nodes: results[0]?.metadata?.nodes };
  };
  const ocr = [{ node_id: "feature_ocr", feature: "OCR" }];
  for (const nodes of [undefined, [], ["ID_VERIFICATION"], ["feature_ocr"], [{ node_id: "x", feature: "OCR" }]]) {
    const asked = await ask(nodes);
    expect([asked.answer.status, asked.nodes], JSON.stringify(nodes)).toEqual([200, ocr]);
  }
  for (const [nodes, message] of [
    [["NFC"], '"NFC" is not a step of this session.'],
    [["KYB_REGISTRY"], "KYB_REGISTRY cannot be resubmitted."],
  ] as const) {
    const { answer } = await ask(nodes);
    expect([answer.status, answer.json]).toEqual([400, { nodes_to_resubmit: [message], code: "invalid_input" }]);
  }
  const good = await issuer.bringIn(person({ aml_screenings: null }));
  const none = await issuer.patch(`/v3/session/${good}/update-status/`, { new_status: "Resubmitted" });
  expect([none.status, none.json.nodes_to_resubmit]).toEqual([400, ["No features found that need resubmission."]]);
});

test("§4.3 asking again for what no person does is a 429 within half a minute", async ({ issuer }) => {
  const id = await issuer.bringIn(person({ status: "In Review" }));
  const path = `/v3/session/${id}/update-status/`;
  const again = { new_status: "Resubmitted", nodes_to_resubmit: ["AML"] };
  expect((await issuer.patch(path, again)).status).toBe(200);
  expect((await issuer.patch(path, { new_status: "Approved" })).status).toBe(200);
  const refused = await issuer.patch(path, again);
  expect([refused.status, refused.json.code]).toEqual([429, "rate_limited"]);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  expect((await issuer.patch(path, { new_status: "Resubmitted", nodes_to_resubmit: ["OCR"] })).status).toBe(200);
});

test("§4.3 the person is told when asked for, and their address is required then", async ({ issuer, sessionId }) => {
  const path = `/v3/session/${sessionId}/update-status/`;
  const without = await issuer.patch(path, { new_status: "Declined", send_email: true });
  expect([without.status, without.json.email_address]).toEqual([400, ["This field is required."]]);
  const recipient = `${sessionId}@people.example`;
  const told = { new_status: "Declined", send_email: true, email_address: recipient, email_language: "es" };
  expect((await issuer.patch(path, told)).status).toBe(200);
  const mail = await lastMailTo(recipient);
  expect(mail).toMatchObject({ kind: "session_decision" });
  expect(mail.subject).toContain("rechazada");
});
