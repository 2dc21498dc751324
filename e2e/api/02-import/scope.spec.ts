import { claimsOf, expect, person, test } from "../../fixtures";

test("a share without blocks and media lands without them and says so", async ({ issuer, receiver }) => {
  const sessionId = await issuer.bringIn(person());
  const minted = await issuer.post(`/v3/session/${sessionId}/share/`, {
    for_application_id: receiver.id,
    share: { omit: ["AML"], media: false },
  });
  expect(minted.status).toBe(201);
  expect(minted.json.share).toEqual({ omit: ["AML"], media: false });
  const token = minted.json.share_token;
  expect(claimsOf(token)).toMatchObject({ share: { omit: ["AML"], media: false } });
  const inspected = await receiver.post("/v3/share-tokens/inspect/", { share_token: token });
  expect(inspected.json.share).toEqual({ omit: ["AML"], media: false });

  const whole = (await issuer.get(`/v3/session/${sessionId}/decision/`)).json;
  expect(whole.aml_screenings.length).toBeGreaterThan(0);
  expect(whole).not.toHaveProperty("omitted");
  const imported = (await receiver.redeem(token)).json;
  expect(imported).toMatchObject({
    aml_screenings: null,
    shared_from_session: sessionId,
    omitted: {
      features: [{ feature: "AML", application_id: issuer.id }],
      media: JSON.stringify(whole).includes("/media/") ? { application_id: issuer.id } : null,
    },
  });
  expect(imported.features).not.toContain("AML");
  expect(JSON.stringify(imported)).not.toContain("/media/");
  expect((await receiver.get(`/v3/session/${imported.session_id}/decision/`)).json.omitted).toEqual(imported.omitted);
});

test("a share of nothing, and of what is no block, is refused by the field's name", async ({ issuer, receiver }) => {
  const sessionId = await issuer.bringIn(person());
  const { features } = (await issuer.get(`/v3/session/${sessionId}/decision/`)).json;
  const mint = (share: unknown) =>
    issuer.post(`/v3/session/${sessionId}/share/`, { for_application_id: receiver.id, share });
  const nothing = await mint({ omit: features });
  expect([nothing.status, Object.keys(nothing.json).sort()]).toEqual([400, ["code", "share"]]);
  const unknown = await mint({ omit: ["OCR"] });
  expect([unknown.status, Object.keys(unknown.json).sort()]).toEqual([400, ["code", "share"]]);
  // Nothing left out is the contract's own share.
  const all = await mint({ omit: [], media: true });
  expect(Object.keys(all.json).sort()).toEqual(["for_application_id", "session_kind", "share_token"]);
});
