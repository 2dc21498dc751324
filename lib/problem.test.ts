import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DomainError, ERROR_CODES, invalidField } from "@/domain/errors";
import { fieldErrorsOf, fieldTreeOf, HTTP_STATUS, problemOf, unexpectedProblem, wireMessages } from "./problem";

const messageOf = (schema: z.ZodType, value: unknown) => {
  const result = schema.safeParse(value, { error: wireMessages });
  return result.success ? null : result.error.issues[0]!.message;
};

describe("the API's error body", () => {
  it.each([...ERROR_CODES])("%s has a status in the table", (code) => {
    expect(HTTP_STATUS[code]).toBeGreaterThanOrEqual(400);
    expect(HTTP_STATUS[code]).toBeLessThan(500);
  });

  it("is a detail and a code", () => {
    expect(problemOf(new DomainError("not_found", "Not found."))).toEqual({
      status: 404,
      headers: { "X-Error-Code": "not_found" },
      body: { detail: "Not found.", code: "not_found" },
    });
  });

  it("is the field's messages and a code when a field is to blame", () => {
    expect(problemOf(invalidField("workflow_id", "Must be a valid UUID.")).body).toEqual({
      workflow_id: ["Must be a valid UUID."],
      code: "invalid_input",
    });
  });

  it("carries what helps the caller: their own session, the seconds to wait, how to authenticate", () => {
    const repeated = new DomainError("already_imported", "Here already.", { more: { session_id: "1" } });
    expect(problemOf(repeated).body).toMatchObject({ session_id: "1" });
    const limited = new DomainError("rate_limited", "Slowly.", { retryAfterInSeconds: 12 });
    expect(problemOf(limited)).toMatchObject({ status: 429, headers: { "Retry-After": "12" } });
    expect(problemOf(new DomainError("unauthenticated", "Who?")).headers).toHaveProperty("WWW-Authenticate");
  });

  it("is a bare list when the fault lies between fields; the code is then in a header", () => {
    const error = new DomainError("invalid_input", "Give one of the two.", { acrossFields: true });
    expect(problemOf(error)).toEqual({
      status: 400,
      headers: { "X-Error-Code": "invalid_input" },
      body: ["Give one of the two."],
    });
  });

  it("nests as the value nests", () => {
    const schema = z.object({
      features: z.array(z.array(z.string()).or(z.string())),
      elements: z.array(z.object({ type: z.enum(["A"]), more: z.object({ n: z.int() }).optional() })),
      details: z.object({ email: z.string().min(1) }),
    });
    const tree = (value: unknown) => fieldTreeOf(schema.safeParse(value, { error: wireMessages }).error!.issues);
    const good = { features: [], elements: [], details: { email: "x" } };
    expect(tree({ ...good, details: { email: "" } })).toEqual({ details: { email: ["This field may not be blank."] } });
    expect(tree({ ...good, elements: [{ type: "A" }, { type: "B", more: { n: "x" } }] })).toEqual({
      elements: [{}, { type: ['"B" is not a valid choice.'], more: { n: ["A valid integer is required."] } }],
    });
    expect(tree({ ...good, elements: 1 })).toEqual({ elements: ["Expected a list of items."] });
    expect(tree({})).toEqual({
      features: ["This field is required."],
      elements: ["This field is required."],
      details: ["This field is required."],
    });
    const odd = z.record(z.string(), z.int()).safeParse(JSON.parse('{"__proto__":"x"}'), { error: wireMessages });
    if (!odd.success) expect(Object.getPrototypeOf(fieldTreeOf(odd.error.issues))).toBeNull();
  });

  it("says nothing about an unexpected error but its request id", () => {
    expect(unexpectedProblem("r-1").body).toEqual({
      detail: "Internal server error.",
      code: "internal_error",
      request_id: "r-1",
    });
  });
});

describe("the sentences that existing clients know", () => {
  it.each([
    [z.object({ a: z.string() }), {}, "This field is required."],
    [z.object({ a: z.string() }), { a: null }, "This field may not be null."],
    [z.object({ a: z.string().min(1) }), { a: "" }, "This field may not be blank."],
    [z.object({ a: z.string() }), { a: 1 }, "Not a valid string."],
    [z.object({ a: z.string().max(3) }), { a: "abcd" }, "Ensure this field has no more than 3 characters."],
    [z.object({ a: z.uuid() }), { a: "x" }, "Must be a valid UUID."],
    [z.object({ a: z.int() }), { a: "1" }, "A valid integer is required."],
    [z.object({ a: z.int() }), { a: 1.5 }, "A valid integer is required."],
    [z.object({ a: z.number().min(60) }), { a: 59 }, "Ensure this value is greater than or equal to 60."],
    [z.object({ a: z.number().max(60) }), { a: 61 }, "Ensure this value is less than or equal to 60."],
    [z.object({ a: z.boolean() }), { a: "yes" }, "Must be a valid boolean."],
    [z.object({ a: z.enum(["x"]) }), { a: "y" }, '"y" is not a valid choice.'],
    [z.object({ a: z.array(z.string()) }), { a: "y" }, "Expected a list of items."],
    [z.object({}), [], "Invalid data. Expected a dictionary."],
    [z.object({}), "x", "Invalid data. Expected a dictionary."],
  ])("%#", (schema, value, message) => {
    expect(messageOf(schema, value)).toBe(message);
  });

  it("are grouped by the field they are about", () => {
    const result = z
      .object({ a: z.string(), b: z.object({ c: z.int() }) })
      .safeParse({ b: { c: "x" } }, { error: wireMessages });
    expect(fieldErrorsOf(result.error!.issues)).toEqual({
      a: ["This field is required."],
      "b.c": ["A valid integer is required."],
    });
    expect(fieldErrorsOf(z.object({}).safeParse(1, { error: wireMessages }).error!.issues)).toEqual({
      non_field_errors: ["Invalid data. Expected a dictionary."],
    });
  });
});
