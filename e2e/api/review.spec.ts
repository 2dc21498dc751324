import { company, expect, test } from "../fixtures";

test("a clone is decided by its receiver, in either spelling, and only as the contract allows", async ({
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
