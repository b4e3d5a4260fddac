/** Words that name what they judge without its noun: who says `cheap` speaks of the price. */
import type { LexiconLanguage } from './lexicon.js';

export interface ImpliedAspect {
  readonly name: string;
  readonly category: string;
}

const TABLE: Readonly<Record<LexiconLanguage, readonly (readonly [name: string, category: string, lemmas: string])[]>> =
  {
    es: [
      ['precio', 'price', 'caro carísimo barato baratísimo económico asequible carero prohibitivo tirado abusivo'],
      [
        'sabor',
        'taste',
        'sabroso rico riquísimo delicioso soso insípido empalagoso amargo ácido agrio exquisito dulzón salado rancio',
      ],
      [
        'textura',
        'texture',
        'cremoso espeso aguado líquido grumoso suave granuloso pastoso harinoso sedoso untuoso chicloso',
      ],
      ['limpieza', 'cleanliness', 'limpio sucio mugriento impecable guarro asqueroso'],
      ['ruido', 'ambience', 'ruidoso silencioso'],
      ['tamaño', 'size', 'diminuto minúsculo'],
    ],
    en: [
      ['price', 'price', 'cheap cheaper expensive overpriced affordable pricey inexpensive costly economical'],
      [
        'taste',
        'taste',
        'tasty delicious yummy bland tasteless flavourless flavorless sour bitter salty flavourful flavorful sickly cloying scrumptious artificial',
      ],
      ['texture', 'texture', 'creamy watery runny lumpy thick grainy chalky smooth silky gritty velvety slimy rubbery'],
      ['cleanliness', 'cleanliness', 'clean dirty filthy spotless grubby grimy'],
      ['noise', 'ambience', 'noisy loud quiet'],
      ['size', 'size', 'tiny'],
    ],
  };

const IMPLIED: Readonly<Record<LexiconLanguage, ReadonlyMap<string, ImpliedAspect>>> = {
  es: toMap('es'),
  en: toMap('en'),
};

function toMap(language: LexiconLanguage): ReadonlyMap<string, ImpliedAspect> {
  return new Map(
    TABLE[language].flatMap(([name, category, lemmas]) =>
      lemmas.split(' ').map((lemma) => [lemma, { name, category }]),
    ),
  );
}

/** What a word judges by itself, or null. */
export function impliedAspect(language: LexiconLanguage, lemma: string): ImpliedAspect | null {
  return IMPLIED[language].get(lemma) ?? null;
}
