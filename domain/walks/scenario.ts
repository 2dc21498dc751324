import { DomainError, invalidField } from "../errors";
import { type Scenario, scenarioProblem } from "./rules";

/** @throws environment_mismatch, invalid_input */
export function refuseScenario(
  environment: string,
  scenario: Scenario,
  features: readonly string[],
  field: string,
): void {
  if (environment === "live")
    throw new DomainError("environment_mismatch", "Scenarios exist in sandbox applications only.");
  const problem = scenarioProblem(scenario, features);
  if (problem) throw invalidField(field, problem);
}
