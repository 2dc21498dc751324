import { type UserCase, verdict } from "./user-case";

type Match = "full_match" | "partial_match" | "no_match";

export function databaseBlock(one: UserCase) {
  const { person, document } = one;
  const { country } = person;
  const random = one.random.fork("database");
  const { status, warnings } = verdict(one, "DATABASE_VALIDATION_PARTIAL_MATCH", "DATABASE_VALIDATION_NO_MATCH");
  const partial = one.problem === "DATABASE_VALIDATION_PARTIAL_MATCH";
  const none = one.problem === "DATABASE_VALIDATION_NO_MATCH";
  const match: Match = partial ? "partial_match" : none ? "no_match" : "full_match";
  const two = random.chance(0.35);
  const year = Number(person.birthDate.slice(0, 4));
  const service = (index: number) => ({
    service_id: `${country.alpha3.toLowerCase()}_demo_registry${index > 0 ? `_${index + 1}` : ""}`,
    service_name: index === 0 ? `${country.name} civil registry (demo)` : `${country.name} tax register (demo)`,
    validation: {
      full_name: none ? "no_match" : "full_match",
      date_of_birth: none ? "no_match" : partial ? "partial_match" : "full_match",
      identification_number: none ? "no_match" : "full_match",
    },
    outcome_code: none ? "NOT_FOUND" : partial ? "PARTIAL" : "OK",
    outcome_detail: partial ? "The registry gives another day of birth." : null,
    source_data: none
      ? {}
      : {
          first_name: person.firstName?.toUpperCase() ?? null,
          last_name: person.lastName.toUpperCase(),
          date_of_birth: partial ? `${year}-${person.birthDate.slice(5, 7)}-30` : person.birthDate,
          gender: person.gender,
          identification_number: document.personalNumber ?? document.number,
        },
  });
  return {
    node_id: "feature_database_validation",
    status,
    issuing_state: country.alpha3,
    validation_type: two ? "two_by_two" : "one_by_one",
    screened_data: {
      first_name: person.firstName,
      last_name: person.lastName,
      date_of_birth: person.birthDate,
      document_number: document.number,
      identification_number: document.personalNumber,
    },
    validations: two ? [service(0), service(1)] : [service(0)],
    match_type: match,
    warnings,
  };
}
