import { type Country, cities, drivingLicence, families, identityCard, passport, spellings } from "./country";

export const unitedKingdom: Country = {
  alpha3: "GBR",
  alpha2: "GB",
  mrzCode: "GBR",
  name: "United Kingdom",
  language: "en",
  currency: "GBP",
  timeZone: "Europe/London",
  utcOffset: 1,
  female: spellings(
    "Imogen, Charlotte, Sinéad, Amara, Niamh, Harriet, Zara, Eleri, Phoebe, Bronwen, Aisha, Rosalind, Freya, Gwendolyn",
  ),
  male: spellings(
    "Callum, Rhys, Oliver, Hamish, Dominic, Tariq, Gareth, Alistair, Seán, Kwame, Rupert, Ewan, Marcus, Idris",
  ),
  family: families(
    "O'Brien, Ashworth, Fitzgerald, Blackwood-Hale, McAllister, Pemberton, Llewellyn, Thorne, Adeyemi-Cole, Whitcombe, O'Rourke, Hargreaves, Sutherland, Begum, Trelawney, Kinsella, Rahman, Oakley",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    London | Greater London | N# #AA | 51.5072 | -0.1276
    Manchester | Greater Manchester | M# #ZZ | 53.4808 | -2.2426
    Bristol | Bristol | BS# #ZZ | 51.4545 | -2.5879
    Cardiff | Wales | CF# #ZZ | 51.4816 | -3.1791
    Edinburgh | Scotland | EH# #ZZ | 55.9533 | -3.1883
    Belfast | Northern Ireland | BT# #ZZ | 54.5973 | -5.9301`),
  streets: spellings(
    "Larch Grove, Millbrook Lane, Old Orchard Road, Fernhill Close, Kestrel Way, Priory Walk, Tannery Street",
  ),
  streetLine: (street, number) => `${number} ${street}`,
  flat: (random) => `Flat ${random.int(1, 30)}`,
  addressTail: "city postal",
  phonePrefix: "+44",
  phone: "7700900###",
  carriers: ["Larkmobile", "Northwind Telecom"],
  internetProviders: ["Larkmobile Broadband", "Northwind Telecom"],
  utilities: ["Millbrook Water", "Fernhill Energy"],
  banks: ["Tannery & Vale Bank", "Priory Building Society"],
  documents: [
    passport({
      title: "PASSPORT",
      authority: "Demo Passport Office",
      weight: 3,
      number: (random) => random.pattern("99#######"),
    }),
    drivingLicence({
      title: "DRIVING LICENCE",
      authority: "Demo Licensing Agency",
      number: (random, holder) => {
        const [year = "", month = "", day = ""] = holder.birthDate.split("-");
        const surname = holder.surnames[0]!.replace(/[^A-Za-z]/g, "").toUpperCase();
        const shifted = Number(month) + (holder.gender === "F" ? 50 : 0);
        return `${surname.padEnd(5, "9").slice(0, 5)}${year[2]}${String(shifted).padStart(2, "0")}${day}${year[3]}${holder.firstName[0]!.normalize("NFD")[0]}99${random.pattern("#@@")}`;
      },
    }),
  ],
  theme: { primary: "#3b3f77", accent: "#b04a5a", paper: "#f3f2fa", motif: "rays", layout: "left" },
  registry: {
    name: "Companies Register",
    forms: ["Ltd", "PLC", "LLP"],
    number: (random) => random.pattern("99######"),
    tax: (random) => random.pattern("99########"),
    vat: (tax) => `GB${tax.slice(0, 9)}`,
    capital: [1, 250_000],
  },
};

export const unitedStates: Country = {
  alpha3: "USA",
  alpha2: "US",
  mrzCode: "USA",
  name: "United States",
  language: "en",
  currency: "USD",
  timeZone: "America/New_York",
  utcOffset: -4,
  female: spellings(
    "Ashley, Guadalupe, Brianna, Emily, Keisha, Madison, Grace, Hannah, Latoya, Savannah, Mackenzie, Rachel, Destiny, June",
  ),
  male: spellings(
    "Tyler, Marcus, Ethan, Jamal, Cody, Xavier, Brandon, Wyatt, DeShawn, Logan, Austin, Miles, Preston, Russell",
  ),
  family: families(
    "O'Neill, Washington-Price, Kowalczyk, Nguyen, Delgado, MacPherson, Hollingsworth, Whitehorse, St. James, Van der Meer, Brooks, Castellano, Freeman, Yazzie, Lindqvist, Okonkwo, Prescott, Tillman",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    Columbus | OH | 432## | 39.9612 | -82.9988
    Portland | OR | 972## | 45.5152 | -122.6784
    Austin | TX | 787## | 30.2672 | -97.7431
    Atlanta | GA | 303## | 33.749 | -84.388
    Brooklyn | NY | 112## | 40.6782 | -73.9442
    Albuquerque | NM | 871## | 35.0844 | -106.6504`),
  streets: spellings(
    "Juniper Avenue, Old Mill Road, Cottonwood Drive, Lakeview Terrace, Prairie Street, Copper Canyon Way, Dogwood Lane",
  ),
  streetLine: (street, number) => `${number * 13} ${street}`,
  flat: (random) => `Apt ${random.int(1, 24)}${random.pick(["", "A", "B"])}`,
  addressTail: "city, region postal",
  phonePrefix: "+1",
  phone: "61455501##",
  carriers: ["Prairie Wireless", "Juniper Mobile"],
  internetProviders: ["Prairie Cable", "Juniper Broadband"],
  utilities: ["Cottonwood Power & Light", "Copper Canyon Water"],
  banks: ["Dogwood Savings Bank", "First Prairie Trust"],
  documents: [
    drivingLicence({
      title: "DRIVER LICENSE",
      authority: "Demo Motor Vehicle Office",
      weight: 3,
      validYears: 8,
      number: (random) => random.pattern("@@99####"),
    }),
    passport({
      title: "PASSPORT",
      authority: "Demo Passport Office",
      weight: 2,
      number: (random) => random.pattern("@00######"),
    }),
  ],
  theme: { primary: "#1f4e79", accent: "#b5523b", paper: "#eef4f9", motif: "weave", layout: "right" },
  registry: {
    name: "Secretary of State, Division of Corporations",
    forms: ["LLC", "Inc."],
    number: (random) => random.pattern("99#####"),
    tax: (random) => random.pattern("00-#######"),
    capital: [1_000, 1_000_000],
  },
};

export const nigeria: Country = {
  alpha3: "NGA",
  alpha2: "NG",
  mrzCode: "NGA",
  name: "Nigeria",
  language: "en",
  currency: "NGN",
  timeZone: "Africa/Lagos",
  utcOffset: 1,
  female: spellings(
    "Chiamaka, Folasade, Ngozi, Aisha, Temitope, Ebele, Halima, Yetunde, Zainab, Ifeoma, Omolara, Blessing",
  ),
  male: spellings("Chinedu, Oluwaseun, Ibrahim, Emeka, Babatunde, Tunde, Musa, Obinna, Kelechi, Adewale, Sani, Uche"),
  family: families(
    "Okonkwo, Adeyemi, Abubakar, Eze, Balogun, Nwachukwu, Ogunleye, Danjuma, Okeke, Bello, Afolabi-Williams, Onyekachi, Yusuf, Ibekwe",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    Lagos | Lagos | 10#### | 6.5244 | 3.3792
    Abuja | FCT | 90#### | 9.0765 | 7.3986
    Ibadan | Oyo | 20#### | 7.3775 | 3.947
    Kano | Kano | 70#### | 12.0022 | 8.592`),
  streets: spellings("Palm Grove Street, Harmattan Avenue, Old Market Road, Iroko Crescent, Baobab Close, Lagoon View"),
  streetLine: (street, number) => `${number} ${street}`,
  flat: (random) => `Flat ${random.int(1, 8)}`,
  addressTail: "city postal",
  phonePrefix: "+234",
  phone: "7000000###",
  carriers: ["Iroko Mobile", "Harmattan Telecom"],
  internetProviders: ["Iroko Net", "Lagoon Fibre"],
  utilities: ["Lagoon Electricity Demo", "Palm Grove Water"],
  banks: ["Baobab Microfinance Bank", "Iroko Trust Bank"],
  documents: [
    identityCard({
      title: "NATIONAL IDENTITY CARD",
      authority: "Demo Identity Commission",
      code: "I",
      weight: 2,
      number: (random) => random.pattern("@########"),
      personalNumber: (random) => random.pattern("000########"),
    }),
    passport({
      title: "PASSPORT",
      authority: "Demo Immigration Service",
      weight: 2,
      number: (random) => random.pattern("@00######"),
    }),
  ],
  theme: { primary: "#2d6a2f", accent: "#c98a2b", paper: "#f1f7ec", motif: "hexagons", layout: "band" },
  registry: {
    name: "Corporate Affairs Registry",
    forms: ["Limited", "PLC"],
    number: (random) => random.pattern("RC 99#####"),
    tax: (random) => random.pattern("99######-0001"),
    capital: [100_000, 50_000_000],
  },
};

export const india: Country = {
  alpha3: "IND",
  alpha2: "IN",
  mrzCode: "IND",
  name: "India",
  language: "en",
  currency: "INR",
  timeZone: "Asia/Kolkata",
  utcOffset: 5.5,
  female: spellings(
    "Ananya, Priyanka, Kavya, Meenakshi, Fatima, Deepa, Lakshmi, Sunita, Tanvi, Harpreet, Rukmini, Noor",
  ),
  male: spellings(
    "Arjun, Rohan, Venkatesh, Imran, Siddharth, Gurpreet, Karthik, Anil, Vikram, Joseph, Rajesh, Devansh",
  ),
  family: families(
    "D'Souza, Iyer, Mukherjee, Chaudhary, Venkataraman, Singh, Qureshi, Bhattacharya, D'Cunha, Nair, Deshpande, Kulkarni, Reddy, Sethi",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    Mumbai | Maharashtra | 4000## | 19.076 | 72.8777
    Bengaluru | Karnataka | 5600## | 12.9716 | 77.5946
    Kolkata | West Bengal | 7000## | 22.5726 | 88.3639
    Chennai | Tamil Nadu | 6000## | 13.0827 | 80.2707
    Panaji | Goa | 4030## | 15.4909 | 73.8278`),
  streets: spellings(
    "Banyan Tree Road, Lotus Lane, Temple Tank Street, Old Customs Road, Mango Orchard Layout, Hill View Colony",
  ),
  streetLine: (street, number) => `${number}, ${street}`,
  flat: (random) => `Flat ${random.int(1, 9)}0${random.int(1, 4)}`,
  addressTail: "city, region postal",
  phonePrefix: "+91",
  phone: "9000000###",
  carriers: ["Banyan Mobile", "Lotus Telecom"],
  internetProviders: ["Banyan Broadband", "Lotus Net"],
  utilities: ["Deccan Power Demo", "Lotus Gas Demo"],
  banks: ["Temple Tank Bank", "Old Customs Co-operative Bank"],
  documents: [
    passport({
      title: "PASSPORT",
      authority: "Demo Passport Office",
      weight: 3,
      number: (random) => random.pattern("@00#####"),
    }),
    drivingLicence({
      title: "DRIVING LICENCE",
      authority: "Demo Transport Office",
      weight: 1,
      validYears: 20,
      number: (random) => random.pattern("ZZ99 20#########"),
    }),
  ],
  theme: { primary: "#a4561c", accent: "#2f6f8f", paper: "#fcf4ea", motif: "rings", layout: "left" },
  registry: {
    name: "Registrar of Companies",
    forms: ["Private Limited", "Limited"],
    number: (random) => random.pattern("U99999ZZ20##PTC######"),
    tax: (random) => random.pattern("@@@@@99##@"),
    capital: [100_000, 20_000_000],
  },
};
