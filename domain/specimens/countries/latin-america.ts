import { type Country, cities, drivingLicence, families, identityCard, passport, spellings } from "./country";
import { brazilianCnpj, brazilianCpf, mexicanCurp } from "./national-numbers";

export const brazil: Country = {
  alpha3: "BRA",
  alpha2: "BR",
  mrzCode: "BRA",
  name: "Brazil",
  language: "pt",
  currency: "BRL",
  timeZone: "America/Sao_Paulo",
  utcOffset: -3,
  female: spellings(
    "Ana Clara, Júlia, Letícia, Thaís, Conceição, Débora, Luíza, Camila, Fabíola, Mônica, Lívia, Patrícia, Vitória, Yasmin, Maria Eduarda, Rosângela",
  ),
  male: spellings(
    "João Vitor, Cauã, Antônio, Thiago, Luís Otávio, Rogério, Fábio, Caio, Márcio, Vinícius, Murilo, Sebastião, Davi, Otávio, Wesley, Júlio César",
  ),
  family: families(
    "Conceição, Araújo, Nascimento, Falcão, Guimarães, Tavares, Cavalcânti, Moraes, Assunção, Ramalho, Sampaio, Paixão, Brandão, Gusmão, Távora, Magalhães, Pacheco, Meirelles, Lacerda, Brito, Figueirôa, Damasceno",
  ),
  surnames: "portuguese",
  nativeOrder: "first-last",
  cities: cities(`
    São Paulo | SP | 01###-### | -23.5505 | -46.6333
    Rio de Janeiro | RJ | 20###-### | -22.9068 | -43.1729
    Belo Horizonte | MG | 30###-### | -19.9167 | -43.9345
    Recife | PE | 50###-### | -8.0476 | -34.877
    Curitiba | PR | 80###-### | -25.4284 | -49.2733
    Salvador | BA | 40###-### | -12.9777 | -38.5016`),
  streets: spellings(
    "Rua das Palmeiras, Avenida do Sol, Rua dos Ipês, Alameda das Acácias, Rua Boa Vista Nova, Travessa do Engenho, Rua das Laranjeiras Novas",
  ),
  streetLine: (street, number) => `${street}, ${number * 7}`,
  flat: (random) => `apto ${random.int(1, 18)}${random.int(1, 4)}`,
  addressTail: "city, region postal",
  phonePrefix: "+55",
  phone: "1190000####",
  carriers: ["Ipê Celular", "Onda Sul"],
  internetProviders: ["Ipê Fibra", "Onda Sul Telecom"],
  utilities: ["Companhia de Luz Ipê", "Águas do Engenho"],
  banks: ["Banco Acácia", "Cooperativa Boa Vista Nova"],
  documents: [
    identityCard({
      title: "CARTEIRA DE IDENTIDADE",
      authority: "Instituto de Identificação",
      number: (random) => random.pattern("00#######"),
      personalNumber: brazilianCpf,
      optionalData: (cpf) => cpf.replace(/\D/g, ""),
    }),
    drivingLicence({
      title: "CARTEIRA DE HABILITAÇÃO",
      authority: "Departamento de Trânsito",
      weight: 2,
      showsAddress: false,
      number: (random) => random.pattern("000########"),
      personalNumber: brazilianCpf,
    }),
    passport({
      title: "PASSAPORTE",
      authority: "Instituto de Identificação",
      number: (random) => random.pattern("@@######"),
    }),
  ],
  theme: { primary: "#0f6d5b", accent: "#e0b53a", paper: "#f2f8ec", motif: "rays", layout: "left" },
  registry: {
    name: "Junta Comercial",
    forms: ["Ltda.", "S.A."],
    number: brazilianCnpj,
    tax: brazilianCnpj,
    capital: [10_000, 2_000_000],
  },
};

export const mexico: Country = {
  alpha3: "MEX",
  alpha2: "MX",
  mrzCode: "MEX",
  name: "Mexico",
  language: "es",
  currency: "MXN",
  timeZone: "America/Mexico_City",
  utcOffset: -6,
  female: spellings(
    "Ximena, Guadalupe, María Fernanda, Renata, Itzel, Verónica, Valeria, Daniela, Rosa Icela, Yolotl, Regina, Mónica, Paloma",
  ),
  male: spellings(
    "Emiliano, José Ángel, Rodrigo, Cuauhtémoc, Santiago, Héctor, Ramón, Ulises, Juan Pablo, Leonel, Aarón, Saúl, Ezequiel",
  ),
  family: families(
    "Hernández, Ramírez, Cárdenas, Xicoténcatl, Villaseñor, Nájera, Ochoa, Treviño, Zúñiga, Camarena, Ibarra, Landeros, Ponce, Tapia, Barragán, Arizmendi, Peralta, Solís",
  ),
  surnames: "two",
  nativeOrder: "first-last",
  cities: cities(`
    Ciudad de México | CDMX | 06### | 19.4326 | -99.1332
    Guadalajara | Jalisco | 44### | 20.6597 | -103.3496
    Monterrey | Nuevo León | 64### | 25.6866 | -100.3161
    Mérida | Yucatán | 97### | 20.9674 | -89.5926
    Puebla | Puebla | 72### | 19.0414 | -98.2063`),
  streets: spellings(
    "Calle Jacarandas, Avenida del Maguey, Privada Los Fresnos, Calle Bugambilias, Calzada del Nopal, Calle Cedros",
  ),
  streetLine: (street, number) => `${street} ${number}`,
  flat: (random) => `Int. ${random.int(1, 12)}`,
  addressTail: "postal city, region",
  phonePrefix: "+52",
  phone: "551000####",
  carriers: ["Maguey Móvil", "Red Cenzontle"],
  internetProviders: ["Maguey Internet", "Red Cenzontle"],
  utilities: ["Luz y Fuerza Demo", "Aguas del Maguey"],
  banks: ["Banco Jacaranda", "Caja Los Fresnos"],
  documents: [
    identityCard({
      title: "CREDENCIAL PARA VOTAR",
      authority: "Registro Electoral",
      showsAddress: true,
      number: (random) => random.pattern("0########"),
      personalNumber: mexicanCurp,
      // A TD1 line has fifteen characters here, so the card carries the electoral section and not the 18-character CURP.
      optionalData: (curp) => curp.slice(4, 10),
    }),
    passport({
      title: "PASAPORTE",
      authority: "Oficina de Relaciones",
      number: (random) => random.pattern("@########"),
      personalNumber: mexicanCurp,
      optionalData: (curp) => curp.slice(0, 14),
    }),
  ],
  theme: { primary: "#7a2c63", accent: "#2e8b74", paper: "#faf1f6", motif: "hexagons", layout: "right" },
  registry: {
    name: "Registro Público de Comercio",
    forms: ["S.A. de C.V.", "S. de R.L. de C.V."],
    number: (random) => random.pattern("N-2099######"),
    tax: (random) => random.pattern("@@@990101@##"),
    capital: [50_000, 5_000_000],
  },
};
