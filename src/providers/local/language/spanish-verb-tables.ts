/** What is irregular in Spanish verbs, as data: vowel changes, spelling and the few verbs that follow no rule. */

/** Where a verb departs from the rule; forms of a tense are written out only where no stem gives them. */
export interface VerbIrregularity {
  /** First person of the present; the subjunctive is made from it. */
  readonly yo?: string;
  /** Stem of the other stressed forms of the present. */
  readonly strong?: string;
  /** Stem of the subjunctive where `yo` does not give it. */
  readonly subjunctive?: string;
  /** Stem of a preterite that is stressed on it (tuv-e, tuv-o). */
  readonly preterite?: string;
  /** Stem of the future and the conditional. */
  readonly future?: string;
  /** Imperative of `tú`. */
  readonly command?: string;
  readonly participle?: string;
  readonly gerund?: string;
  /** Tenses in full, separated by spaces. */
  readonly presentForms?: string;
  readonly imperfectForms?: string;
  readonly preteriteForms?: string;
  readonly subjunctiveForms?: string;
}

/**
 * `dé` and `sé` are left out: whoever reads without accents would take every `de` and `se` for them.
 */
export const IRREGULAR: Readonly<Record<string, VerbIrregularity>> = {
  ser: {
    presentForms: 'soy eres sos es somos sois son',
    imperfectForms: 'era eras éramos erais eran',
    preteriteForms: 'fui fuiste fue fuimos fuisteis fueron',
    subjunctiveForms: 'sea seas seamos seáis sean',
  },
  ir: {
    presentForms: 'voy vas va vamos vais van',
    imperfectForms: 'iba ibas íbamos ibais iban',
    preteriteForms: 'fui fuiste fue fuimos fuisteis fueron',
    subjunctiveForms: 'vaya vayas vayamos vayáis vayan',
    command: 've',
    gerund: 'yendo',
  },
  haber: {
    presentForms: 'he has ha hay hemos habéis han',
    preterite: 'hub',
    future: 'habr',
    subjunctiveForms: 'haya hayas hayamos hayáis hayan',
  },
  estar: {
    presentForms: 'estoy estás está estamos estáis están',
    preterite: 'estuv',
    subjunctiveForms: 'esté estés estemos estéis estén',
  },
  dar: {
    presentForms: 'doy das da damos dais dan',
    preteriteForms: 'di diste dio dimos disteis dieron',
    subjunctiveForms: 'des demos deis den',
    command: 'da',
  },
  ver: {
    presentForms: 'veo ves ve vemos veis ven',
    imperfectForms: 'veía veías veíamos veíais veían',
    preteriteForms: 'vi viste vio vimos visteis vieron',
    subjunctiveForms: 'vea veas veamos veáis vean',
    participle: 'visto',
  },
  prever: {
    presentForms: 'preveo prevés prevé prevemos prevéis prevén',
    imperfectForms: 'preveía preveías preveíamos preveíais preveían',
    preteriteForms: 'preví previste previó previmos previsteis previeron',
    subjunctiveForms: 'prevea preveas preveamos preveáis prevean',
    participle: 'previsto',
  },
  andar: { preterite: 'anduv' },
  caber: { yo: 'quepo', preterite: 'cup', future: 'cabr' },
  caer: { yo: 'caigo' },
  decir: {
    yo: 'digo',
    strong: 'dic',
    preterite: 'dij',
    future: 'dir',
    command: 'di',
    participle: 'dicho',
    gerund: 'diciendo',
  },
  bendecir: { yo: 'bendigo', strong: 'bendic', preterite: 'bendij', gerund: 'bendiciendo' },
  maldecir: { yo: 'maldigo', strong: 'maldic', preterite: 'maldij', gerund: 'maldiciendo' },
  facer: { yo: 'fago', preterite: 'fic', future: 'far', command: 'faz', participle: 'fecho' },
  hacer: { yo: 'hago', preterite: 'hic', future: 'har', command: 'haz', participle: 'hecho' },
  oír: { yo: 'oigo', strong: 'oy' },
  poder: { strong: 'pued', preterite: 'pud', future: 'podr', gerund: 'pudiendo' },
  poner: { yo: 'pongo', preterite: 'pus', future: 'pondr', command: 'pon', participle: 'puesto' },
  querer: { strong: 'quier', preterite: 'quis', future: 'querr' },
  saber: {
    presentForms: 'sabes sabés sabe sabemos sabéis saben',
    subjunctive: 'sep',
    preterite: 'sup',
    future: 'sabr',
  },
  salir: { yo: 'salgo', future: 'saldr', command: 'sal' },
  tener: { yo: 'tengo', strong: 'tien', preterite: 'tuv', future: 'tendr', command: 'ten' },
  traer: { yo: 'traigo', preterite: 'traj' },
  valer: { yo: 'valgo', future: 'valdr' },
  venir: { yo: 'vengo', strong: 'vien', preterite: 'vin', future: 'vendr', command: 'ven', gerund: 'viniendo' },
};

/** Verbs that take these irregular ones with something before them. */
export const PREFIXED =
  /^(abs|ante|a|com|contra|con|de|des|dis|en|entre|equi|ex|extra|im|inter|man|ob|o|pos|pre|pro|re|satis|sobre|sos|sub|sus|su|super|tras|trans|yux)(caer|decir|facer|hacer|oír|poner|salir|tener|traer|valer|venir)$/;

const set = (verbs: string): ReadonlySet<string> => new Set(verbs.split(' '));

export const E_TO_IE = set(
  'acertar alentar desalentar apretar arrendar atravesar calentar recalentar sobrecalentar cegar cerrar encerrar comenzar concertar desconcertar confesar despertar empezar encomendar recomendar enmendar remendar enterrar desenterrar fregar restregar refregar gobernar helar deshelar manifestar merendar mentar negar denegar renegar nevar pensar repensar plegar desplegar replegar quebrar resquebrar regar segar sembrar sentar asentar serrar sosegar desasosegar temblar tentar tropezar errar aserrar escarmentar ensangrentar desmembrar derrengar perder defender encender entender desentender malentender atender desatender extender tender malquerer descender ascender trascender condescender verter reverter advertir divertir convertir invertir pervertir revertir subvertir sentir consentir presentir resentir asentir disentir mentir desmentir herir malherir zaherir hervir preferir referir sugerir transferir diferir conferir inferir interferir proferir ingerir digerir requerir adherir arrepentir discernir concernir',
);
export const O_TO_UE = set(
  'acordar acostar almorzar apostar aprobar desaprobar reprobar comprobar probar avergonzar desvergonzar colar colgar descolgar consolar desconsolar contar descontar recontar costar degollar demostrar mostrar poblar despoblar repoblar encontrar reencontrar esforzar forzar reforzar renovar rodar rogar soldar soltar sonar resonar soñar tostar tronar volar revolar volcar revolcar recordar concordar discordar trocar oler absolver disolver resolver cocer escocer recocer sobrecocer devolver volver envolver desenvolver revolver doler condoler llover moler demoler morder remorder mover conmover promover remover oler soler torcer retorcer dormir adormir morir',
);
export const E_TO_I = set(
  'pedir despedir impedir expedir medir competir repetir servir vestir desvestir investir embestir revestir seguir conseguir perseguir proseguir elegir reelegir corregir regir gemir rendir teñir desteñir ceñir reñir estreñir constreñir derretir concebir henchir',
);
/** Verbs in -iar with a stressed i: confío. */
export const STRESSED_I = set(
  'aliar ampliar ansiar arriar ataviar averiar confiar desconfiar criar malcriar contrariar desafiar descarriar desvariar desviar enfriar enviar reenviar escalofriar espiar esquiar expiar extasiar extraviar fiar fotografiar guiar hastiar inventariar liar piar porfiar resfriar rociar telegrafiar vaciar variar chirriar ampliar autografiar',
);
/** Verbs whose stem has two vowels that part where they are stressed: prohíbo, aíslo. */
export const HIATUS: Readonly<Record<string, string>> = {
  ahumar: 'ahúm',
  aislar: 'aísl',
  aullar: 'aúll',
  aunar: 'aún',
  cohibir: 'cohíb',
  enraizar: 'enraíz',
  maullar: 'maúll',
  prohibir: 'prohíb',
  rehusar: 'rehús',
  reunir: 'reún',
};
/** Participles that no rule gives, by the ending of the infinitive. */
export const PARTICIPLES: readonly (readonly [ending: string, participle: string])[] = [
  ['solver', 'suelto'],
  ['volver', 'vuelto'],
  ['escribir', 'escrito'],
  ['cribir', 'crito'],
  ['abrir', 'abierto'],
  ['cubrir', 'cubierto'],
  ['morir', 'muerto'],
  ['poner', 'puesto'],
];
/** Verbs with two participles, or one of their own. */
export const SECOND_PARTICIPLE: Readonly<Record<string, string>> = {
  romper: 'roto',
  freír: 'frito',
  imprimir: 'impreso',
  pudrir: 'podrido',
  proveer: 'provisto',
  despertar: 'despierto',
};
