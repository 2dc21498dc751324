import { Random, uuidOf } from "../random";

interface Item {
  name: string;
  type: "SHORT_TEXT" | "LONG_TEXT" | "DROPDOWN" | "MULTIPLE_CHOICE" | "CHECKBOX" | "FILE_UPLOAD" | "NUMBER" | "DATE";
  title: string;
  required?: boolean;
  choices?: [value: string, label: string][];
}

interface Form {
  key: string;
  title: string;
  description: string;
  version: number;
  sections: { title: string; description: string | null; items: Item[] }[];
}

const sourceOfFunds: Form = {
  key: "source-of-funds",
  title: "Source of funds",
  description: "Asked of every customer with enhanced due diligence.",
  version: 3,
  sections: [
    {
      title: "Work",
      description: null,
      items: [
        {
          name: "occupation",
          type: "DROPDOWN",
          title: "What do you do for a living?",
          required: true,
          choices: [
            ["employed", "Employed"],
            ["self_employed", "Self-employed"],
            ["retired", "Retired"],
            ["student", "Student"],
            ["other", "Something else"],
          ],
        },
        { name: "employer", type: "SHORT_TEXT", title: "Name of your employer or business" },
      ],
    },
    {
      title: "Money",
      description: "Where the money on this account will come from.",
      items: [
        {
          name: "sources",
          type: "MULTIPLE_CHOICE",
          title: "Sources of funds",
          required: true,
          choices: [
            ["salary", "Salary or pension"],
            ["savings", "Savings"],
            ["sale", "Sale of property"],
            ["inheritance", "Inheritance or gift"],
          ],
        },
        { name: "monthly", type: "NUMBER", title: "Expected monthly turnover", required: true },
        { name: "proof", type: "FILE_UPLOAD", title: "A recent payslip or tax notice" },
        {
          name: "accurate",
          type: "CHECKBOX",
          title: "These answers are true",
          required: true,
          choices: [["yes", "Yes"]],
        },
      ],
    },
  ],
};

const businessActivity: Form = {
  key: "business-activity",
  title: "Nature of the business",
  description: "Asked of every company.",
  version: 2,
  sections: [
    {
      title: "Activity",
      description: null,
      items: [
        { name: "activity", type: "LONG_TEXT", title: "What does the company sell, and to whom?", required: true },
        { name: "employees", type: "NUMBER", title: "Number of employees" },
        {
          name: "countries",
          type: "MULTIPLE_CHOICE",
          title: "Where are most customers?",
          choices: [
            ["domestic", "In the home country"],
            ["region", "In neighbouring countries"],
            ["world", "Worldwide"],
          ],
        },
        { name: "since", type: "DATE", title: "Trading since" },
      ],
    },
  ],
};

type Answer = { value: unknown; text: string | null; files: string[] } | null;

function block(form: Form, answers: Record<string, Answer>) {
  const id = uuidOf(`questionnaire/${form.key}`);
  return {
    node_id: "feature_questionnaire",
    status: "Approved",
    questionnaire_id: uuidOf(`questionnaire/${form.key}/${form.version}`),
    questionnaire_group_id: id,
    version: form.version,
    title: form.title,
    description: form.description,
    languages: ["en", "es", "pt"],
    default_language: "en",
    is_active: true,
    is_simple_questionnaire: false,
    published_at: "2025-11-03T09:00:00Z",
    sections: form.sections.map(({ title, description, items }) => ({
      title,
      description,
      items: items.map((item) => ({
        uuid: uuidOf(`question/${form.key}/${item.name}`),
        element_type: item.type,
        title: item.title,
        description: null,
        value: item.name,
        placeholder: null,
        is_required: item.required === true,
        required_if: item.name === "employer" ? { item: "occupation", value: "employed" } : null,
        max_files: item.type === "FILE_UPLOAD" ? 2 : null,
        repeatable_config: null,
        choices: (item.choices ?? []).map(([value, label]) => ({
          label,
          value,
          requires_text_input: value === "other",
        })),
        answer: answers[item.name] ?? null,
      })),
    })),
    warnings: [],
  };
}

const said = (value: unknown, text: string | null = null, files: string[] = []): Answer => ({ value, text, files });

export function fundsQuestionnaire(key: string, employer: string, proof: string | null) {
  const random = new Random(`funds/${key}`);
  const occupation = random.weighted([
    ["employed", 7],
    ["self_employed", 3],
    ["retired", 1],
    ["other", 1],
  ] as const);
  return block(sourceOfFunds, {
    occupation: said(occupation, occupation === "other" ? "Looks after family" : null),
    employer: occupation === "employed" || occupation === "self_employed" ? said(employer) : null,
    sources: said(random.sample(["salary", "savings", "sale", "inheritance"], random.int(1, 2))),
    monthly: said(random.int(4, 90) * 100),
    proof: proof ? said(null, null, [proof]) : null,
    accurate: said(["yes"]),
  });
}

export function activityQuestionnaire(key: string, nature: string, since: string) {
  const random = new Random(`activity/${key}`);
  return block(businessActivity, {
    activity: said(
      `${nature}, mostly for ${random.pick(["small firms", "households", "public bodies", "wholesalers"])}.`,
    ),
    employees: said(random.int(2, 180)),
    countries: said(random.sample(["domestic", "region", "world"], random.int(1, 2))),
    since: said(since),
  });
}
