import type { Country } from "../countries/country";

export interface Labels {
  country: string;
  surname: string;
  given: string;
  name: string;
  sex: string;
  nationality: string;
  birth: string;
  birthPlace: string;
  number: string;
  personalNumber: string;
  issued: string;
  expires: string;
  address: string;
  authority: string;
}

type Words = Omit<Labels, "country">;

const english: Words = {
  surname: "Surname",
  given: "Given names",
  name: "Name",
  sex: "Sex",
  nationality: "Nationality",
  birth: "Date of birth",
  birthPlace: "Place of birth",
  number: "Document no.",
  personalNumber: "Personal no.",
  issued: "Date of issue",
  expires: "Date of expiry",
  address: "Address",
  authority: "Authority",
};

const words: Record<Country["language"], Words> = {
  en: english,
  es: {
    surname: "Apellidos",
    given: "Nombre",
    name: "Nombre",
    sex: "Sexo",
    nationality: "Nacionalidad",
    birth: "Nacimiento",
    birthPlace: "Lugar de nacimiento",
    number: "Núm. documento",
    personalNumber: "Núm. personal",
    issued: "Emisión",
    expires: "Validez",
    address: "Domicilio",
    authority: "Autoridad",
  },
  pt: {
    surname: "Apelidos",
    given: "Nome",
    name: "Nome",
    sex: "Sexo",
    nationality: "Nacionalidade",
    birth: "Nascimento",
    birthPlace: "Naturalidade",
    number: "N.º documento",
    personalNumber: "N.º pessoal",
    issued: "Emissão",
    expires: "Validade",
    address: "Morada",
    authority: "Autoridade",
  },
  fr: {
    surname: "Nom",
    given: "Prénoms",
    name: "Nom",
    sex: "Sexe",
    nationality: "Nationalité",
    birth: "Date de naissance",
    birthPlace: "Lieu de naissance",
    number: "N° du document",
    personalNumber: "N° personnel",
    issued: "Délivrance",
    expires: "Expiration",
    address: "Adresse",
    authority: "Autorité",
  },
  de: {
    surname: "Name",
    given: "Vornamen",
    name: "Name",
    sex: "Geschlecht",
    nationality: "Staatsangehörigkeit",
    birth: "Geburtstag",
    birthPlace: "Geburtsort",
    number: "Nummer",
    personalNumber: "Kennzahl",
    issued: "Ausgestellt",
    expires: "Gültig bis",
    address: "Anschrift",
    authority: "Behörde",
  },
  pl: {
    surname: "Nazwisko",
    given: "Imiona",
    name: "Nazwisko",
    sex: "Płeć",
    nationality: "Obywatelstwo",
    birth: "Data urodzenia",
    birthPlace: "Miejsce urodzenia",
    number: "Numer dokumentu",
    personalNumber: "PESEL",
    issued: "Data wydania",
    expires: "Termin ważności",
    address: "Adres",
    authority: "Organ wydający",
  },
  uk: {
    surname: "Прізвище",
    given: "Ім’я",
    name: "Ім’я",
    sex: "Стать",
    nationality: "Громадянство",
    birth: "Дата народження",
    birthPlace: "Місце народження",
    number: "Документ №",
    personalNumber: "Персональний №",
    issued: "Дата видачі",
    expires: "Дійсний до",
    address: "Адреса",
    authority: "Орган",
  },
  el: {
    surname: "Επώνυμο",
    given: "Όνομα",
    name: "Όνομα",
    sex: "Φύλο",
    nationality: "Ιθαγένεια",
    birth: "Ημ. γέννησης",
    birthPlace: "Τόπος γέννησης",
    number: "Αριθμός",
    personalNumber: "Προσωπικός αρ.",
    issued: "Έκδοση",
    expires: "Λήξη",
    address: "Διεύθυνση",
    authority: "Αρχή",
  },
  ar: {
    surname: "اللقب",
    given: "الاسم الأول",
    name: "الاسم",
    sex: "الجنس",
    nationality: "الجنسية",
    birth: "تاريخ الميلاد",
    birthPlace: "مكان الميلاد",
    number: "رقم الوثيقة",
    personalNumber: "الرقم الشخصي",
    issued: "تاريخ الإصدار",
    expires: "تاريخ الانتهاء",
    address: "العنوان",
    authority: "جهة الإصدار",
  },
  ja: {
    surname: "姓",
    given: "名",
    name: "氏名",
    sex: "性別",
    nationality: "国籍",
    birth: "生年月日",
    birthPlace: "出生地",
    number: "番号",
    personalNumber: "個人番号",
    issued: "交付日",
    expires: "有効期限",
    address: "住所",
    authority: "発行者",
  },
  zh: {
    surname: "姓",
    given: "名",
    name: "姓名",
    sex: "性别",
    nationality: "国籍",
    birth: "出生日期",
    birthPlace: "出生地点",
    number: "号码",
    personalNumber: "个人号码",
    issued: "签发日期",
    expires: "有效期至",
    address: "住址",
    authority: "签发机关",
  },
};

const ownName: Record<string, string> = {
  ESP: "ESPAÑA",
  PRT: "PORTUGAL",
  FRA: "FRANCE",
  DEU: "DEUTSCHLAND",
  GBR: "UNITED KINGDOM",
  USA: "UNITED STATES",
  BRA: "BRASIL",
  MEX: "MÉXICO",
  NGA: "NIGERIA",
  IND: "INDIA",
  JPN: "日本",
  CHN: "中国",
  EGY: "مصر",
  ARE: "الإمارات العربية المتحدة",
  UKR: "УКРАЇНА",
  GRC: "ΕΛΛΑΔΑ",
  POL: "POLSKA",
};

/** In Brazil `apelido` is a nickname. */
const brazilian: Words = { ...words.pt, surname: "Sobrenome", address: "Endereço" };

/** In the country's language, and in English beside it where that differs. */
export function labelsOf(country: Country): { own: Labels; english: Words | null } {
  return {
    own: {
      country: ownName[country.alpha3] ?? country.name.toUpperCase(),
      ...(country.alpha3 === "BRA" ? brazilian : words[country.language]),
    },
    english: country.language === "en" ? null : english,
  };
}
