import { describe, expect, it } from "vitest";
import {
  FEATURE_STATUSES,
  FINISHED,
  isFinished,
  isReviewable,
  landingStatus,
  parseStatus,
  reviewOutcomesFrom,
  SESSION_STATUSES,
  type SessionStatus,
  TRANSITIONS,
  upperSnake,
} from "./rules";

describe("session statuses", () => {
  it("are the ten of the contract, spelled exactly", () => {
    expect(SESSION_STATUSES).toEqual([
      "Not Started",
      "In Progress",
      "Awaiting User",
      "In Review",
      "Approved",
      "Declined",
      "Resubmitted",
      "Expired",
      "Kyc Expired",
      "Abandoned",
    ]);
    expect(FEATURE_STATUSES).toHaveLength(8);
  });

  it.each([...SESSION_STATUSES])("%s is read in both spellings", (status) => {
    expect(parseStatus(status)).toBe(status);
    expect(parseStatus(upperSnake(status))).toBe(status);
    expect(parseStatus(status.toLowerCase())).toBe(status);
    expect(parseStatus(` ${status} `)).toBe(status);
  });

  it.each(["", "APPROVED!", "Not Finished", "Rejected", "in-review", "constructor", "__proto__"])(
    "%j is not one",
    (spelled) => {
      expect(parseStatus(spelled)).toBeNull();
    },
  );

  it.each([...SESSION_STATUSES])("%s can be shared only when it is finished", (status) => {
    expect(isFinished(status)).toBe(["Approved", "Declined", "In Review"].includes(status));
  });
});

describe("what a reviewer may decide", () => {
  const allowed: Record<SessionStatus, string[]> = {
    "Not Started": [],
    "In Progress": [],
    "Awaiting User": [],
    "In Review": ["Approved", "Declined", "Resubmitted"],
    Approved: ["Declined", "Resubmitted"],
    Declined: ["Approved", "Resubmitted"],
    Resubmitted: ["Approved", "Declined"],
    Expired: [],
    "Kyc Expired": ["Approved", "Declined", "Resubmitted"],
    Abandoned: ["Approved", "Declined", "Resubmitted"],
  };

  it.each(Object.entries(allowed))("from %s: %j", (from, outcomes) => {
    expect(reviewOutcomesFrom(from as SessionStatus)).toEqual(outcomes);
    expect(isReviewable(from as SessionStatus)).toBe(outcomes.length > 0);
  });
});

describe("what a session does by itself", () => {
  it("leads only to known statuses and never to itself", () => {
    for (const [from, to] of Object.entries(TRANSITIONS)) {
      expect(SESSION_STATUSES).toEqual(expect.arrayContaining([...to]));
      expect(to).not.toContain(from);
    }
  });

  it("reaches every status from the start", () => {
    const reached = new Set<SessionStatus>(["Not Started"]);
    for (const status of reached) for (const next of TRANSITIONS[status]) reached.add(next);
    expect([...reached].sort()).toEqual([...SESSION_STATUSES].sort());
  });
});

describe("where a clone lands", () => {
  it.each([...FINISHED])("%s stays when trusted and is In Review when not", (status) => {
    expect(landingStatus(status, true)).toBe(status);
    expect(landingStatus(status, false)).toBe("In Review");
  });
});
