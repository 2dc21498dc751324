import type { Locale } from "../access/rules";

/** What a mail says, by kind and language. Plain text: it reads the same everywhere and carries nothing that loads. */
export interface MailText {
  subject: string;
  text: string;
}

export type MailContent =
  | { kind: "registration_code"; code: string; minutes: number }
  | { kind: "account_exists"; signInUrl: string }
  | { kind: "invitation"; organisation: string; invitedBy: string; url: string; days: number }
  | {
      kind: "agreement_review";
      partner: string;
      /** A day in UTC, `YYYY-MM-DD`. */
      reviewOn: string;
      days: number;
      url: string;
    }
  | {
      kind: "session_decision";
      organisation: string;
      outcome: "Approved" | "Declined" | "Resubmitted";
      url: string | null;
    }
  | { kind: "session_mention"; by: string; number: number; url: string }
  /** `number` is null of several: then it is `count` that says how many. */
  | { kind: "case_assignment"; by: string; number: number | null; count: number; url: string };

type Texts = { [K in MailContent["kind"]]: (content: Extract<MailContent, { kind: K }>) => MailText };

const SIGNATURE = "\n\n-- \nAval\n";

const TEXTS: Record<Locale, Texts> = {
  en: {
    session_mention: ({ by, number, url }) => ({
      subject: `${by} mentioned you on session #${number}`,
      text: `${by} wrote a note on session #${number} that names you. Read it here:\n${url}`,
    }),
    case_assignment: ({ by, number, count, url }) => ({
      subject:
        number === null ? `${by} gave you ${count} sessions to review` : `${by} gave you session #${number} to review`,
      text: `${by} gave you ${number === null ? `${count} sessions` : `session #${number}`} to review. Open ${number === null ? "them" : "it"} here:\n${url}`,
    }),
    agreement_review: ({ partner, reviewOn, days, url }) => ({
      subject: `Agreement with ${partner}: review by ${reviewOn}`,
      text: `Your agreement with ${partner} is to be reviewed by ${reviewOn} (${days === 1 ? "1 day" : `${days} days`} from now). Look at it with them, and propose a new version if something has changed:\n${url}\n\nThe agreement stays in force until its last day, or until either side ends it.`,
    }),
    session_decision: ({ organisation, outcome, url }) => ({
      subject: {
        Approved: `${organisation}: your verification is complete`,
        Declined: `${organisation}: your verification was declined`,
        Resubmitted: `${organisation}: please repeat a part of your verification`,
      }[outcome],
      text: {
        Approved: `${organisation} has approved your verification. You need not do anything.`,
        Declined: `${organisation} has declined your verification. If you think that this is a mistake, write to ${organisation}.`,
        Resubmitted: `${organisation} needs a part of your verification again.${url ? `\n\nGo on here:\n${url}` : ` ${organisation} will tell you how.`}`,
      }[outcome],
    }),
    registration_code: ({ code, minutes }) => ({
      subject: `${code} is your Aval code`,
      text: `Your code is ${code}. It is valid for ${minutes} minutes and works once.\n\nIf you did not ask for an account, ignore this mail: without the code nothing is created.`,
    }),
    account_exists: ({ signInUrl }) => ({
      subject: "You already have an Aval account",
      text: `Somebody, perhaps you, asked for an account with this address. You have one already: sign in at ${signInUrl}\n\nIf it was not you, you need not do anything. Your password has not changed.`,
    }),
    invitation: ({ organisation, invitedBy, url, days }) => ({
      subject: `${invitedBy} invites you to ${organisation}`,
      text: `${invitedBy} invites you to work in ${organisation} on Aval.\n\nAccept here within ${days} days:\n${url}\n\nThe link is for you alone. If you do not know what this is about, ignore this mail.`,
    }),
  },
  "pt-BR": {
    session_mention: ({ by, number, url }) => ({
      subject: `${by} mencionou você na sessão nº ${number}`,
      text: `${by} escreveu na sessão nº ${number} uma nota que menciona você. Leia aqui:\n${url}`,
    }),
    case_assignment: ({ by, number, count, url }) => ({
      subject:
        number === null
          ? `${by} passou ${count} sessões para você analisar`
          : `${by} passou a sessão nº ${number} para você analisar`,
      text: `${by} passou ${number === null ? `${count} sessões` : `a sessão nº ${number}`} para você analisar. Abra aqui:\n${url}`,
    }),
    agreement_review: ({ partner, reviewOn, days, url }) => ({
      subject: `Acordo com ${partner}: revisão até ${reviewOn}`,
      text: `Seu acordo com ${partner} deve ser revisto até ${reviewOn} (daqui a ${days === 1 ? "1 dia" : `${days} dias`}). Examine-o com eles e proponha uma nova versão se algo mudou:\n${url}\n\nO acordo continua em vigor até o seu último dia, ou até que uma das partes o encerre.`,
    }),
    session_decision: ({ organisation, outcome, url }) => ({
      subject: {
        Approved: `${organisation}: sua verificação foi concluída`,
        Declined: `${organisation}: sua verificação foi recusada`,
        Resubmitted: `${organisation}: repita uma parte da sua verificação`,
      }[outcome],
      text: {
        Approved: `${organisation} aprovou a sua verificação. Você não precisa fazer nada.`,
        Declined: `${organisation} recusou a sua verificação. Se acha que houve um engano, escreva para ${organisation}.`,
        Resubmitted: `${organisation} precisa novamente de uma parte da sua verificação.${url ? `\n\nContinue aqui:\n${url}` : ` ${organisation} dirá como.`}`,
      }[outcome],
    }),
    registration_code: ({ code, minutes }) => ({
      subject: `${code} é o seu código do Aval`,
      text: `Seu código é ${code}. Ele vale por ${minutes} minutos e funciona uma vez.\n\nSe você não pediu uma conta, ignore este e-mail: sem o código nada é criado.`,
    }),
    account_exists: ({ signInUrl }) => ({
      subject: "Você já tem uma conta no Aval",
      text: `Alguém, talvez você, pediu uma conta com este endereço. Você já tem uma: entre em ${signInUrl}\n\nSe não foi você, não é preciso fazer nada. Sua senha não mudou.`,
    }),
    invitation: ({ organisation, invitedBy, url, days }) => ({
      subject: `${invitedBy} convida você para ${organisation}`,
      text: `${invitedBy} convida você a trabalhar em ${organisation} no Aval.\n\nAceite aqui em até ${days} dias:\n${url}\n\nO link é só para você. Se não sabe do que se trata, ignore este e-mail.`,
    }),
  },
  es: {
    session_mention: ({ by, number, url }) => ({
      subject: `${by} le ha mencionado en la sesión n.º ${number}`,
      text: `${by} ha escrito en la sesión n.º ${number} una nota que le menciona. Léala aquí:\n${url}`,
    }),
    case_assignment: ({ by, number, count, url }) => ({
      subject:
        number === null
          ? `${by} le ha asignado ${count} sesiones para revisar`
          : `${by} le ha asignado la sesión n.º ${number} para revisar`,
      text: `${by} le ha asignado ${number === null ? `${count} sesiones` : `la sesión n.º ${number}`} para revisar. ${number === null ? "Ábralas" : "Ábrala"} aquí:\n${url}`,
    }),
    agreement_review: ({ partner, reviewOn, days, url }) => ({
      subject: `Acuerdo con ${partner}: revisión hasta el ${reviewOn}`,
      text: `Su acuerdo con ${partner} debe revisarse hasta el ${reviewOn} (dentro de ${days === 1 ? "1 día" : `${days} días`}). Examínelo con ellos y proponga una versión nueva si algo ha cambiado:\n${url}\n\nEl acuerdo sigue en vigor hasta su último día, o hasta que una de las partes le ponga fin.`,
    }),
    session_decision: ({ organisation, outcome, url }) => ({
      subject: {
        Approved: `${organisation}: su verificación está completa`,
        Declined: `${organisation}: su verificación fue rechazada`,
        Resubmitted: `${organisation}: repita una parte de su verificación`,
      }[outcome],
      text: {
        Approved: `${organisation} ha aprobado su verificación. No tiene que hacer nada.`,
        Declined: `${organisation} ha rechazado su verificación. Si cree que es un error, escriba a ${organisation}.`,
        Resubmitted: `${organisation} necesita de nuevo una parte de su verificación.${url ? `\n\nContinúe aquí:\n${url}` : ` ${organisation} le dirá cómo.`}`,
      }[outcome],
    }),
    registration_code: ({ code, minutes }) => ({
      subject: `${code} es su código de Aval`,
      text: `Su código es ${code}. Vale durante ${minutes} minutos y funciona una vez.\n\nSi no ha pedido una cuenta, ignore este correo: sin el código no se crea nada.`,
    }),
    account_exists: ({ signInUrl }) => ({
      subject: "Ya tiene una cuenta de Aval",
      text: `Alguien, quizá usted, ha pedido una cuenta con esta dirección. Ya tiene una: entre en ${signInUrl}\n\nSi no ha sido usted, no tiene que hacer nada. Su contraseña no ha cambiado.`,
    }),
    invitation: ({ organisation, invitedBy, url, days }) => ({
      subject: `${invitedBy} le invita a ${organisation}`,
      text: `${invitedBy} le invita a trabajar en ${organisation} en Aval.\n\nAcepte aquí en un plazo de ${days} días:\n${url}\n\nEl enlace es solo para usted. Si no sabe de qué se trata, ignore este correo.`,
    }),
  },
};

export function textOf(content: MailContent, locale: Locale): MailText {
  const write = TEXTS[locale][content.kind] as (content: MailContent) => MailText;
  const { subject, text } = write(content);
  // Names come from people: a line break in one must not become a second header line.
  return { subject: subject.replace(/\s+/g, " "), text: text + SIGNATURE };
}
