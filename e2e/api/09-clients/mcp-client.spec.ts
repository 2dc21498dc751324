import { randomBytes } from "node:crypto";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { waitingMails } from "@/domain/mail/mailbox";
import { expect, person, test } from "../../fixtures";

// Contract sections 9.1 and 11: the official MCP client, unchanged, with this server's address in its two variables.

const server = process.env.AVAL_BASE_URL ?? "http://127.0.0.1:3000";

async function official(apiKey: string) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ["node_modules/@didit-protocol/mcp-server/dist/index.js"],
    env: {
      PATH: process.env.PATH ?? "",
      DIDIT_API_KEY: apiKey,
      DIDIT_API_BASE_URL: `${server}/v3`,
      DIDIT_AUTH_BASE_URL: `${server}/auth/v2`,
    },
    stderr: "ignore",
  });
  const client = new Client({ name: "conformance", version: "1.0.0" });
  await client.connect(transport);
  return {
    /** What the tool answers; a refusal by the server fails the test with its text. */
    // biome-ignore lint/suspicious/noExplicitAny: every test says what it expects of an answer
    async call(name: string, given: Record<string, unknown> = {}): Promise<any> {
      const answer = await client.callTool({ name, arguments: given });
      const [{ text }] = answer.content as [{ text: string }];
      expect(answer.isError ?? false, `${name}: ${text}`).toBe(false);
      return JSON.parse(text);
    },
    close: () => client.close(),
  };
}

test("§9.1 register, verify, organisations, applications, workflow, sessions and destinations through the official client", async ({
  demo,
}) => {
  const visitor = await official(demo.stranger.api_key);
  const email = `mcp-${randomBytes(5).toString("hex")}@client.example`;
  try {
    await visitor.call("didit_register", { email, password: "Str0ng!passphrase" });
    const mail = (await waitingMails()).find(({ recipient }) => recipient === email);
    const code = /\b([A-Z0-9]{6})\b/.exec(mail!.text)![1]!;
    const verified = await visitor.call("didit_verify_email", { email, code });
    const { access_token } = verified;
    const [organisation] = await visitor.call("didit_list_organizations", { access_token });
    const organization_id = organisation.uuid;
    const [application] = await visitor.call("didit_list_applications", { access_token, organization_id });
    expect(application).toMatchObject({ client_id: expect.any(String), api_key: expect.any(String) });

    const owner = await official(application.api_key);
    try {
      const workflow = await owner.call("didit_create_workflow", {
        workflow_label: "From the client",
        features: [{ feature: "OCR" }, { feature: "LIVENESS" }],
      });
      expect((await owner.call("didit_list_workflows")).results).toContainEqual(
        expect.objectContaining({ uuid: workflow.uuid }),
      );
      expect(await owner.call("didit_list_sessions")).toMatchObject({ count: 0, results: [] });

      const url = `https://hooks-${randomBytes(5).toString("hex")}.example.com/`;
      const made = await owner.call("didit_create_webhook_destination", {
        label: "Ledger",
        url,
        subscribed_events: ["status.updated"],
      });
      const destination_uuid = made.uuid;
      expect(await owner.call("didit_list_webhook_destinations")).toMatchObject([{ uuid: destination_uuid, url }]);
      expect(await owner.call("didit_get_webhook_destination", { destination_uuid })).toMatchObject({
        secret_shared_key: made.secret_shared_key,
      });
      expect(await owner.call("didit_update_webhook_destination", { destination_uuid, enabled: false })).toMatchObject({
        enabled: false,
      });
      expect(await owner.call("didit_delete_webhook_destination", { destination_uuid })).toMatchObject({
        success: true,
      });
    } finally {
      await owner.close();
    }
  } finally {
    await visitor.close();
  }
});

test("§9.1 share, import, decision, PDF and reviews through the official client", async ({ demo, issuer: issuing }) => {
  const sessionId = await issuing.bringIn(person());
  const [issuer, receiver] = await Promise.all([official(demo.issuer.api_key), official(demo.receiver.api_key)]);
  try {
    const found = await issuer.call("didit_list_sessions", { search: sessionId });
    expect(found.results).toMatchObject([{ session_id: sessionId }]);
    const shared = await issuer.call("didit_share_session", {
      session_id: sessionId,
      partner_client_id: demo.receiver.client_id,
    });
    expect(shared).toMatchObject({ for_application_id: demo.receiver.application_id, session_kind: "user" });
    const imported = await receiver.call("didit_import_shared_session", { share_token: shared.share_token });
    expect(imported).toMatchObject({ shared_from_session: sessionId, status: "In Review" });
    const session_id = imported.session_id;
    expect(await receiver.call("didit_get_session_decision", { session_id })).toMatchObject({ session_id });
    expect((await receiver.call("didit_generate_session_pdf", { session_id })).raw).toContain("%PDF");
    await receiver.call("didit_add_session_review", { session_id, comment: "Seen.", new_status: "Approved" });
    const reviews = await receiver.call("didit_list_session_reviews", { session_id });
    expect(JSON.stringify(reviews)).toContain("Seen.");
    expect(await receiver.call("didit_update_session_status", { session_id, new_status: "Declined" })).toBeTruthy();
    expect(await receiver.call("didit_get_session_decision", { session_id })).toMatchObject({ status: "Declined" });
  } finally {
    await Promise.all([issuer.close(), receiver.close()]);
  }
});
