import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closeAgreement } from "../agreements/close";
import { readAgreements } from "../agreements/read";
import { SECTIONS } from "../agreements/rules";
import { DomainError } from "../errors";
import { importSharedSession } from "../imports/import";
import { previewImport } from "../imports/preview";
import { invitePartner, stepRelation } from "../partners/pairing";
import type { RelationState, RelationStep, Side } from "../partners/relation-rules";
import { setTrustDefault } from "../partners/trust";
import { readInboxItem } from "../share-inbox/inbox";
import {
  agree,
  asOwner,
  carryFrom,
  memberOf,
  newApplication,
  newPerson,
  type TestApplication,
  trustPartner,
} from "../testing";
import { mintShareToken } from "./mint";
import { revokeSharesOfSession, revokeShareToken, stopSharingWith } from "./revoke";

// Three applications share, take back, pair and part in any order. A model that knows nothing of tables says what each act
// must answer; at the end, what is stored must be what the model holds. MODEL_RUNS says how often, 6 without it.

const RUNS = Number(process.env.MODEL_RUNS ?? 6);
const APPLICATIONS = 3;

const application = fc.nat({ max: APPLICATIONS - 1 });
const pick = fc.nat({ max: 999 });
const op = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("mint"),
      session: pick,
      receiver: application,
      narrow: fc.boolean(),
      handOff: fc.constantFrom("manual", "inbox"),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("redeem"),
      token: pick,
      by: fc.option(application, { freq: 4 }),
      trust: fc.option(fc.boolean()),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("preview"), token: pick, by: fc.option(application, { freq: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("revoke"), token: pick, by: fc.option(application, { freq: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("revokeSession"), session: pick, by: fc.option(application, { freq: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("stop"), by: application, partner: application }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("expire"), token: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("redeemTwice"), token: pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("redeemAgainstRevoke"), token: pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("invite"),
      by: application,
      partner: application,
      as: fc.constantFrom<Side>("issuer", "receiver"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("step"),
      by: application,
      partner: application,
      as: fc.constantFrom<Side>("issuer", "receiver"),
      step: fc.constantFrom<RelationStep>("accept", "decline", "pause", "resume", "resume", "end"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("trust"), by: application, partner: application, on: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("carry"), by: application }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("deliver"), token: pick }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("agree"), by: application, partner: application, narrow: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("terminate"),
      by: application,
      partner: application,
      as: fc.constantFrom<Side>("issuer", "receiver"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("require"), by: application, on: fc.boolean() }) },
);
type Op = typeof op extends fc.Arbitrary<infer T> ? T : never;

interface Token {
  id: string;
  text: string;
  issuer: number;
  receiver: number;
  session: Session;
  /** Without AML and media. */
  narrow: boolean;
  isAgreed: boolean;
  seconds: number;
  handOff: "manual" | "inbox";
  state: "open" | "redeemed" | "revoked";
  expired: boolean;
}

interface Session {
  id: string;
  owner: number;
  /** Whose it was before, the first first. */
  chain: number[];
  from: Session | null;
  status: "Approved" | "In Review";
  narrow: boolean;
  /** Under an agreement that lets it go no further. */
  staysHere: boolean;
}

/** Narrow: no AML, no media, ten minutes, no further. */
const NARROW = {
  sections: SECTIONS.filter((section) => section !== "AML"),
  media: false,
  ttlCeilingInSeconds: 600,
  onwardSharing: false,
};

interface Relation {
  state: RelationState;
  invitedBy: number | null;
  pausedBy: number | null;
}

class Model {
  readonly tokens: Token[] = [];
  readonly sessions: Session[] = [];
  readonly relations = new Map<string, Relation>();
  readonly trusts = new Set<string>();
  readonly known = new Set<string>();
  readonly agreements = new Map<string, "narrow" | "wide">();
  readonly requiring = new Set<number>();
  /** application | token | side | event | code */
  readonly ledger: string[] = [];

  relation = (issuer: number, receiver: number) => this.relations.get(`${issuer}>${receiver}`);

  meet(one: number, other: number): void {
    this.known.add(`${one}:${other}`);
  }

  note(at: number, token: Token, side: Side, event: string, code: string | null = null): void {
    this.ledger.push([at, token.id, side, event, code].join("|"));
  }

  refusedBetween(issuer: number, receiver: number): string | null {
    const state = this.relation(issuer, receiver)?.state;
    return state === "paused" ? "partner_paused" : state === "ended" ? "partner_ended" : null;
  }

  /** What the agreement of this moment says of it, if the relation lets anything through; null when it may be shared. */
  breach(issuer: number, receiver: number, shared: Pick<Token, "session" | "narrow" | "isAgreed" | "seconds">) {
    if (shared.session.staysHere) return "onward_sharing_forbidden";
    const agreed = this.agreements.get(`${issuer}>${receiver}`);
    const isRequired = this.requiring.has(issuer) || this.requiring.has(receiver);
    if (!agreed) return isRequired || shared.isAgreed ? "agreement_required" : null;
    return agreed === "narrow" && (!shared.narrow || shared.seconds > NARROW.ttlCeilingInSeconds)
      ? "outside_agreement"
      : null;
  }

  /** What redeeming answers; null when it works. */
  refusalOfRedeeming(token: Token, by: number): string | null {
    if (by !== token.receiver) return "share_token_wrong_application";
    if (token.state === "revoked" || token.expired) return "share_token_invalid";
    if (token.state === "redeemed" || this.sessions.some(({ owner, from }) => owner === by && from === token.session))
      return "already_imported";
    return this.refusedBetween(token.issuer, token.receiver) ?? this.breach(token.issuer, token.receiver, token);
  }

  refused(token: Token, by: number, code: string): void {
    this.note(by, token, "receiver", "refused", code);
    const named = code !== "share_token_invalid" ? code : token.state === "revoked" ? "revoked" : "expired";
    this.note(token.issuer, token, "issuer", "refused", named);
  }

  redeemed(token: Token, id: string, trust: boolean | null): Session {
    const trusted = trust ?? this.trusts.has(`${token.receiver}<${token.issuer}`);
    // Trust keeps what the issuer said; it never says more.
    const status = trusted ? token.session.status : "In Review";
    token.state = "redeemed";
    this.meet(token.receiver, token.issuer);
    this.note(token.receiver, token, "receiver", "redeemed");
    this.note(token.issuer, token, "issuer", "redeemed");
    const clone: Session = {
      id,
      owner: token.receiver,
      chain: [...token.session.chain, token.session.owner],
      from: token.session,
      status,
      narrow: token.narrow || token.session.narrow,
      staysHere: this.agreements.get(`${token.issuer}>${token.receiver}`) === "narrow",
    };
    this.sessions.push(clone);
    return clone;
  }

  revoked(token: Token, of: "token" | "session" | "partner"): void {
    token.state = "revoked";
    this.note(token.issuer, token, "issuer", "revoked", of);
  }

  open = () => this.tokens.filter(({ state, expired }) => state === "open" && !expired);
}

/** What an act answered: what it gave, or the code of its refusal. */
async function answerOf<T>(act: Promise<T>): Promise<{ ok: T } | { code: string }> {
  try {
    return { ok: await act };
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code };
    throw error;
  }
}
const codeIn = (answer: { ok: unknown } | { code: string }) => ("code" in answer ? answer.code : null);

class Run {
  readonly model = new Model();
  readonly previewed = new Set<string>();

  private constructor(readonly apps: TestApplication[]) {}

  static async start(): Promise<Run> {
    const apps = await Promise.all(Array.from({ length: APPLICATIONS }, () => newApplication()));
    const run = new Run(apps);
    for (const [owner, app] of apps.entries()) {
      for (const { id } of await Promise.all([newPerson(app), newPerson(app)]))
        run.model.sessions.push({
          id,
          owner,
          chain: [],
          from: null,
          status: "Approved",
          narrow: false,
          staysHere: false,
        });
    }
    return run;
  }

  async play(one: Op): Promise<void> {
    const { model, apps } = this;
    const token = "token" in one ? model.tokens[one.token % Math.max(1, model.tokens.length)] : undefined;
    if ("token" in one && !token) return;
    switch (one.do) {
      case "mint": {
        const session = model.sessions[one.session % model.sessions.length]!;
        return this.mint(session, one.receiver, one.narrow, one.handOff);
      }
      case "redeem":
        return this.redeem(token!, one.by ?? token!.receiver, one.trust);
      case "preview":
        return this.preview(token!, one.by ?? token!.receiver);
      case "revoke":
        return this.revoke(token!, one.by ?? token!.issuer);
      case "revokeSession": {
        const session = model.sessions[one.session % model.sessions.length]!;
        return this.revokeSession(session, one.by ?? session.owner);
      }
      case "stop":
        return this.stop(one.by, one.partner);
      case "expire":
        // A handed-over token is written down twice, and its time is the same.
        await asOwner(async (sql) => {
          await sql`update share_tokens set expires_at = now() - interval '1 second' where id = ${token!.id}`;
          await sql`update share_inbox set expires_at = now() - interval '1 second' where share_token_id = ${token!.id}`;
        });
        token!.expired = true;
        return;
      case "redeemTwice":
        return this.redeemTwice(token!);
      case "redeemAgainstRevoke":
        return this.redeemAgainstRevoke(token!);
      case "invite":
        return this.invite(one.by, one.partner, one.as);
      case "step":
        return this.step(one.by, one.partner, one.as, one.step);
      case "trust":
        return this.trust(one.by, one.partner, one.on);
      case "carry":
        return carryFrom(apps[one.by]!);
      case "deliver":
        return this.deliver(token!);
      case "agree":
        return this.agree(one.by, one.partner, one.narrow);
      case "terminate":
        return this.terminate(one.by, one.partner, one.as);
      case "require":
        await asOwner(
          (sql) => sql`update applications set require_agreement = ${one.on} where id = ${apps[one.by]!.id}`,
        );
        if (one.on) model.requiring.add(one.by);
        else model.requiring.delete(one.by);
        return;
    }
  }

  private async mint(session: Session, receiver: number, narrow: boolean, handOff: Token["handOff"]): Promise<void> {
    const { model, apps } = this;
    const issuer = session.owner;
    const answer = await answerOf(
      mintShareToken(apps[issuer]!.actor, {
        sessionId: session.id,
        forApplicationId: apps[receiver]!.id,
        handOff,
        ...(narrow && { share: { omit: ["AML"], media: false } }),
      }),
    );
    // What is not said follows the agreement, so nothing is beyond it.
    const agreed = model.agreements.get(`${issuer}>${receiver}`);
    const shared = {
      session,
      narrow: narrow || agreed === "narrow",
      isAgreed: Boolean(agreed),
      seconds: agreed === "narrow" ? NARROW.ttlCeilingInSeconds : 3600,
    };
    const expected =
      receiver === issuer
        ? "invalid_input"
        : (model.refusedBetween(issuer, receiver) ??
          model.breach(issuer, receiver, shared) ??
          (session.chain.includes(receiver) ? "invalid_input" : null));
    expect(codeIn(answer), "mint").toBe(expected);
    if (!("ok" in answer)) return;
    const token: Token = {
      ...shared,
      id: answer.ok.id,
      text: answer.ok.token,
      issuer,
      receiver,
      handOff,
      state: "open",
      expired: false,
    };
    model.tokens.push(token);
    model.meet(issuer, receiver);
    if (!model.relation(issuer, receiver))
      model.relations.set(`${issuer}>${receiver}`, { state: "active", invitedBy: null, pausedBy: null });
    model.note(issuer, token, "issuer", "minted");
  }

  /** Whoever a token was handed over to finds it in its inbox while it is open, and not after. */
  private async deliver(token: Token): Promise<void> {
    const { apps } = this;
    await carryFrom(apps[token.issuer]!);
    const answer = await answerOf(readInboxItem(apps[token.receiver]!.actor, { shareTokenId: token.id }));
    const isWaiting = token.handOff === "inbox" && token.state === "open" && !token.expired;
    if (isWaiting) expect("ok" in answer && answer.ok.token, "deliver").toBe(token.text);
    else if ("ok" in answer) expect([token.handOff, answer.ok.token], "deliver").toEqual(["inbox", null]);
    else expect(answer.code).toBe("not_found");
  }

  private async agree(by: number, partner: number, narrow: boolean): Promise<void> {
    if (by === partner) return;
    const { model, apps } = this;
    const key = `${by}>${partner}`;
    const state = model.relation(by, partner)?.state;
    const answer = await answerOf(agree(apps[by]!, apps[partner]!, narrow ? NARROW : {}));
    expect(codeIn(answer), "agree").toBe(state === "invited" || state === "ended" ? "conflict" : null);
    if (!state) model.relations.set(key, { state: "active", invitedBy: null, pausedBy: null });
    if ("ok" in answer) model.agreements.set(key, narrow ? "narrow" : "wide");
  }

  private async terminate(by: number, partner: number, as: Side): Promise<void> {
    const { model, apps } = this;
    const key = as === "issuer" ? `${by}>${partner}` : `${partner}>${by}`;
    if (!model.agreements.has(key)) return;
    const actor = await memberOf(apps[by]!);
    const partnerApplicationId = apps[partner]!.id;
    const found = (await readAgreements(actor, { partnerApplicationId })).find((view) => view.as === as);
    const inForce = found!.versions.find(({ standing }) => standing === "in_force")!;
    await closeAgreement(actor, { partnerApplicationId, as, version: inForce.version, step: "terminate" });
    model.agreements.delete(key);
  }

  /** A token that is handed over makes its receiver know the issuer, as soon as a worker has carried it. */
  private async knows(one: number, other: number): Promise<boolean> {
    const { model, apps } = this;
    const mayKnow = model.tokens.some(
      ({ handOff, issuer, receiver }) => handOff === "inbox" && issuer === other && receiver === one,
    );
    if (!model.known.has(`${one}:${other}`) && mayKnow) {
      const rows = await asOwner(
        (sql) =>
          sql`select 1 from partners where application_id = ${apps[one]!.id} and partner_application_id = ${apps[other]!.id}`,
      );
      if (rows.length > 0) model.meet(one, other);
    }
    return model.known.has(`${one}:${other}`);
  }

  private act = (token: Token, by: number, trust: boolean | null) =>
    answerOf(
      importSharedSession(this.apps[by]!.actor, {
        shareToken: token.text,
        ...(trust !== null && { trustReview: trust }),
      }),
    );

  private async redeem(token: Token, by: number, trust: boolean | null): Promise<void> {
    const answer = await this.act(token, by, trust);
    const expected = this.model.refusalOfRedeeming(token, by);
    expect(codeIn(answer), "redeem").toBe(expected);
    if (!("ok" in answer)) return this.model.refused(token, by, answer.code);
    const clone = this.model.redeemed(token, answer.ok.sessionId, trust);
    expect(answer.ok.status).toBe(clone.status);
  }

  private async preview(token: Token, by: number): Promise<void> {
    const answer = await answerOf(previewImport(this.apps[by]!.actor, { shareToken: token.text }));
    const refusal = this.model.refusalOfRedeeming(token, by);
    const isHidden = refusal?.startsWith("share_token") || refusal === "already_imported";
    if (isHidden) expect("ok" in answer && answer.ok.preview, "preview").toBeNull();
    else expect(codeIn(answer), "preview").toBe(refusal);
    if (by !== token.receiver || this.previewed.has(token.id)) return;
    this.previewed.add(token.id);
    this.model.note(by, token, "receiver", "previewed");
    this.model.note(token.issuer, token, "issuer", "previewed");
  }

  private async revoke(token: Token, by: number): Promise<void> {
    const answer = await answerOf(revokeShareToken(this.apps[by]!.actor, { shareTokenId: token.id }));
    const expected = by !== token.issuer ? "not_found" : token.state === "redeemed" ? "transition_not_allowed" : null;
    expect(codeIn(answer), "revoke").toBe(expected);
    if ("ok" in answer && token.state === "open") this.model.revoked(token, "token");
  }

  private async revokeSession(session: Session, by: number): Promise<void> {
    const answer = await answerOf(revokeSharesOfSession(this.apps[by]!.actor, { sessionId: session.id }));
    expect(codeIn(answer), "revoke of a session").toBe(by === session.owner ? null : "not_found");
    if (!("ok" in answer)) return;
    const open = this.model.open().filter((token) => token.session === session);
    expect(answer.ok.revoked).toBe(open.length);
    for (const token of open) this.model.revoked(token, "session");
  }

  private async stop(by: number, partner: number): Promise<void> {
    const { model, apps } = this;
    const isKnown = await this.knows(by, partner);
    const answer = await answerOf(stopSharingWith(apps[by]!.actor, { partnerApplicationId: apps[partner]!.id }));
    expect(codeIn(answer), "stop").toBe(isKnown ? null : "not_found");
    if (!("ok" in answer)) return;
    const open = model.open().filter(({ issuer, receiver }) => issuer === by && receiver === partner);
    expect(answer.ok.revoked).toBe(open.length);
    for (const token of open) model.revoked(token, "partner");
    const relation = model.relation(by, partner);
    if (!relation) model.relations.set(`${by}>${partner}`, { state: "paused", invitedBy: null, pausedBy: by });
    else if (relation.state === "active") Object.assign(relation, { state: "paused", pausedBy: by });
    else if (relation.state === "invited") relation.state = "ended";
  }

  private async redeemTwice(token: Token): Promise<void> {
    const { receiver } = token;
    const expected = this.model.refusalOfRedeeming(token, receiver);
    const answers = await Promise.all([this.act(token, receiver, null), this.act(token, receiver, null)]);
    const won = answers.find((answer) => "ok" in answer);
    expect(
      answers.filter((answer) => "ok" in answer),
      "redeem twice at once",
    ).toHaveLength(expected ? 0 : 1);
    if (won && "ok" in won) this.model.redeemed(token, won.ok.sessionId, null);
    for (const answer of answers) {
      if ("ok" in answer) continue;
      expect(answer.code).toBe(expected ?? "already_imported");
      this.model.refused(token, receiver, answer.code);
    }
  }

  private async redeemAgainstRevoke(token: Token): Promise<void> {
    const { receiver, issuer } = token;
    if (this.model.refusalOfRedeeming(token, receiver)) return;
    const [redeeming, revoking] = await Promise.all([
      this.act(token, receiver, null),
      answerOf(revokeShareToken(this.apps[issuer]!.actor, { shareTokenId: token.id })),
    ]);
    if ("ok" in redeeming) {
      expect(codeIn(revoking), "revoke, having lost").toBe("transition_not_allowed");
      this.model.redeemed(token, redeeming.ok.sessionId, null);
    } else {
      expect([redeeming.code, codeIn(revoking)], "redeem, having lost").toEqual(["share_token_invalid", null]);
      this.model.revoked(token, "token");
      this.model.refused(token, receiver, redeeming.code);
    }
  }

  private async invite(by: number, partner: number, as: Side): Promise<void> {
    const { model, apps } = this;
    const answer = await answerOf(invitePartner(apps[by]!.actor, { application: apps[partner]!.id, as }));
    const key = as === "issuer" ? `${by}>${partner}` : `${partner}>${by}`;
    const there = model.relations.get(key);
    expect(codeIn(answer), "invite").toBe(
      by === partner ? "invalid_input" : there && there.state !== "ended" ? "conflict" : null,
    );
    if (!("ok" in answer)) return;
    model.relations.set(key, { state: "invited", invitedBy: by, pausedBy: null });
    model.meet(by, partner);
  }

  private async step(by: number, partner: number, as: Side, step: RelationStep): Promise<void> {
    const { model, apps } = this;
    const answer = await answerOf(stepRelation(apps[by]!.actor, { partnerApplicationId: apps[partner]!.id, as, step }));
    const relation = as === "issuer" ? model.relation(by, partner) : model.relation(partner, by);
    const isAsked = relation?.state === "invited" && relation.invitedBy !== by;
    const allowed = {
      accept: isAsked,
      decline: isAsked,
      pause: relation?.state === "active",
      resume: relation?.state === "paused" && relation.pausedBy === by,
      end: relation?.state !== "ended",
    }[step];
    expect(codeIn(answer), step).toBe(!relation ? "not_found" : allowed ? null : "conflict");
    if (!relation || !("ok" in answer)) return;
    relation.state = ({ accept: "active", decline: "ended", pause: "paused", resume: "active", end: "ended" } as const)[
      step
    ];
    relation.pausedBy = step === "pause" ? by : null;
    if (step === "accept") model.meet(by, partner);
  }

  private async trust(by: number, partner: number, on: boolean): Promise<void> {
    const { model, apps } = this;
    const key = `${by}<${partner}`;
    const isKnown = await this.knows(by, partner);
    if (on && isKnown && !model.trusts.has(key)) {
      await trustPartner(apps[by]!, apps[partner]!);
      model.trusts.add(key);
      return;
    }
    if (on && isKnown) return;
    const answer = await answerOf(
      setTrustDefault(apps[by]!.actor, { partnerApplicationId: apps[partner]!.id, trustDefault: on }),
    );
    expect(codeIn(answer), "trust").toBe(isKnown ? null : "not_found");
    if (isKnown) model.trusts.delete(key);
  }

  /** What is stored is what the model holds. */
  async settle(): Promise<void> {
    const { model, apps } = this;
    for (const app of apps) await carryFrom(app);
    const ids = apps.map(({ id }) => id);
    const at = (id: string) => ids.indexOf(id);
    const [events, tokens, clones, relations, trusts] = await asOwner((sql) =>
      Promise.all([
        sql`select application_id, share_token_id, side, event, code from share_token_events where application_id = any(${ids}::uuid[])`,
        sql`select id, redeemed_at, revoked_at from share_tokens where application_id = any(${ids}::uuid[])`,
        sql`select id, application_id, shared_from_session, status, omitted from sessions
          where application_id = any(${ids}::uuid[]) and shared_from_session is not null`,
        sql`select issuer_application_id, receiver_application_id, state from partnerships where issuer_application_id = any(${ids}::uuid[])`,
        sql`select application_id, partner_application_id from partners where application_id = any(${ids}::uuid[]) and trust_default`,
      ]),
    );
    const lines = events.map((row) =>
      [at(row.application_id), row.share_token_id, row.side, row.event, row.code].join("|"),
    );
    // Whether a token is delivered before it dies is the worker's affair; that it is once at most, and only if handed over, is not.
    const deliveries = lines.filter((line) => line.includes("|delivered|"));
    const handedOver = model.tokens
      .filter(({ handOff }) => handOff === "inbox")
      .map(({ issuer, id }) => `${issuer}|${id}|issuer|delivered|inbox`);
    expect(new Set(deliveries).size).toBe(deliveries.length);
    expect(handedOver).toEqual(expect.arrayContaining(deliveries));
    expect(lines.filter((line) => !deliveries.includes(line)).sort()).toEqual(model.ledger.sort());
    expect(
      tokens.map((row) => [row.id, row.redeemed_at ? "redeemed" : row.revoked_at ? "revoked" : "open"]).sort(),
    ).toEqual(model.tokens.map(({ id, state }) => [id, state]).sort());
    expect(
      clones
        .map((row) => [row.id, at(row.application_id), row.shared_from_session, row.status, row.omitted !== null])
        .sort(),
    ).toEqual(
      model.sessions
        .filter(({ from }) => from)
        .map(({ id, owner, from, status, narrow }) => [id, owner, from!.id, status, narrow])
        .sort(),
    );
    expect(
      relations.map((row) => `${at(row.issuer_application_id)}>${at(row.receiver_application_id)} ${row.state}`).sort(),
    ).toEqual([...model.relations].map(([key, { state }]) => `${key} ${state}`).sort());
    expect(trusts.map((row) => `${at(row.application_id)}<${at(row.partner_application_id)}`).sort()).toEqual(
      [...model.trusts].sort(),
    );
  }
}

describe("three applications that share in any order", () => {
  it("never redeem what is redeemed, revoked, expired or another's, never widen trust, and the ledger says what happened", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(op, { minLength: 12, maxLength: 36, size: "max" }), async (ops) => {
        const run = await Run.start();
        for (const one of ops) await run.play(one as Op);
        await run.settle();
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 1_500_000, endOnFailure: RUNS < 50 },
    );
  }, 1_600_000);
});
