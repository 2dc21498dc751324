import { type Caller, expect, person, test } from "../../fixtures";

const TOKENS = 50;
const AT_ONCE = 64;

async function redeem(
  url: string,
  receiver: Caller,
  shareToken: string,
): Promise<{ status: number; sessionId: string }> {
  const response = await fetch(`${url}/v3/session/import-shared/`, {
    method: "POST",
    headers: { "x-api-key": receiver.side.api_key, "content-type": "application/json" },
    body: JSON.stringify({ share_token: shareToken }),
  });
  const body = (await response.json()) as { session_id: string; code?: string };
  if (response.status === 403) expect(body.code).toBe("already_imported");
  return { status: response.status, sessionId: body.session_id };
}

async function finishedSessions(issuer: Caller, count: number): Promise<string[]> {
  const decisions = Array.from({ length: count }, () => person());
  const { json } = await issuer.post("/v3/session/imports/", { decisions });
  expect(json.imported).toBe(count);
  return json.results.map((result: { session_id: string }) => result.session_id);
}

test("§2.4 each of 50 tokens is redeemed once, however many servers and clients try at the same instant", async ({
  issuer,
  receiver,
  baseURL,
}, info) => {
  test.setTimeout(180_000);
  const sources = await finishedSessions(issuer, TOKENS);
  const tokens = await Promise.all(sources.map((id) => issuer.mint(id, receiver)));
  const started = Date.now();
  const clones = new Set<string>();
  // One token after another: more at the same time would only make other specs wait for their answers.
  for (const token of tokens) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => redeem(baseURL!, receiver, token)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 403)).toHaveLength(AT_ONCE - 1);
    // The winner and every loser name the same session.
    const named = new Set(answers.map(({ sessionId }) => sessionId));
    expect(named.size).toBe(1);
    clones.add([...named][0]!);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  info.annotations.push({ type: "duration", description: `${TOKENS} × ${AT_ONCE} redemptions in ${seconds} s` });
  expect(clones.size).toBe(TOKENS);
  const numbers = new Set<number>();
  for (const id of clones) {
    const { status, json } = await receiver.get(`/v3/session/${id}/decision/`);
    expect(status).toBe(200);
    expect(sources).toContain(json.shared_from_session);
    numbers.add(json.session_number);
  }
  expect(numbers.size).toBe(TOKENS);
});

test("§2.5 two tokens of one session in the same instant make one clone", async ({ issuer, receiver, baseURL }) => {
  for (const id of await finishedSessions(issuer, 10)) {
    const tokens = [await issuer.mint(id, receiver), await issuer.mint(id, receiver)];
    const answers = await Promise.all(tokens.map((token) => redeem(baseURL!, receiver, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
    expect(answers[0]!.sessionId).toBe(answers[1]!.sessionId);
  }
});

test("§4.3 two reviews in the same instant leave one of the two decisions, and both are on record", async ({
  issuer,
}) => {
  const [id] = await finishedSessions(issuer, 1);
  const decide = (new_status: string) => issuer.patch(`/v3/session/${id}/update-status/`, { new_status });
  const answers = await Promise.all([decide("Declined"), decide("Resubmitted"), decide("Declined")]);
  for (const { status } of answers) expect(status).toBe(200);
  const { json } = await issuer.get(`/v3/session/${id}/decision/`);
  expect(json.reviews.at(-1).new_status).toBe(json.status);
});
