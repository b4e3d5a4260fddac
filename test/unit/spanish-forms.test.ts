import { describe, expect, it } from 'vitest';
import { formsOf } from '../../src/providers/local/language/spanish-forms.js';

/** The forms that are named must be there, those after `-` must not. */
function expectForms(lemma: string, pos: 'adj' | 'noun' | 'verb', forms: string, absent = ''): void {
  const made = new Set(formsOf(lemma, pos));
  expect(forms.split(' ').filter((form) => !made.has(form))).toEqual([]);
  expect(absent.split(' ').filter((form) => form !== '' && made.has(form))).toEqual([]);
  for (const form of made) expect(form, `${lemma}: ${form}`).toMatch(/^[a-zñáéíóúü]+$/);
}

describe('verbs', () => {
  const PARADIGMS: readonly (readonly [lemma: string, forms: string, absent?: string])[] = [
    [
      'recomendar',
      'recomiendo recomienda recomendamos recomendáis recomiende recomendemos recomendé recomendó recomendaría recomendáramos recomendás recomendá recomiéndalo recomendarlo recomendártelo recomendándolo recomiéndenlo',
      'recomendo recomende recomiendamos',
    ],
    ['encantar', 'encanta encantan encantó encantaba encantado encantadas encantaría encante encanten'],
    [
      'tener',
      'tengo tienes tiene tenemos tienen tuve tuvo tuvieron tendré tendría tenga tengamos ten tenlo tuviera tenés tuviéramos',
      'teno tení teneré',
    ],
    ['mantener', 'mantengo mantuvo mantén mantenlo mantendrá', 'manten mántenlo'],
    ['poner', 'pongo puso pondrán puesto puestas pon ponlo pónmelo pusieran ponga', 'ponido'],
    ['proponer', 'propongo propuso propuesto propón propondría'],
    [
      'hacer',
      'hago hice hizo hicieron haré haría hecho hechas haz hazlo haga hiciera hacerlo haciéndolo',
      'hicó haceré hacido',
    ],
    ['satisfacer', 'satisface satisfizo satisfecho satisfechas satisfará satisfaga'],
    ['decir', 'digo dice dijo dijeron diría dicho diga diciendo dime dímelo decirlo decís', 'dijieron decido'],
    ['contradecir', 'contradice contradijo contradecirá contradicho', 'contradirá'],
    ['venir', 'vengo viene vino vinieron vendré ven venga viniendo'],
    ['salir', 'salgo sale saldrá salga sal salió'],
    ['poder', 'puedo puede podemos pudo podría pueda podamos pudiendo pudiera'],
    ['querer', 'quiero quiso querría quiera queramos quisiera quererlo'],
    ['traer', 'traigo trajo trajeron trayendo traído traiga tráelo', 'trajieron'],
    ['caer', 'caigo cae cayó cayeron cayendo caído caímos caiga'],
    ['oír', 'oigo oye oyes oímos oyó oyendo oído oiga oírlo oirá'],
    ['ser', 'soy eres es sos somos son era eran fue fueron sea sean será siendo sido fuera', 'sé'],
    ['ir', 'voy va vamos van iba fue fueron vaya irá yendo ido vete váyanse'],
    ['haber', 'he ha hay hemos han había hubo habrá haya hubiera habido'],
    ['estar', 'estoy está estamos están estuvo estuvieron esté estén estaba estaría estando'],
    ['dar', 'doy da dan dio dieron daba daría den dado dame dándole dárselo', 'dé'],
    ['ver', 've ven vio vieron veía visto viendo verlo vea'],
    ['saber', 'sabe supo supieron sabría sepa sabía sabido', 'sabo sé'],
    ['conocer', 'conozco conoce conozca conoció'],
    ['merecer', 'merezco merece merezca mereció'],
    ['estremecer', 'estremezca estremece'],
    ['cocer', 'cuezo cuece cueza cozamos coció', 'cuezco'],
    ['conducir', 'conduzco conduce condujo condujeron conduzca', 'conducieron'],
    ['construir', 'construyo construye construimos construyó construyendo construido construya', 'construímos'],
    ['sentir', 'siento siente sentimos sintió sintieron sintiendo sienta sintamos sentís'],
    ['divertir', 'divierte divirtió divirtiendo divertido diviértete divertirse'],
    ['pedir', 'pido pide pedimos pidió pidiendo pida pidamos pedirlo', 'pedió'],
    ['servir', 'sirve sirven sirvió sirvieron servido sirva'],
    ['seguir', 'sigo sigue siguió siga seguimos siguiendo'],
    ['elegir', 'elijo elige eligió elija'],
    ['reír', 'río ríe reímos rió riendo ría reído'],
    ['freír', 'fríe frito freído frió'],
    ['dormir', 'duermo duerme dormimos durmió durmiendo duerma durmamos'],
    ['morir', 'muero murió muerto muertas muriendo'],
    ['volver', 'vuelvo volveré volvería vuelto volvió vuelva volveremos volvamos'],
    ['devolver', 'devuelvo devolvieron devuelto devuélvanme devolverlo'],
    ['romper', 'rompe rompió roto rotas rompiéndose'],
    ['corromper', 'corrompido corrompe', 'corroto'],
    ['jugar', 'juego juega jugamos juegue jugué'],
    ['oler', 'huelo huele olía olió huela olamos'],
    ['avergonzar', 'avergüenza avergüence avergonzado avergoncé avergonzamos'],
    ['tropezar', 'tropiezo tropecé tropiece'],
    ['colgar', 'cuelga cuelgue colgué colgado'],
    ['sacar', 'saqué saque saca'],
    ['pagar', 'pagué pague pagado págame'],
    ['averiguar', 'averigüé averigüe averigua'],
    ['confiar', 'confío confía confiamos confíe confió'],
    ['cambiar', 'cambio cambia cambie', 'cambío'],
    ['actuar', 'actúo actúa actuamos actúe'],
    ['prohibir', 'prohíbe prohibió prohíban prohibido'],
    ['gruñir', 'gruñó gruñendo gruñe', 'gruñió'],
    ['leer', 'leyó leyendo leído leemos leerlo', 'leió'],
    ['vencer', 'venzo vence venza'],
    ['recoger', 'recojo recoge recoja recogió'],
    ['describir', 'descrito describe'],
    ['abrir', 'abierto abrió abre'],
    ['errar', 'yerro erró yerra'],
    ['adquirir', 'adquiere adquirió adquiera'],
  ];
  for (const [lemma, forms, absent] of PARADIGMS) it(lemma, () => expectForms(lemma, 'verb', forms, absent));

  it('writes the stress of forms with pronouns', () => {
    expectForms(
      'comprar',
      'verb',
      'cómpralo comprarlo comprártelo comprándolo cómpramelo compralo compradlo compraos',
      'comprálo comprárlo',
    );
    expectForms('quejar', 'verb', 'quejarse quejarme quejándose quéjate');
  });
});

describe('adjectives', () => {
  it('have gender and number', () => {
    expectForms('limpio', 'adj', 'limpio limpia limpios limpias limpísimo limpísimas limpito limpiamente');
    expectForms('acogedor', 'adj', 'acogedora acogedores acogedoras acogedoramente');
    expectForms('mejor', 'adj', 'mejor mejores', 'mejora mejoras');
    expectForms('cortés', 'adj', 'cortés corteses', 'cortesa');
    expectForms('inglés', 'adj', 'inglesa ingleses inglesas');
    expectForms('gruñón', 'adj', 'gruñona gruñones gruñonas');
    expectForms('joven', 'adj', 'jóvenes jovencísimo jovencito', 'jovenes');
    expectForms('feliz', 'adj', 'felices felicísimo felizmente');
    expectForms('fácil', 'adj', 'fáciles facilísimo facilito fácilmente');
    expectForms('egoísta', 'adj', 'egoísta egoístas', 'egoísto');
  });

  it('keep their sound before -ísimo', () => {
    expectForms('rico', 'adj', 'riquísimo riquísimas');
    expectForms('largo', 'adj', 'larguísimo');
    expectForms('amable', 'adj', 'amabilísima amablemente');
    expectForms('rápido', 'adj', 'rapidísimo rápidamente');
    expectForms('bueno', 'adj', 'buen buenísimo buenas buenillo');
    expectForms('malo', 'adj', 'mal malas malísimo malillo');
    expectForms('sucio', 'adj', 'sucísimo sucia');
    expectForms('buenísimo', 'adj', 'buenísima buenísimos', 'buenisimísimo');
  });
});

describe('nouns', () => {
  it('have plurals with the right accents', () => {
    expectForms('habitación', 'noun', 'habitaciones', 'habitaciónes');
    expectForms('imagen', 'noun', 'imágenes');
    expectForms('examen', 'noun', 'exámenes');
    expectForms('luz', 'noun', 'luces');
    expectForms('crisis', 'noun', 'crisis', 'crisises');
    expectForms('menú', 'noun', 'menús');
    expectForms('país', 'noun', 'países');
    expectForms('yogur', 'noun', 'yogures yogurcito');
    expectForms('bug', 'noun', 'bugs');
    expectForms('mes', 'noun', 'meses');
  });

  it('have a feminine where they name persons, and only there', () => {
    expectForms('camarero', 'noun', 'camarera camareras camareros');
    expectForms('estafador', 'noun', 'estafadora estafadoras');
    expectForms('ladrón', 'noun', 'ladrones ladrona');
    expectForms('puerto', 'noun', 'puertos puertito', 'puerta puertas');
    expectForms('ascensor', 'noun', 'ascensores', 'ascensora');
  });

  it('have diminutives but not those that are words of their own', () => {
    expectForms('problema', 'noun', 'problemita problemón problemas');
    expectForms('café', 'noun', 'cafés cafecito');
    expectForms('tienda', 'noun', 'tiendecita tiendita');
    expectForms('bolso', 'noun', 'bolsito', 'bolsillo');
    expectForms('taza', 'noun', 'tacita');
  });
});

it('leaves pronouns out where they are not wanted', () => {
  for (const lemma of ['comprar', 'poner', 'reír']) {
    const bare = formsOf(lemma, 'verb', false);
    const all = new Set(formsOf(lemma, 'verb'));
    expect(bare.filter((form) => !all.has(form))).toEqual([]);
    expect(bare.filter((form) => /(?:rlo|ndolo|selo)$/.test(form))).toEqual([]);
    expect(all.size).toBeGreaterThan(1.5 * new Set(bare).size);
  }
});

it('leaves what is not inflected as it is', () => {
  expect(formsOf('bien', 'adv')).toEqual(['bien']);
  expect(formsOf('olé', 'intj')).toEqual(['olé']);
});
