/** Inflection of Spanish nouns and adjectives: gender, number, diminutives, superlatives, adverbs in -mente. */
import { accentAt, nucleiOf, withoutAcute } from './spanish-accents.js';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Nouns in -o that name persons, with a feminine in -a; other nouns in -o have none (puerto, puerta). */
const PERSONS = set(
  'amigo amiguito compañero camarero cocinero dueño empleado encargado propietario médico enfermero técnico mensajero funcionario maestro vecino niño chico hijo hermano novio perro gato payaso cerdo guarro cochino tonto vago mentiroso falso perezoso pringado desgraciado malnacido bobo abuelo tío primo suegro esposo alumno portero conserje cajero peluquero abogado político ministro ejecutivo secretario arquitecto ingeniero mecánico fontanero carnicero panadero pescadero frutero zapatero carpintero pasajero viajero turista usuario consumidor experto aficionado enemigo ídolo santo bendito maravilloso listillo sabiondo fanático delincuente chino gringo gitano pijo puto boludo pelotudo pendejo culero choto forro malparido moroso embustero trolero farsante hipócrita tirano asesino fracasado amargado aprovechado currito gandul zángano odioso imbécil bruto borracho loco enano gordo pesado quisquilloso chismoso cotilloso cornudo resentido vividor acosador terrorista psicópata fisioterapeuta guapo rico pobre preferido favorito candidato anciano huésped pirobo corrupto muñeco soltero casado embarazado mamarracho vivaracho',
);
/** Nouns in -or that name things. */
const THINGS_IN_OR =
  /^(?:motor|sector|factor|vector|tumor|color|sabor|olor|dolor|calor|amor|error|horror|terror|humor|rumor|valor|favor|honor|temor|rencor|licor|sudor|ardor|fervor|pudor|rigor|vigor|tambor|flor|labor|mayor|menor|mejor|peor|sopor|hedor|frescor|dulzor|amargor|candor|clamor|esplendor|estupor|fulgor|furor|grosor|pavor|primor|resplandor|tenor|ascensor|sensor|secador|despertador|ordenador|cargador|ventilador|radiador|televisor|procesador|monitor|mostrador|comedor|congelador|colador|cenador|mirador|parador|aspirador|contador|tenedor|alrededor|color|hervidor|router|proyector|reactor|adaptador|altavoz)$/;
/** Adjectives in -or that have one form for both genders. */
const ONE_GENDER = set(
  'mejor peor mayor menor superior inferior exterior interior anterior posterior ulterior cortés descortés marrón bicolor multicolor',
);
const PERSONS_IN_ON = set(
  'llorón cabrón ladrón campeón bocón mamón patrón glotón gorrón comilón tragón fanfarrón cabezón huevón bribón anfitrión bonachón bufón mandón gruñón burlón peleón vacilón juguetón dormilón',
);
/** Shapes of the nouns that form an augmentative in -azo (or -ón), the only ones whose meaning that keeps. */
const AUGMENTATIVES: Readonly<Record<string, string>> = {
  amigo: 'amigazo',
  beso: 'besazo',
  coche: 'cochazo',
  cuerpo: 'cuerpazo',
  éxito: 'exitazo',
  fiesta: 'fiestón',
  libro: 'librazo',
  novela: 'novelón',
  partido: 'partidazo',
  película: 'peliculón',
  precio: 'preciazo',
  problema: 'problemón',
  regalo: 'regalazo',
  sorpresa: 'sorpresón',
  susto: 'sustazo',
  tema: 'temazo',
  timo: 'timazo',
};
/** What looks like a diminutive and is a word of its own. */
const OWN_WORDS = set(
  'paletilla bolsillo bolsilla pastilla costilla mantilla camilla perilla palillo casilla granito granillo mosquito bombilla mesilla cabecilla ventanilla rosquilla anillo ganchillo colilla hornillo patilla sombrilla zapatilla zapatillo toallita manilla manillo tortilla cartilla cartillo pasillo plumilla carretilla cuadrilla barquillo barquilla varilla horquilla planchita maquinilla mascarilla guantillo flequillo ladrillo cigarrillo platillo vainilla bocadillo cuchillo tornillo horilla copilla papelillo papilla hojilla pesadilla pesadillo señorito pepinillo pasadillo pasadilla rodilla cochinillo cochinilla carrillo capillo capilla parrilla parrillo tobillo hebilla quesadilla panecillo puntilla puntillo comidilla banquillo mercadillo mercadilla redecilla guisillo membrillo caramillo gatillo martillo castillo polilla polillo morcilla natilla chiquillo barbilla canilla semilla taquilla rejilla cursillo estribillo organillo coquilla bonito bonita',
);

/** Adverbs that no longer say what their adjective says. */
const OTHER_ADVERBS = set(
  'seguramente simplemente sencillamente justamente solamente únicamente nuevamente especialmente normalmente básicamente prácticamente igualmente naturalmente lógicamente completamente plenamente sinceramente honestamente francamente buenamente largamente altamente bajamente vivamente últimamente ciertamente legalmente libremente clásicamente fuertemente popularmente tradicionalmente principalmente generalmente realmente perfectamente absolutamente excepcionalmente extraordinariamente increíblemente terriblemente enormemente',
);

/** An adjective in both genders and numbers, as superlative, diminutive and adverb. */
export function adjectiveForms(lemma: string): readonly string[] {
  const [masculine, feminine] = gendersOf(lemma);
  const forms = [masculine, ...pluralsOf(masculine)];
  if (feminine !== masculine) forms.push(feminine, ...pluralsOf(feminine));
  if (lemma === 'bueno') forms.push('buen');
  if (lemma === 'malo') forms.push('mal');
  if (!/ísim[oa]$/.test(lemma)) {
    for (const superlative of superlativesOf(lemma)) addGenders(forms, superlative);
    addDiminutives(forms, lemma);
  }
  const adverb = `${feminine}mente`;
  if (!OTHER_ADVERBS.has(adverb)) forms.push(adverb);
  return forms;
}

/** A noun in singular and plural, in both genders where it names a person, with its diminutives. */
export function nounForms(lemma: string): readonly string[] {
  const feminine = feminineOf(lemma);
  const forms = [lemma, ...pluralsOf(lemma)];
  if (feminine !== lemma) forms.push(feminine, ...pluralsOf(feminine));
  addDiminutives(forms, lemma);
  const augmentative = AUGMENTATIVES[lemma];
  if (augmentative !== undefined) forms.push(augmentative, ...pluralsOf(augmentative));
  return forms;
}

function gendersOf(lemma: string): readonly [string, string] {
  if (lemma.endsWith('o')) return [lemma, `${lemma.slice(0, -1)}a`];
  if (ONE_GENDER.has(lemma)) return [lemma, lemma];
  if (/or$/.test(lemma)) return [lemma, `${lemma}a`];
  if (/(?:ón|án|ín|és)$/.test(lemma)) return [lemma, `${withoutAcute(lemma)}a`];
  if (/(?:[^aeiou]ote|ete)$/.test(lemma)) return [lemma, `${lemma.slice(0, -1)}a`];
  if (lemma === 'español' || lemma === 'andaluz') return [lemma, `${lemma}a`];
  return [lemma, lemma];
}

function feminineOf(lemma: string): string {
  if (PERSONS.has(lemma) && lemma.endsWith('o')) return `${lemma.slice(0, -1)}a`;
  if (/[dts]or$/.test(lemma) && !THINGS_IN_OR.test(lemma)) return `${lemma}a`;
  if (PERSONS_IN_ON.has(lemma) || /(?:zán|tán|rín)$/.test(lemma)) return `${withoutAcute(lemma)}a`;
  if (/(?:dependiente|cliente|jefe|presidente|asistente|sirviente)$/.test(lemma)) return `${lemma.slice(0, -1)}a`;
  return lemma;
}

/** Plurals of a word; words from other languages have two. */
export function pluralsOf(word: string): readonly string[] {
  if (/[aeiouáéó]$/.test(word)) return [`${word}s`];
  if (/[íú]$/.test(word)) return [`${word}s`, `${word}es`];
  if (word.endsWith('z')) return [`${word.slice(0, -1)}ces`];
  const nuclei = nucleiOf(word);
  const last = nuclei.at(-1) ?? 0;
  if (/[áéíóú][ns]$/.test(word)) return [`${/[aeo]í[ns]$/.test(word) ? word : withoutAcute(word)}es`];
  if (word.endsWith('s') || word.endsWith('x')) return nuclei.length === 1 ? [word, `${word}es`] : [word];
  if (word.endsWith('n') && nuclei.length > 1 && withoutAcute(word) === word) {
    return [`${accentAt(word, nuclei.at(-2) ?? last)}es`];
  }
  if (/[lrndyj]$/.test(word)) return [`${word}es`];
  return [`${word}s`, `${word}es`];
}

function addGenders(forms: string[], masculine: string): void {
  const stem = masculine.slice(0, -1);
  forms.push(masculine, `${stem}a`, `${stem}os`, `${stem}as`);
}

/** The stem before an ending in -i, spelled so that it sounds the same. */
function beforeI(stem: string): string {
  if (stem.endsWith('c')) return `${stem.slice(0, -1)}qu`;
  if (stem.endsWith('g')) return `${stem}u`;
  if (stem.endsWith('gu')) return `${stem.slice(0, -1)}ü`;
  return stem.endsWith('z') ? `${stem.slice(0, -1)}c` : stem;
}

const OWN_SUPERLATIVES: Readonly<Record<string, readonly string[]>> = {
  antiguo: ['antiquísimo'],
  bueno: ['buenísimo', 'bonísimo'],
  fiel: ['fidelísimo', 'fielísimo'],
  fuerte: ['fuertísimo', 'fortísimo'],
  frío: ['friísimo', 'frísimo'],
  joven: ['jovencísimo'],
  libre: ['librísimo', 'libérrimo'],
  malo: ['malísimo', 'pésimo'],
  nuevo: ['nuevísimo', 'novísimo'],
  pobre: ['pobrísimo', 'paupérrimo'],
  mejor: [],
  peor: [],
};

function superlativesOf(lemma: string): readonly string[] {
  const own = OWN_SUPERLATIVES[lemma];
  if (own !== undefined) return own;
  const flat = withoutAcute(lemma);
  if (flat.endsWith('ble')) return [`${flat.slice(0, -2)}ilísimo`];
  if (/[nr]$/.test(flat)) return [`${flat}císimo`];
  if (/io$/.test(flat)) return [`${flat.slice(0, -2)}ísimo`];
  if (/[aeo]$/.test(flat)) return [`${beforeI(flat.slice(0, -1))}ísimo`];
  if (/[lz]$/.test(flat)) return [`${beforeI(flat)}ísimo`];
  return [];
}

function addDiminutives(forms: string[], lemma: string): void {
  const flat = withoutAcute(lemma);
  const stems: string[] = [];
  if (/í[ao]$/.test(lemma)) return;
  if (/[ao]$/.test(flat)) {
    const stem = /i[ao]$/.test(flat) ? flat.slice(0, -2) : beforeI(flat.slice(0, -1));
    stems.push(`${stem}it`, `${stem}ill`);
    if (/[iu]e[^aeiou]+$/.test(stem)) stems.push(`${stem}ecit`);
  } else if (flat.endsWith('e')) {
    stems.push(`${beforeI(flat.slice(0, -1))}it`, `${flat}cit`);
  } else if (/[nr]$/.test(flat)) stems.push(`${flat}cit`);
  else if (flat.endsWith('l')) stems.push(`${flat}it`);
  if (flat.length < 4) return;
  for (const stem of stems) {
    if (!OWN_WORDS.has(`${stem}o`)) forms.push(`${stem}o`, `${stem}os`);
    if (!OWN_WORDS.has(`${stem}a`)) forms.push(`${stem}a`, `${stem}as`);
  }
}
