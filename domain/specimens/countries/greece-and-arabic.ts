import { type Country, cities, families, identityCard, passport, spellings } from "./country";
import { egyptianId, emiratesId } from "./national-numbers";

export const greece: Country = {
  alpha3: "GRC",
  alpha2: "GR",
  mrzCode: "GRC",
  name: "Greece",
  language: "el",
  currency: "EUR",
  timeZone: "Europe/Athens",
  utcOffset: 3,
  female: spellings(
    "Eleni=Ελένη, Maria=Μαρία, Katerina=Κατερίνα, Dimitra=Δήμητρα, Ioanna=Ιωάννα, Vasiliki=Βασιλική, Chrysoula=Χρυσούλα, Evangelia=Ευαγγελία, Foteini=Φωτεινή",
  ),
  male: spellings(
    "Georgios=Γεώργιος, Nikolaos=Νικόλαος, Dimitrios=Δημήτριος, Panagiotis=Παναγιώτης, Spyridon=Σπυρίδων, Christos=Χρήστος, Ioannis=Ιωάννης, Thanasis=Θανάσης, Stavros=Σταύρος",
  ),
  family: families(
    "Papadopoulos=Παπαδόπουλος/Papadopoulou=Παπαδοπούλου, Vlachos=Βλάχος/Vlachou=Βλάχου, Oikonomou=Οικονόμου, Karagiannis=Καραγιάννης/Karagianni=Καραγιάννη, Makris=Μακρής/Makri=Μακρή, Angelopoulos=Αγγελόπουλος/Angelopoulou=Αγγελοπούλου, Xenakis=Ξενάκης/Xenaki=Ξενάκη, Theodorou=Θεοδώρου, Zervas=Ζέρβας/Zerva=Ζέρβα, Psaros=Ψαρός/Psarou=Ψαρού",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    Athens=Αθήνα | Attica | 10# ## | 37.9838 | 23.7275
    Thessaloniki=Θεσσαλονίκη | Central Macedonia | 54# ## | 40.6401 | 22.9444
    Patras=Πάτρα | Western Greece | 26# ## | 38.2466 | 21.7346
    Heraklion=Ηράκλειο | Crete | 71# ## | 35.3387 | 25.1442`),
  streets: spellings("Elaion=Ελαιών, Thalassis=Θαλάσσης, Anemomylou=Ανεμομύλου, Pefkon=Πεύκων, Amygdalias=Αμυγδαλιάς"),
  streetLine: (street, number) => `${street} ${number}`,
  flat: (random) => `${random.int(1, 5)}F`,
  addressTail: "postal city",
  phonePrefix: "+30",
  phone: "6900000###",
  carriers: ["Pelagos Mobile", "Meltemi Com"],
  internetProviders: ["Pelagos Net", "Meltemi Com"],
  utilities: ["Pelagos Energy Demo", "Anemos Water"],
  banks: ["Amygdalia Bank", "Trapeza Pelagos"],
  documents: [
    identityCard({
      title: "ΔΕΛΤΙΟ ΤΑΥΤΟΤΗΤΑΣ",
      authority: "Τ.Α. Επίδειξης",
      script: "both",
      number: (random) => random.pattern("A@0######"),
    }),
    passport({
      title: "ΔΙΑΒΑΤΗΡΙΟ",
      authority: "Δ.Δ. Επίδειξης",
      script: "both",
      number: (random) => random.pattern("A@0######"),
    }),
  ],
  theme: { primary: "#1d6390", accent: "#8fa9bd", paper: "#eef5f8", motif: "weave", layout: "right" },
  registry: {
    name: "General Commercial Registry",
    forms: ["M.I.K.E.", "A.E."],
    number: (random) => random.pattern("999########0"),
    tax: (random) => random.pattern("999######"),
    vat: (tax) => `EL${tax}`,
    capital: [1_000, 300_000],
  },
};

export const egypt: Country = {
  alpha3: "EGY",
  alpha2: "EG",
  mrzCode: "EGY",
  name: "Egypt",
  language: "ar",
  currency: "EGP",
  timeZone: "Africa/Cairo",
  utcOffset: 3,
  female: spellings(
    "Mona=منى, Yasmine=ياسمين, Salma=سلمى, Nourhan=نورهان, Heba=هبة, Fatma=فاطمة, Rania=رانيا, Dina=دينا, Amira=أميرة, Shaimaa=شيماء",
  ),
  male: spellings(
    "Ahmed=أحمد, Mahmoud=محمود, Karim=كريم, Youssef=يوسف, Tarek=طارق, Mostafa=مصطفى, Hossam=حسام, Amr=عمرو, Khaled=خالد, Ziad=زياد",
  ),
  family: families(
    "El-Sayed=السيد, Abdel Rahman=عبد الرحمن, Mansour=منصور, El-Gohary=الجوهري, Fouad=فؤاد, Shaheen=شاهين, Abou Zeid=أبو زيد, El-Naggar=النجار, Ghoneim=غنيم, Zaki=زكي",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    Cairo=القاهرة | Cairo | 115## | 30.0444 | 31.2357
    Alexandria=الإسكندرية | Alexandria | 215## | 31.2001 | 29.9187
    Giza=الجيزة | Giza | 125## | 29.987 | 31.2118
    Mansoura=المنصورة | Dakahlia | 355## | 31.0409 | 31.3785`),
  streets: spellings(
    "Nakheel Street=شارع النخيل, Yasmine Street=شارع الياسمين, Nil El-Gedid Street=شارع النيل الجديد, Zahour Street=شارع الزهور, Sahel Road=طريق الساحل",
  ),
  streetLine: (street, number) => `${number} ${street}`,
  flat: (random) => `Apt ${random.int(1, 20)}`,
  addressTail: "city postal",
  phonePrefix: "+20",
  phone: "1000000###",
  carriers: ["Nakheel Mobile", "Nilofar Telecom"],
  internetProviders: ["Nakheel DSL", "Nilofar Telecom"],
  utilities: ["Nilofar Electricity Demo", "Sahel Water"],
  banks: ["Bank Al-Yasmine", "Sahel Bank"],
  documents: [
    identityCard({
      title: "بطاقة تحقيق الشخصية",
      authority: "مكتب السجل التجريبي",
      weight: 2,
      mrz: null,
      validYears: 7,
      script: "native",
      showsAddress: true,
      number: egyptianId,
    }),
    passport({
      title: "جواز سفر",
      authority: "مكتب السجل التجريبي",
      validYears: 7,
      script: "both",
      number: (random) => random.pattern("@000#####"),
      personalNumber: egyptianId,
    }),
  ],
  theme: { primary: "#8a5a1f", accent: "#34706b", paper: "#fbf5e8", motif: "hexagons", layout: "right" },
  registry: {
    name: "Commercial Registry",
    forms: ["LLC", "SAE"],
    number: (random) => random.pattern("CR 99####"),
    tax: (random) => random.pattern("999-###-###"),
    capital: [50_000, 5_000_000],
  },
};

export const emirates: Country = {
  alpha3: "ARE",
  alpha2: "AE",
  mrzCode: "ARE",
  name: "United Arab Emirates",
  language: "ar",
  currency: "AED",
  timeZone: "Asia/Dubai",
  utcOffset: 4,
  female: spellings(
    "Maryam=مريم, Hessa=حصة, Latifa=لطيفة, Aisha=عائشة, Noura=نورة, Shamma=شما, Mouza=موزة, Sheikha=شيخة",
  ),
  male: spellings(
    "Khalifa=خليفة, Saeed=سعيد, Rashid=راشد, Sultan=سلطان, Hamdan=حمدان, Omar=عمر, Faisal=فيصل, Jasim=جاسم",
  ),
  family: families(
    "Al Nuaimi=النعيمي, Al Suwaidi=السويدي, Al Mazrouei=المزروعي, Al Ketbi=الكتبي, Bin Haider=بن حيدر, Al Hammadi=الحمادي, Al Zaabi=الزعابي, Al Shamsi=الشامسي",
  ),
  surnames: "one",
  nativeOrder: "first-last",
  cities: cities(`
    Dubai=دبي | Dubai | 000## | 25.2048 | 55.2708
    Abu Dhabi=أبوظبي | Abu Dhabi | 000## | 24.4539 | 54.3773
    Sharjah=الشارقة | Sharjah | 000## | 25.3463 | 55.4209`),
  streets: spellings(
    "Al Ghaf Street=شارع الغاف, Lulu Road=طريق اللؤلؤ, Al Nakhla Street=شارع النخلة, Sidra Street=شارع السدرة",
  ),
  streetLine: (street, number) => `${street} ${number}`,
  flat: (random) => `Apt ${random.int(1, 30)}0${random.int(1, 9)}`,
  addressTail: "city postal",
  phonePrefix: "+971",
  phone: "500000###",
  carriers: ["Ghaf Mobile", "Lulu Telecom"],
  internetProviders: ["Ghaf Net", "Lulu Telecom"],
  utilities: ["Ghaf Power & Water Demo", "Sidra Cooling"],
  banks: ["Sidra Bank", "Bank of Al Nakhla"],
  documents: [
    identityCard({
      title: "بطاقة هوية",
      authority: "هيئة الهوية التجريبية",
      code: "IL",
      validYears: 5,
      script: "both",
      number: (random) => random.pattern("000######"),
      personalNumber: emiratesId,
      optionalData: (id) => id.replace(/\D/g, ""),
    }),
    passport({
      title: "جواز سفر",
      authority: "هيئة الهوية التجريبية",
      script: "both",
      number: (random) => random.pattern("@00######"),
    }),
  ],
  theme: { primary: "#2f6b57", accent: "#b58b45", paper: "#f6f4ea", motif: "rings", layout: "left" },
  registry: {
    name: "Free Zone Registrar",
    forms: ["FZ-LLC", "LLC"],
    number: (random) => random.pattern("99####"),
    tax: (random) => random.pattern("999############"),
    capital: [50_000, 5_000_000],
  },
};
