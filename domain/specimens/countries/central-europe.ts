import { type Country, cities, drivingLicence, families, identityCard, passport, spellings } from "./country";
import { polishIdNumber, polishPesel, ukrainianTaxNumber } from "./national-numbers";

const germanSigns = [..."CFGHJKLMNPRTVWXYZ0123456789"];

export const germany: Country = {
  alpha3: "DEU",
  alpha2: "DE",
  mrzCode: "D",
  name: "Germany",
  language: "de",
  currency: "EUR",
  timeZone: "Europe/Berlin",
  utcOffset: 2,
  female: spellings(
    "Anneliese, Käthe, Jördis, Franziska, Lena, Ayşe, Marlene, Svenja, Ulrike, Wiebke, Jana, Elif, Theresa, Birgit",
  ),
  male: spellings(
    "Jürgen, Björn, Lukas, Matthias, Sören, Günther, Emre, Karl-Heinz, Fabian, Hannes, Tobias, Wolfgang, Jannik, Oğuz",
  ),
  family: families(
    "Müller, Schröder, Weiß, Großmann, Köhler-Brandt, Jäger, Fürstenberg, Böttcher, von Ahlefeld, Löwe, Strauß, Yıldız, Hübner, Kästner, Rößler, Winterfeld, Brinkmann, Öztürk",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    Berlin | Berlin | 10### | 52.52 | 13.405
    Hamburg | Hamburg | 20### | 53.5511 | 9.9937
    München | Bayern | 80### | 48.1351 | 11.582
    Köln | Nordrhein-Westfalen | 50### | 50.9375 | 6.9603
    Leipzig | Sachsen | 04### | 51.3397 | 12.3731`),
  streets: spellings(
    "Lindenweg, Mühlenstraße, Am Alten Hafen, Kastanienallee, Bergstraße, Schäferweg, Gärtnerstraße, Birkenpfad",
  ),
  streetLine: (street, number) => `${street} ${number}`,
  flat: (random) => `${random.int(1, 5)}. OG`,
  addressTail: "postal city",
  phonePrefix: "+49",
  phone: "176040690##",
  carriers: ["Lindenfunk", "Hafen Mobil"],
  internetProviders: ["Lindenfunk", "Hafen Netz"],
  utilities: ["Stadtwerke Lindenau", "Hafen Energie"],
  banks: ["Mühlenbank", "Sparkasse Kastanienland"],
  documents: [
    identityCard({
      title: "PERSONALAUSWEIS",
      authority: "Stadt Musterhausen",
      showsAddress: true,
      number: (random) => `L${Array.from({ length: 8 }, () => random.pick(germanSigns)).join("")}`,
    }),
    passport({
      title: "REISEPASS",
      authority: "Stadt Musterhausen",
      number: (random) => `C${Array.from({ length: 8 }, () => random.pick(germanSigns)).join("")}`,
    }),
    drivingLicence({
      title: "FÜHRERSCHEIN",
      authority: "Stadt Musterhausen",
      weight: 1,
      validYears: 15,
      showsAddress: false,
      number: (random) => random.pattern("@###@##@##@"),
    }),
  ],
  theme: { primary: "#3f4a4f", accent: "#c2a13a", paper: "#f2f4ee", motif: "weave", layout: "left" },
  registry: {
    name: "Handelsregister",
    forms: ["GmbH", "AG", "UG (haftungsbeschränkt)"],
    number: (random) => random.pattern("HRB 99####"),
    tax: (random) => random.pattern("99/###/0####"),
    vat: (tax) => `DE${tax.replace(/\D/g, "").slice(0, 9)}`,
    capital: [25_000, 900_000],
  },
};

export const poland: Country = {
  alpha3: "POL",
  alpha2: "PL",
  mrzCode: "POL",
  name: "Poland",
  language: "pl",
  currency: "PLN",
  timeZone: "Europe/Warsaw",
  utcOffset: 2,
  female: spellings(
    "Małgorzata, Agnieszka, Zofia, Łucja, Katarzyna, Bożena, Żaneta, Ewa, Stanisława, Oliwia, Jadwiga, Święta",
  ),
  male: spellings(
    "Łukasz, Wojciech, Krzysztof, Stanisław, Paweł, Grzegorz, Michał, Jędrzej, Zdzisław, Bartłomiej, Mateusz, Błażej",
  ),
  family: families(
    "Kowalski/Kowalska, Wiśniewski/Wiśniewska, Zając, Wójcik, Dąbrowski/Dąbrowska, Jabłoński/Jabłońska, Szczęsny/Szczęsna, Źródłowski/Źródłowska, Grzęda, Pająk, Łęcki/Łęcka, Krzyżanowski/Krzyżanowska, Śmigły/Śmigła, Borowiec",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    Warszawa | Mazowieckie | 00-### | 52.2297 | 21.0122
    Kraków | Małopolskie | 30-### | 50.0647 | 19.945
    Gdańsk | Pomorskie | 80-### | 54.352 | 18.6466
    Łódź | Łódzkie | 90-### | 51.7592 | 19.456
    Wrocław | Dolnośląskie | 50-### | 51.1079 | 17.0385`),
  streets: spellings("ul. Lipowa, ul. Młyńska, al. Źródlana, ul. Jarzębinowa, ul. Świerkowa, os. Słoneczne"),
  streetLine: (street, number) => `${street} ${number}`,
  flat: (random) => `m. ${random.int(1, 60)}`,
  addressTail: "postal city",
  phonePrefix: "+48",
  phone: "500000###",
  carriers: ["Lipowa Mobile", "Wisła Com"],
  internetProviders: ["Lipowa Net", "Wisła Com"],
  utilities: ["Energia Młyńska", "Wodociągi Demo"],
  banks: ["Bank Jarzębina", "Kasa Młyńska"],
  documents: [
    identityCard({
      title: "DOWÓD OSOBISTY",
      authority: "Burmistrz Miasta Pokazowego",
      code: "I",
      number: polishIdNumber,
      personalNumber: polishPesel,
    }),
    passport({
      title: "PASZPORT",
      authority: "Wojewoda Pokazowy",
      number: (random) => random.pattern("@@#######"),
      personalNumber: polishPesel,
    }),
  ],
  theme: { primary: "#a02c45", accent: "#51708f", paper: "#faf1f2", motif: "hexagons", layout: "left" },
  registry: {
    name: "Krajowy Rejestr Sądowy",
    forms: ["sp. z o.o.", "S.A."],
    number: (random) => random.pattern("0009######"),
    tax: (random) => random.pattern("999#######"),
    vat: (tax) => `PL${tax}`,
    capital: [5_000, 800_000],
  },
};

export const ukraine: Country = {
  alpha3: "UKR",
  alpha2: "UA",
  mrzCode: "UKR",
  name: "Ukraine",
  language: "uk",
  currency: "UAH",
  timeZone: "Europe/Kyiv",
  utcOffset: 3,
  female: spellings(
    "Olena=Олена, Oksana=Оксана, Iryna=Ірина, Yuliia=Юлія, Solomiia=Соломія, Nataliia=Наталія, Zlata=Злата, Kateryna=Катерина, Myroslava=Мирослава, Darija=Дарія",
  ),
  male: spellings(
    "Andrii=Андрій, Oleksandr=Олександр, Yevhen=Євген, Taras=Тарас, Bohdan=Богдан, Dmytro=Дмитро, Ihor=Ігор, Mykola=Микола, Yurii=Юрій, Serhii=Сергій",
  ),
  family: families(
    "Shevchuk=Шевчук, Kovalenko=Коваленко, Bondarchuk=Бондарчук, Yatsenko=Яценко, Hrytsenko=Гриценко, Zelenchuk=Зеленчук, Shchur=Щур, Yermolenko=Єрмоленко, Dovhan=Довгань, Kalynskyi=Калинський/Kalynska=Калинська, Lysenko=Лисенко, Zhuravel=Журавель",
  ),
  surnames: "one",
  nativeOrder: "last-first",
  cities: cities(`
    Kyiv=Київ | Kyiv | 01### | 50.4501 | 30.5234
    Lviv=Львів | Lviv Oblast | 79### | 49.8397 | 24.0297
    Odesa=Одеса | Odesa Oblast | 65### | 46.4825 | 30.7233
    Dnipro=Дніпро | Dnipropetrovsk Oblast | 49### | 48.4647 | 35.0462`),
  streets: spellings(
    "Kalynova St=вул. Калинова, Sadova St=вул. Садова, Yablunevyi Lane=пров. Яблуневий, Richna St=вул. Річна, Veselkova St=вул. Веселкова",
  ),
  streetLine: (street, number) => `${street}, ${number}`,
  flat: (random) => `apt ${random.int(1, 90)}`,
  addressTail: "city postal",
  phonePrefix: "+380",
  phone: "500000###",
  carriers: ["Kalyna Mobile", "Richka Telecom"],
  internetProviders: ["Kalyna Net", "Richka Telecom"],
  utilities: ["Kalyna Energo", "Richka Vodokanal"],
  banks: ["Bank Sadova", "Kalyna Credit"],
  documents: [
    identityCard({
      title: "ПАСПОРТ · ПОСВІДЧЕННЯ ОСОБИ",
      authority: "0099",
      script: "both",
      number: (random) => random.pattern("000######"),
      personalNumber: ukrainianTaxNumber,
    }),
    passport({
      title: "ПАСПОРТ",
      authority: "0099",
      script: "both",
      number: (random) => random.pattern("@@######"),
    }),
  ],
  theme: { primary: "#2b5f9e", accent: "#d8b02f", paper: "#f1f6fb", motif: "waves", layout: "left" },
  registry: {
    name: "Unified State Register",
    forms: ["LLC", "PrJSC"],
    number: (random) => random.pattern("99######"),
    tax: (random) => random.pattern("99##########"),
    capital: [10_000, 3_000_000],
  },
};
