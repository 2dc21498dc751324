export interface UnusualName {
  country: string;
  gender: "M" | "F" | "X";
  firstName: string | null;
  lastName: string;
}

/** Names that break forms: apostrophes, hyphens, particles, one name only, more letters than a machine-readable line. */
export const unusualNames: readonly UnusualName[] = [
  { country: "USA", gender: "F", firstName: "Siobhán", lastName: "O'Neill" },
  { country: "IND", gender: "M", firstName: "Ryan Xavier", lastName: "D'Souza" },
  { country: "IND", gender: "M", firstName: null, lastName: "Prabhakaran" },
  { country: "GBR", gender: "F", firstName: "Anne-Marie", lastName: "Fitzgerald-Okonkwo" },
  {
    country: "PRT",
    gender: "F",
    firstName: "Maria Leonor da Conceição",
    lastName: "Albuquerque de Vasconcelos e Meneses",
  },
  {
    country: "ESP",
    gender: "F",
    firstName: "María de los Ángeles",
    lastName: "Fernández de la Torre Íñiguez de Salvatierra",
  },
  { country: "DEU", gender: "M", firstName: "Karl-Heinz", lastName: "Müller-Weißenfels" },
  { country: "DEU", gender: "F", firstName: "Ayşe", lastName: "Yıldız-Großkopf" },
  { country: "FRA", gender: "M", firstName: "Jean-Baptiste", lastName: "d'Aubigny-Lefèvre" },
  { country: "POL", gender: "F", firstName: "Łucja", lastName: "Szczęsna-Żółkiewska" },
  { country: "BRA", gender: "M", firstName: "João Pedro", lastName: "dos Santos Nogueira da Gama Filho" },
  { country: "GBR", gender: "X", firstName: "Robin", lastName: "Li" },
  { country: "USA", gender: "M", firstName: "J. R.", lastName: "Van der Meer III" },
  { country: "MEX", gender: "F", firstName: "Itzel", lastName: "Xicoténcatl Núñez" },
];
