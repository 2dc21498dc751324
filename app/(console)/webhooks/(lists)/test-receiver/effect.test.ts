import { expect, it } from "vitest";
import { outcomeOf } from "@/domain/webhooks/rules";
import { effectOf } from "./effect";

it.each([
  [200, "ok"],
  [204, "ok"],
  [302, "redirect"],
  [304, "redirect"],
  [400, "refused"],
  [401, "secret"],
  [403, "secret"],
  [404, "retry"],
  [408, "retry"],
  [410, "gone"],
  [422, "refused"],
  [429, "retry"],
  [500, "retry"],
  [599, "retry"],
])("an answer of %i is foretold as %s", (status, effect) => {
  expect(effectOf(status)).toBe(effect);
  expect(outcomeOf(status) === "retry").toBe(effect === "retry" || effect === "redirect");
});
