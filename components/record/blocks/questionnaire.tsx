import { useTranslations } from "next-intl";
import { Evidence } from "../evidence";
import type { BlockProps, RecordContext } from "../record-context";
import { Part } from "../section";
import { Value } from "../value";
import { isEmpty, type Obj, obj, objs, text, texts } from "../values";

export function Questionnaire({ block, context }: BlockProps) {
  const t = useTranslations("record.questionnaire");
  return (
    <>
      {(text(block.title) || text(block.description)) && (
        <p className="text-sm">
          <span className="font-medium">{text(block.title)}</span>{" "}
          <span className="text-muted">
            {text(block.description)} {text(block.version) && t("version", { version: String(block.version) })}
          </span>
        </p>
      )}
      {objs(block.sections).map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a record's list never changes its order on the page
        <div key={index} className="min-w-0">
          {text(section.title) ? (
            <Part title={String(section.title)}>
              {text(section.description) && <p className="mb-1 text-muted text-sm">{text(section.description)}</p>}
              <Questions of={section.items} context={context} />
            </Part>
          ) : (
            <Questions of={section.items} context={context} />
          )}
        </div>
      ))}
    </>
  );
}

function Questions({ of, context }: { of: unknown; context: RecordContext }) {
  const t = useTranslations("record.questionnaire");
  return (
    <dl className="text-sm">
      {objs(of).map((item, index) => (
        <div
          key={text(item.uuid) ?? index}
          className="grid gap-x-4 gap-y-0.5 border-border border-b py-1.5 last:border-b-0 sm:grid-cols-2"
        >
          <dt className="break-words text-muted">
            {text(item.title) ?? text(item.value) ?? t("question")}
            {item.is_required === true && <span className="text-xs"> ({t("required")})</span>}
          </dt>
          <dd className="min-w-0 break-words">
            <Answer item={item} context={context} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Answer({ item, context }: { item: Obj; context: RecordContext }) {
  const t = useTranslations("record.questionnaire");
  const answer = obj(item.answer);
  const files = Array.isArray(answer?.files) ? answer.files : [];
  if (!answer || (isEmpty(answer.value) && isEmpty(answer.text) && files.length === 0)) {
    return <span className="text-muted">{t("noAnswer")}</span>;
  }
  const choices = new Map(objs(item.choices).map((choice) => [text(choice.value), text(choice.label)]));
  const chosen = texts(answer.value).map((value) => choices.get(value) ?? value);
  const free = text(answer.text);
  return (
    <div className="flex flex-col gap-1.5">
      {typeof answer.value === "boolean" || typeof answer.value === "number" ? (
        <Value name="answer" value={answer.value} />
      ) : chosen.length === 1 && choices.size === 0 ? (
        <Value name="answer" value={chosen[0]} />
      ) : chosen.length > 0 ? (
        <span>{chosen.join(", ")}</span>
      ) : (
        !isEmpty(answer.value) && <Value name="answer" value={answer.value} />
      )}
      {free && <span className="text-muted">{free}</span>}
      {files.map((file) => (
        <Evidence key={String(file)} value={file} name="files" context={context} />
      ))}
    </div>
  );
}
