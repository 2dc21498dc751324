import { type Country, cities, drivingLicence, families, identityCard, passport, spellings } from "./country";
import { portugueseCard, portugueseTax, spanishCif, spanishNif } from "./national-numbers";

export const spain: Country = {
  alpha3: "ESP",
  alpha2: "ES",
  mrzCode: "ESP",
  name: "Spain",
  language: "es",
  currency: "EUR",
  timeZone: "Europe/Madrid",
  utcOffset: 2,
  female: spellings(
    "Lucía, Carmen, Inés, Núria, Begoña, Rocío, Aitana, Marta, Elena, María José, Paula, Irene, Ana Belén, Sofía, Alba, Pilar",
  ),
  male: spellings(
    "Javier, Íñigo, Álvaro, Joaquín, Pablo, Andrés, Xavier, Rubén, José Luis, Martín, Sergio, Óscar, Adrián, Unai, Ignacio, Diego",
  ),
  family: families(
    "García, Fernández, Muñoz, Ibáñez, Etxeberria, Castaño, Ordóñez, Vidal, Peña, Roldán, Salvatierra, Quintana, Zubiri, Carrasco, Montalbán, Núñez, Ferrer, Llorente, Bermúdez, Otero, Puig, Sanchís",
  ),
  surnames: "two",
  nativeOrder: "first-last",
  cities: cities(`
    Madrid | Comunidad de Madrid | 280## | 40.4168 | -3.7038
    Barcelona | Cataluña | 080## | 41.3874 | 2.1686
    Valencia | Comunitat Valenciana | 460## | 39.4699 | -0.3763
    Bilbao | Euskadi | 480## | 43.263 | -2.935
    Sevilla | Andalucía | 410## | 37.3891 | -5.9845
    A Coruña | Galicia | 150## | 43.3623 | -8.4115`),
  streets: spellings(
    "Calle del Olmo, Avenida de los Pinos, Calle Nueva, Plaza del Molino, Calle de la Fuente, Paseo del Río, Calle Mirador, Ronda de Levante",
  ),
  streetLine: (street, number) => `${street} ${number}`,
  flat: (random) => `${random.int(1, 6)}.º ${random.pick(["A", "B", "C", "D"])}`,
  addressTail: "postal city",
  phonePrefix: "+34",
  phone: "6000####0",
  carriers: ["Olivera Móvil", "Telecanto"],
  internetProviders: ["Fibra Olivera", "Telecanto Hogar"],
  utilities: ["Aguas del Olmo", "Energía Cantábrica Demo"],
  banks: ["Banca Salvatierra", "Caja del Molino"],
  documents: [
    identityCard({
      title: "DOCUMENTO NACIONAL DE IDENTIDAD",
      authority: "Oficina de Identidad",
      showsAddress: true,
      number: (random) => random.pattern("@@@######"),
      personalNumber: spanishNif,
    }),
    passport({
      title: "PASAPORTE",
      authority: "Oficina de Identidad",
      number: (random) => random.pattern("@@@######"),
      personalNumber: spanishNif,
    }),
  ],
  theme: { primary: "#9b2f2f", accent: "#d9a441", paper: "#fbf3e6", motif: "waves", layout: "left" },
  registry: {
    name: "Registro Mercantil",
    forms: ["S.L.", "S.A."],
    number: spanishCif,
    tax: spanishCif,
    vat: (tax) => `ES${tax}`,
    capital: [3_000, 600_000],
  },
};

export const portugal: Country = {
  alpha3: "PRT",
  alpha2: "PT",
  mrzCode: "PRT",
  name: "Portugal",
  language: "pt",
  currency: "EUR",
  timeZone: "Europe/Lisbon",
  utcOffset: 1,
  female: spellings(
    "Beatriz, Leonor, Inês, Mafalda, Matilde, Catarina, Joana, Conceição, Maria João, Francisca, Teresa, Rita, Graça, Sílvia",
  ),
  male: spellings(
    "João, Tiago, Duarte, Gonçalo, Rui, Afonso, Simão, Nuno, António, Pedro, Vasco, Luís, Estêvão, Miguel",
  ),
  family: families(
    "Silva, Magalhães, Fonseca, Queirós, Gonçalves, Figueiredo, Ribeiro, Assunção, Simões, Brandão, Leitão, Sá, Guimarães, Mourão, Falcão, Pereira, Valadares, Antunes, Sequeira, Bragança",
  ),
  surnames: "portuguese",
  nativeOrder: "first-last",
  cities: cities(`
    Lisboa | Lisboa | 1###-### | 38.7223 | -9.1393
    Porto | Porto | 4###-### | 41.1579 | -8.6291
    Coimbra | Coimbra | 30##-### | 40.2033 | -8.4103
    Braga | Braga | 47##-### | 41.5454 | -8.4265
    Faro | Faro | 80##-### | 37.0194 | -7.9304`),
  streets: spellings(
    "Rua das Oliveiras, Avenida do Mar, Travessa do Poço, Rua da Alegria Nova, Largo do Moinho, Rua dos Loureiros, Calçada da Ribeira",
  ),
  streetLine: (street, number) => `${street} ${number}`,
  flat: (random) => `${random.int(1, 5)}.º ${random.pick(["Esq.", "Dto."])}`,
  addressTail: "postal city",
  phonePrefix: "+351",
  phone: "91000####",
  carriers: ["Ribeira Móvel", "Atlântica Com"],
  internetProviders: ["Ribeira Fibra", "Atlântica Com"],
  utilities: ["Águas da Ribeira", "Luz do Poente Demo"],
  banks: ["Banco Loureiro", "Caixa do Moinho"],
  documents: [
    identityCard({
      title: "CARTÃO DE CIDADÃO",
      authority: "Conservatória Central",
      code: "I",
      number: portugueseCard,
      personalNumber: (random) => portugueseTax(random, "2"),
    }),
    passport({
      title: "PASSAPORTE",
      authority: "Conservatória Central",
      validYears: 5,
      number: (random) => random.pattern("@@######"),
    }),
  ],
  theme: { primary: "#1f6b4a", accent: "#b8434e", paper: "#eef6ee", motif: "rings", layout: "right" },
  registry: {
    name: "Registo Comercial",
    forms: ["Lda.", "S.A."],
    number: (random) => portugueseTax(random, "5"),
    tax: (random) => portugueseTax(random, "5"),
    vat: (tax) => `PT${tax}`,
    capital: [5_000, 400_000],
  },
};

export const france: Country = {
  alpha3: "FRA",
  alpha2: "FR",
  mrzCode: "FRA",
  name: "France",
  language: "fr",
  currency: "EUR",
  timeZone: "Europe/Paris",
  utcOffset: 2,
  female: spellings(
    "Chloé, Amélie, Éloïse, Zoé, Inès, Maëlys, Françoise, Margaux, Solène, Aurélie, Anne-Laure, Juliette, Océane, Noémie",
  ),
  male: spellings(
    "Théo, Rémi, François, Loïc, Étienne, Jean-Marc, Gaël, Mathéo, Benoît, Raphaël, Aurélien, Hugo, Clément, Jérôme",
  ),
  family: families(
    "Lefèvre, Béranger, D'Aubigny, Château, Roussel-Garnier, Périer, Lemaître, Noël, Chauvin, Delacourt, L'Hôpital, Besançon, Marchand, Fontenay, Gérard, Vauquelin, Rochefort, Dufrêne, Collet",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    Paris | Île-de-France | 750## | 48.8566 | 2.3522
    Lyon | Auvergne-Rhône-Alpes | 6900# | 45.764 | 4.8357
    Nantes | Pays de la Loire | 440## | 47.2184 | -1.5536
    Strasbourg | Grand Est | 670## | 48.5734 | 7.7521
    Marseille | Provence-Alpes-Côte d'Azur | 1300# | 43.2965 | 5.3698`),
  streets: spellings(
    "rue des Tilleuls, avenue du Vieux Moulin, rue de la Source, impasse des Cerisiers, boulevard du Levant, rue des Orfèvres",
  ),
  streetLine: (street, number) => `${number} ${street}`,
  flat: (random) => `Appt ${random.int(1, 40)}`,
  addressTail: "postal city",
  phonePrefix: "+33",
  phone: "63998####",
  carriers: ["Tilleul Mobile", "Onde Claire"],
  internetProviders: ["Tilleul Fibre", "Onde Claire"],
  utilities: ["Eaux du Levant", "Électra Demo"],
  banks: ["Banque des Orfèvres", "Crédit du Vieux Moulin"],
  documents: [
    identityCard({
      title: "CARTE NATIONALE D'IDENTITÉ",
      authority: "Préfecture de démonstration",
      showsAddress: true,
      number: (random) => random.pattern("@#@@#@@##"),
    }),
    passport({
      title: "PASSEPORT",
      authority: "Préfecture de démonstration",
      number: (random) => random.pattern("##@@#####"),
    }),
    drivingLicence({
      title: "PERMIS DE CONDUIRE",
      authority: "Préfecture de démonstration",
      weight: 1,
      validYears: 15,
      number: (random) => random.pattern("##@@#####"),
    }),
  ],
  theme: { primary: "#27418f", accent: "#c9485b", paper: "#eef2fb", motif: "weave", layout: "left" },
  registry: {
    name: "Registre du commerce et des sociétés",
    forms: ["SAS", "SARL", "SA"],
    number: (random) => random.pattern("999 ### ###"),
    tax: (random) => random.pattern("99#######"),
    vat: (tax) => `FR${String((12 + 3 * (Number(tax) % 97)) % 97).padStart(2, "0")}${tax}`,
    capital: [1_000, 500_000],
  },
};
