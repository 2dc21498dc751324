export type Structure = "single" | "partners" | "three" | "holding" | "layers" | "foreign" | "dispersed";

export interface CompanyEntry {
  key: string;
  country: string;
  /** Without the legal form. */
  name: string;
  /** Which of the country's legal forms. */
  form: number;
  nature: string;
  industryCode: string;
  structure: Structure;
}

/** One company a line: key | country | name | form | nature of business | industry code | structure. All are invented. */
function entries(text: string): CompanyEntry[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [key = "", country = "", name = "", form, nature = "", industryCode = "", structure] = line
        .split("|")
        .map((part) => part.trim());
      return { key, country, name, form: Number(form), nature, industryCode, structure: structure as Structure };
    });
}

export const catalogue = entries(`
  arbolera | ESP | Arbolera Herramientas | 0 | Tool hire | 7732 | partners
  salinar | ESP | Conservas Salinar | 1 | Fish canning | 1020 | holding
  levantina | ESP | Levantina de Azulejo Nuevo | 0 | Ceramic tiles | 2331 | layers
  norteluz | ESP | Norteluz Instalaciones | 0 | Electrical installation | 4321 | single
  pinarejo | ESP | Pinarejo Turismo Rural | 0 | Holiday lets | 5520 | three
  trigal | ESP | Trigal y Centeno Obrador | 0 | Bakery | 1071 | partners
  corticeira-alva | PRT | Corticeira da Alva | 1 | Cork products | 1629 | layers
  mare-cheia | PRT | Maré Cheia Pescados | 0 | Wholesale of fish | 4638 | partners
  moinho-verde | PRT | Moinho Verde Energia | 0 | Solar installation | 4322 | foreign
  rota-atlantica | PRT | Rota Atlântica Transportes | 0 | Road freight | 4941 | single
  tilleul | FRA | Atelier du Tilleul Bleu | 0 | Furniture making | 3109 | partners
  brisemer | FRA | Brisemer Nautique | 1 | Boat repair | 3315 | holding
  vauclair | FRA | Vauclair Fromages | 1 | Cheese dairy | 1051 | three
  lindenwerk | DEU | Lindenwerk Präzision | 0 | Machined parts | 2562 | layers
  hafenrad | DEU | Hafenrad Fahrräder | 0 | Bicycle trade | 4764 | single
  nordkorn | DEU | Nordkorn Mühlen | 1 | Flour milling | 1061 | dispersed
  fernhill | GBR | Fernhill Joinery | 0 | Joinery | 1623 | partners
  kestrelway | GBR | Kestrel Way Software | 0 | Software | 6201 | holding
  oldorchard | GBR | Old Orchard Cider | 0 | Cider | 1103 | three
  copperline | USA | Copperline Outfitters | 0 | Outdoor clothing | 4771 | partners
  prairie-lens | USA | Prairie Lens Optics | 1 | Optical instruments | 2670 | foreign
  cottonwood | USA | Cottonwood Freight Partners | 0 | Road freight | 4941 | holding
  acacia | BRA | Acácia Café Torrado | 0 | Coffee roasting | 1082 | partners
  ipe-moveis | BRA | Ipê Móveis Planejados | 0 | Furniture making | 3109 | single
  nopal | MEX | Nopal Textil | 0 | Weaving | 1320 | three
  jacaranda | MEX | Jacaranda Logística | 1 | Warehousing | 5210 | holding
  iroko | NGA | Iroko Grain Stores | 0 | Grain trade | 4621 | partners
  banyan | IND | Banyan Spice Exports | 0 | Spices | 4637 | layers
  tsubame | JPN | Tsubame Keiki | 0 | Measuring devices | 2651 | foreign
  yunhe | CHN | Yunhe Ceramics | 0 | Ceramic ware | 2341 | single
  nilofar | EGY | Nilofar Linen Mills | 0 | Linen weaving | 1320 | partners
  ghaf | ARE | Ghaf Desert Tours | 0 | Tour operation | 7912 | single
  kalyna | UKR | Kalyna Ahro | 0 | Sunflower oil | 1041 | partners
  pelagos | GRC | Pelagos Olive Press | 0 | Olive oil | 1043 | three
  jarzebina | POL | Jarzębina Meble | 0 | Furniture making | 3109 | holding
  swierk | POL | Świerk Okna i Drzwi | 0 | Windows and doors | 1623 | partners
  laranjal | BRA | Laranjal Sucos Naturais | 0 | Fruit juice | 1032 | holding
  engenho | BRA | Engenho Novo Tecidos | 1 | Weaving | 1320 | partners
  juniper-dental | USA | Juniper Dental Studio | 0 | Dental practice | 8623 | single
  mill-road-vets | USA | Old Mill Road Veterinary | 0 | Veterinary practice | 7500 | partners
  dogwood-smiles | USA | Dogwood Smiles | 1 | Dental practice | 8623 | holding
  bugambilia | MEX | Bugambilia Artesanías | 0 | Craft goods | 4778 | partners
  cenzontle | MEX | Cenzontle Electrónica | 1 | Consumer electronics | 4742 | layers
  sidra | ARE | Sidra General Trading | 1 | General trading | 4690 | foreign
  eichengrund | DEU | Eichengrund Maschinenbau | 0 | Packaging machines | 2829 | layers
  moorhof | DEU | Moorhof Kühllogistik | 0 | Cold storage | 5210 | partners
  grand-cerisier | FRA | Grand Cerisier Emballages | 0 | Packaging | 1721 | holding
  vieux-pressoir | FRA | Le Vieux Pressoir Vins | 1 | Wine trade | 4634 | three
  serra-do-vento | PRT | Serra do Vento Têxteis | 1 | Knitwear | 1439 | partners
  lipowa | POL | Lipowa Stal | 1 | Steel structures | 2511 | foreign
`);
