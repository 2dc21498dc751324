import { describe, expect, it } from "vitest";
import {
  contradictionOf,
  decisionOf,
  type Message,
  mayTryAgain,
  messageOf,
  planOf,
  RETRY_AFTER_SECONDS,
  refusalOfUpdate,
  retryDelay,
} from "./rules";

const envelope = {
  event_id: "e1",
  webhook_type: "status.updated",
  timestamp: 1_790_000_000,
  created_at: 1_789_999_990,
  environment: "sandbox",
  session_id: "s1",
  status: "Approved",
  vendor_data: "cust-1",
  decision: { session_id: "s1", status: "Approved" },
};
const message = (more: object = {}) => messageOf({ ...envelope, ...more }) as Message;

describe("a message", () => {
  it("is read from its envelope, whichever kind it is of", () => {
    expect(message()).toMatchObject({
      eventId: "e1",
      kind: "user",
      reference: "s1",
      status: "Approved",
      happenedAt: 1_789_999_990,
      signedAt: 1_790_000_000,
      isTest: false,
    });
    expect(message({ session_kind: "business" }).kind).toBe("business");
    expect(message({ session_id: undefined, business_session_id: "b1" })).toMatchObject({
      kind: "business",
      reference: "b1",
    });
    expect(message({ decision: { session_kind: "business" } }).kind).toBe("business");
    expect(message({ status: "IN_REVIEW" }).status).toBe("In Review");
    expect(message({ created_at: undefined }).happenedAt).toBe(envelope.timestamp);
    expect(message({ created_at: envelope.timestamp + 1 }).happenedAt).toBe(envelope.timestamp);
  });

  it.each([
    ["no type", { webhook_type: undefined }],
    ["no time", { timestamp: undefined }],
    ["a time in words", { timestamp: "2026-01-01" }],
    ["an event id that no column takes", { event_id: "a\u0000b" }],
    ["a session id that is an object", { session_id: {} }],
    ["a decision that is a list", { decision: [1] }],
  ])("with %s is none", (_, more) => {
    expect(messageOf({ ...envelope, ...more })).toBeNull();
  });

  it.each([
    [{}, { do: "take_in" }],
    [{ status: "IN_REVIEW" }, { do: "take_in" }],
    [{ status: "Declined" }, { do: "take_in" }],
    [{ status: "Kyc Expired" }, { do: "expire" }],
    [
      { status: "In Progress", decision: undefined },
      { do: "nothing", reason: "not_finished" },
    ],
    [
      { status: "Resubmitted", decision: undefined },
      { do: "nothing", reason: "not_finished" },
    ],
    [{ status: "of its own" }, { do: "nothing", reason: "not_finished" }],
    [{ webhook_type: "user.status.updated" }, { do: "nothing", reason: "other_event" }],
    [{ webhook_type: "data.updated" }, { do: "nothing", reason: "other_event" }],
    [{ event_id: undefined }, { do: "nothing", reason: "test_message" }],
    [{ metadata: { test_webhook: true } }, { do: "nothing", reason: "test_message" }],
    [{ environment: "live" }, { do: "refuse", reason: "environment_mismatch" }],
    [
      { environment: undefined, decision: { environment: "live" } },
      { do: "refuse", reason: "environment_mismatch" },
    ],
    [{ environment: undefined }, { do: "take_in" }],
    [{ decision: undefined }, { do: "refuse", reason: "not_a_decision" }],
    [{ session_id: undefined }, { do: "refuse", reason: "not_a_decision" }],
  ])("%j: %j", (more, plan) => {
    expect(planOf(message(more), "sandbox")).toEqual(plan);
  });

  it("becomes a decision: what only the envelope says is taken from there", () => {
    expect(decisionOf(message({ decision: { status: "Approved" }, metadata: { plan: "gold" } }))).toEqual({
      session_id: "s1",
      session_kind: "user",
      status: "Approved",
      vendor_data: "cust-1",
      metadata: { plan: "gold" },
      created_at: "2026-09-21T14:13:10.000Z",
    });
  });

  it.each([
    [{}, null],
    [{ status: "APPROVED" }, null],
    [{ decision: { session_id: "s2" } }, "decision.session_id"],
    [{ decision: { status: "Declined" } }, "decision.status"],
    [{ session_kind: "user", decision: { session_kind: "business" } }, "decision.session_kind"],
  ])("that says two things at once is not believed: %j", (more, path) => {
    expect(contradictionOf(message(more))).toBe(path);
  });
});

describe("a later message", () => {
  const present = { status: "In Review", kind: "user", decidedHere: false } as const;
  it.each([
    [present, { status: "Approved", kind: "user" }, null],
    [present, { status: "In Review", kind: "user" }, null],
    [{ ...present, status: "Approved" }, { status: "Declined", kind: "user" }, null],
    [{ ...present, status: "Approved" }, { status: "Kyc Expired", kind: "user" }, null],
    [{ ...present, status: "Kyc Expired" }, { status: "Approved", kind: "user" }, null],
    [{ ...present, status: "Declined" }, { status: "Kyc Expired", kind: "user" }, "status_not_permitted"],
    [{ ...present, status: "In Progress" }, { status: "Approved", kind: "user" }, "status_not_permitted"],
    [{ ...present, decidedHere: true }, { status: "Approved", kind: "user" }, "decided_here"],
    [{ ...present, decidedHere: true, status: "Approved" }, { status: "Kyc Expired", kind: "user" }, "decided_here"],
    [present, { status: "Approved", kind: "business" }, "kind_changed"],
  ] as const)("%j to %j: %s", (from, to, refusal) => {
    expect(refusalOfUpdate(from, to)).toBe(refusal);
  });
});

describe("trying again", () => {
  it("comes ever later, within what links live, and ends", () => {
    const delays = [1, 2, 3, 4, 5, 6].map((tries) => retryDelay(tries, 0.5));
    expect(delays).toEqual([...RETRY_AFTER_SECONDS, null]);
    expect(RETRY_AFTER_SECONDS.reduce((sum, one) => sum + one, 0)).toBeLessThan(3600);
    expect(retryDelay(1, 0)).toBeCloseTo(13.5);
    expect(retryDelay(1, 1)).toBeCloseTo(16.5);
  });

  it("by hand is for what failed or was refused", () => {
    const able = ["waiting", "brought_in", "updated", "acknowledged", "refused", "failed"] as const;
    expect(able.filter(mayTryAgain)).toEqual(["refused", "failed"]);
  });
});
