import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { auditEntries, sessions, stepRequests, webhookEvents } from "@/db/schema";
import { previewImport } from "../imports/preview";
import { enqueue } from "../outbox/enqueue";
import { readSession } from "../sessions/read";
import {
  carryFrom,
  codeOf,
  mintFor,
  newApplication,
  newPair,
  newPerson,
  refusalOf,
  share,
  type TestApplication,
} from "../testing";
import { answerStepRequest, askForSteps } from "./answer";
import { listStepRequests } from "./list";
import { requestSteps } from "./request";
import { parseSteps, stepsToAskAgain } from "./rules";

const requestsOf = async (application: TestApplication) =>
  (await listStepRequests(application.actor, {}, null, 50)).rows;

const eventsOf = (application: TestApplication, type: string) =>
  inTenant({ applicationId: application.id }, async (tx) =>
    (await tx.select().from(webhookEvents).where(eq(webhookEvents.type, type))).map(({ payload }) => payload),
  );

const trailOf = (application: TestApplication) =>
  inTenant({ applicationId: application.id }, async (tx) =>
    (
      await tx
        .select({ action: auditEntries.action })
        .from(auditEntries)
        .where(and(eq(auditEntries.applicationId, application.id), eq(auditEntries.subjectKind, "step_request")))
    ).map(({ action }) => action),
  );

describe("a request for steps", () => {
  it("reaches the issuer before the token is redeemed, and its answer comes back", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    const sent = await requestSteps(receiver.actor, { shareToken: token, steps: ["DOCUMENT_AI", "OCR"] });
    expect(sent).toMatchObject({
      direction: "sent",
      state: "open",
      steps: ["OCR", "DOCUMENT_AI"],
      sourceSessionId: session.id,
    });
    expect((await previewImport(receiver.actor, { shareToken: token })).preview!.openRequest).toMatchObject({
      id: sent.id,
      steps: ["OCR", "DOCUMENT_AI"],
    });
    await carryFrom(receiver);
    const [received] = await requestsOf(issuer);
    expect(received).toMatchObject({
      request: {
        id: sent.id,
        direction: "received",
        state: "open",
        partnerApplicationId: receiver.id,
        createdByLabel: null,
      },
      partner: { name: receiver.name },
      session: { id: session.id },
      askable: ["OCR"],
    });
    expect(await eventsOf(issuer, "step_request.received")).toEqual([
      { step_request_id: sent.id, session_id: session.id, steps: "OCR,DOCUMENT_AI", for_application_id: receiver.id },
    ]);

    await answerStepRequest(issuer.actor, { requestId: sent.id, state: "declined", reason: "not_agreed" });
    await carryFrom(issuer);
    expect((await requestsOf(receiver))[0]!.request).toMatchObject({
      state: "declined",
      reason: "not_agreed",
      answeredByLabel: null,
    });
    expect(await eventsOf(receiver, "step_request.answered")).toMatchObject([
      { step_request_id: sent.id, state: "declined", reason: "not_agreed", from_application_id: issuer.id },
    ]);
    expect((await trailOf(receiver)).sort()).toEqual(["step_request.answered", "step_request.send"]);
    expect((await trailOf(issuer)).sort()).toEqual(["step_request.answer", "step_request.received"]);
    expect((await previewImport(receiver.actor, { shareToken: token })).preview!.openRequest).toBeNull();
  });

  it("can be made by the clone, once at a time, and again after it was answered", async () => {
    const { issuer, receiver } = await newPair();
    const imported = await share(issuer, receiver, (await newPerson(issuer)).id);
    const ask = () => requestSteps(receiver.actor, { sessionId: imported.sessionId, steps: ["NFC"] });
    const first = await ask();
    expect(await codeOf(ask())).toBe("conflict");
    await carryFrom(receiver);
    expect((await requestsOf(receiver))[0]).toMatchObject({ session: { id: imported.sessionId }, askable: [] });
    await answerStepRequest(issuer.actor, { requestId: first.id, state: "done" });
    await carryFrom(issuer);
    expect((await requestsOf(receiver))[0]!.request.state).toBe("done");
    await ask();
    await carryFrom(receiver);
    expect((await requestsOf(issuer)).map(({ request }) => request.state)).toEqual(["open", "done"]);
  });

  it("asks the person again in one go, and stays open", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    const { id } = await requestSteps(receiver.actor, {
      shareToken: token,
      steps: ["PROOF_OF_ADDRESS", "DOCUMENT_AI"],
    });
    await carryFrom(receiver);
    expect(await askForSteps(issuer.actor, { requestId: id })).toMatchObject({ status: "Resubmitted" });
    const { session: asked, reviews } = await readSession(issuer.actor, session.id);
    expect(asked.status).toBe("Resubmitted");
    expect(reviews.at(-1)!.nodes).toEqual([{ nodeId: "feature_proof_of_address", feature: "PROOF_OF_ADDRESS" }]);
    await carryFrom(issuer);
    for (const side of [issuer, receiver]) {
      const [row] = await requestsOf(side);
      expect(row!.request).toMatchObject({ state: "open", askedAgainAt: expect.any(Date) });
      expect(row!.askable).toEqual([]);
    }
    expect(await eventsOf(receiver, "step_request.answered")).toMatchObject([{ state: "asked_again" }]);
  });

  it("is not asked of the person when the session has no such step", async () => {
    const { issuer, receiver } = await newPair();
    const { token, sessionId } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const { id } = await requestSteps(receiver.actor, { shareToken: token, steps: ["DOCUMENT_AI"] });
    await carryFrom(receiver);
    const [row] = await requestsOf(issuer);
    const has = (await readSession(issuer.actor, sessionId)).session.features.some(
      ({ feature }) => feature === "DOCUMENT_AI",
    );
    expect(row!.askable).toEqual(has ? ["DOCUMENT_AI"] : []);
    if (!has) expect(await codeOf(askForSteps(issuer.actor, { requestId: id }))).toBe("transition_not_allowed");
  });

  it("is for the two of them alone", async () => {
    const { issuer, receiver } = await newPair();
    const stranger = await newApplication();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    expect(await codeOf(requestSteps(stranger.actor, { shareToken: token, steps: ["AML"] }))).toBe(
      "share_token_wrong_application",
    );
    expect(await codeOf(requestSteps(receiver.actor, { shareToken: `${token}x`, steps: ["AML"] }))).toBe(
      "share_token_invalid",
    );
    expect(await codeOf(requestSteps(stranger.actor, { sessionId: session.id, steps: ["AML"] }))).toBe("not_found");
    const { id } = await requestSteps(receiver.actor, { shareToken: token, steps: ["AML"] });
    await carryFrom(receiver);
    for (const other of [stranger, receiver])
      expect(await codeOf(answerStepRequest(other.actor, { requestId: id, state: "done" }))).toBe("not_found");
    expect(await requestsOf(stranger)).toEqual([]);
    // A relay that claims a session of which no token names its sender changes nothing.
    await inTenant({ applicationId: stranger.id }, async (tx) => {
      await enqueue(
        tx,
        stranger.id,
        {
          type: "step_request.received",
          toApplicationId: issuer.id,
          payload: { step_request_id: stranger.id, session_id: session.id, steps: "AML", at: new Date().toISOString() },
        },
        {
          type: "step_request.answered",
          toApplicationId: receiver.id,
          payload: { step_request_id: id, state: "done", reason: null, at: new Date().toISOString() },
        },
      );
    });
    await carryFrom(stranger);
    expect((await requestsOf(issuer)).map(({ request }) => request.id)).toEqual([id]);
    expect((await requestsOf(receiver))[0]!.request.state).toBe("open");
  });

  it("for a session that was erased meanwhile is declined by itself", async () => {
    const { issuer, receiver } = await newPair();
    const session = await newPerson(issuer);
    const { token } = await mintFor(issuer, receiver, session.id);
    const { id } = await requestSteps(receiver.actor, { shareToken: token, steps: ["AML"] });
    await inTenant({ applicationId: issuer.id }, (tx) => tx.delete(sessions).where(eq(sessions.id, session.id)));
    await carryFrom(receiver);
    await carryFrom(issuer);
    expect((await requestsOf(receiver))[0]!.request).toMatchObject({ id, state: "declined", reason: "not_held" });
    expect((await requestsOf(issuer))[0]).toMatchObject({ session: null, askable: [], request: { state: "declined" } });
  });

  it("is answered once, with a reason exactly when it is declined", async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const { id } = await requestSteps(receiver.actor, { shareToken: token, steps: ["AML"] });
    await carryFrom(receiver);
    await expect(answerStepRequest(issuer.actor, { requestId: id, state: "declined" })).rejects.toThrow();
    await expect(answerStepRequest(issuer.actor, { requestId: id, state: "done", reason: "other" })).rejects.toThrow();
    await answerStepRequest(issuer.actor, { requestId: id, state: "done" });
    expect(await codeOf(answerStepRequest(issuer.actor, { requestId: id, state: "done" }))).toBe(
      "transition_not_allowed",
    );
    const kinds = await refusalOf(requestSteps(receiver.actor, { shareToken: token, steps: ["KYB_REGISTRY"] }));
    expect(Object.keys(kinds.fields!)).toEqual(["steps"]);
    const rows = await inTenant({ applicationId: issuer.id }, (tx) => tx.select().from(stepRequests));
    expect(rows).toHaveLength(1);
  });

  it("is paged by keyset, and filtered", async () => {
    const { issuer, receiver } = await newPair();
    for (let count = 0; count < 3; count++) {
      const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
      await requestSteps(receiver.actor, { shareToken: token, steps: ["AML"] });
    }
    const first = await listStepRequests(receiver.actor, { direction: "sent", state: "open" }, null, 2);
    expect(first.rows).toHaveLength(2);
    const rest = await listStepRequests(receiver.actor, { direction: "sent" }, first.next, 2);
    expect(rest).toMatchObject({ next: null, rows: [{ request: { direction: "sent" } }] });
    expect((await listStepRequests(receiver.actor, { direction: "received" }, null, 2)).rows).toEqual([]);
  });
});

describe("the names of steps", () => {
  it("travel in one line, and unknown ones are dropped", () => {
    expect(parseSteps("AML,OCR,DROP TABLE")).toEqual(["OCR", "AML"]);
    expect(parseSteps(7)).toEqual([]);
  });

  it("can be asked for again where the session has them", () => {
    const features = [{ feature: "POA" }, { feature: "KYB_REGISTRY" }];
    expect(stepsToAskAgain(["PROOF_OF_ADDRESS", "AML", "KYB_REGISTRY"], features)).toEqual(["PROOF_OF_ADDRESS"]);
  });
});
