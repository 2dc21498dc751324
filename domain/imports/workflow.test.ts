import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/client";
import { workflows } from "@/db/schema";
import { codeOf, mintFor, newApplication, newCompany, newPair, newPerson, refusalOf, share } from "../testing";
import { importSharedSession } from "./import";

const missing = "7b1f0a52-3f0e-4d0c-9a53-0d7c2f6d1e11";

describe("the workflow of an import", () => {
  const minted = async () => {
    const { issuer, receiver } = await newPair();
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const redeem = (workflowId?: string) => importSharedSession(receiver.actor, { shareToken: token, workflowId });
    return { issuer, receiver, redeem };
  };

  it("is the one that is named, by its id or by its version's id", async () => {
    const one = await minted();
    expect((await one.redeem(one.receiver.workflows.otherUser)).view.session.workflowId).toBe(
      one.receiver.workflows.otherUser,
    );
    const two = await minted();
    expect((await two.redeem(two.receiver.workflows.userVersion)).view.session.workflowId).toBe(
      two.receiver.workflows.user,
    );
  });

  it("is the default of the kind when none is named", async () => {
    const { issuer, receiver } = await newPair();
    const person = await share(issuer, receiver, (await newPerson(issuer)).id);
    const company = await share(issuer, receiver, (await newCompany(issuer)).id);
    expect(person.view.session.workflowId).toBe(receiver.workflows.user);
    expect(company.view.session.workflowId).toBe(receiver.workflows.business);
  });

  it("of another application is not found, nor one that does not exist, and the token is not burnt", async () => {
    const { issuer, redeem } = await minted();
    const foreign = await refusalOf(redeem(issuer.workflows.user));
    const absent = await refusalOf(redeem(missing));
    expect([foreign.code, foreign.message]).toEqual(["workflow_not_found", "Workflow not found."]);
    expect([absent.code, absent.message]).toEqual([foreign.code, foreign.message]);
    expect((await redeem()).sessionNumber).toBe(1);
  });

  it("of the other kind is refused with the field's name, and the token is not burnt", async () => {
    const { receiver, redeem } = await minted();
    const refusal = await refusalOf(redeem(receiver.workflows.business));
    expect(refusal.code).toBe("workflow_kind_mismatch");
    expect(refusal.fields).toEqual({ workflow_id: ["Workflow type does not match the shared session kind."] });
    expect((await redeem()).sessionNumber).toBe(1);
  });

  it("that is archived is not found", async () => {
    const { receiver, redeem } = await minted();
    await inTenant({ applicationId: receiver.id }, (tx) =>
      tx.update(workflows).set({ archivedAt: new Date() }).where(eq(workflows.id, receiver.workflows.otherUser)),
    );
    expect(await codeOf(redeem(receiver.workflows.otherUser))).toBe("workflow_not_found");
  });

  it("must be named where there is no default", async () => {
    const issuer = await newApplication();
    const receiver = await newApplication({ withoutWorkflows: true });
    const { token } = await mintFor(issuer, receiver, (await newPerson(issuer)).id);
    const refusal = await refusalOf(importSharedSession(receiver.actor, { shareToken: token }));
    expect(refusal.fields).toHaveProperty("workflow_id");
  });
});
