import { describe, expect, it } from 'vitest';
import { formsOf } from '../../src/providers/local/language/english-forms.js';

const verb = (lemma: string): string => [...formsOf(lemma, 'verb')].sort().join(' ');
const noun = (lemma: string): string => formsOf(lemma, 'noun').join(' ');
const adjective = (lemma: string): string => formsOf(lemma, 'adj').join(' ');

describe('forms of verbs', () => {
  it.each([
    ['work', 'work worked working works'],
    ['love', 'love loved loves loving'],
    ['disappoint', 'disappoint disappointed disappointing disappoints'],
    ['try', 'tried tries try trying'],
    ['enjoy', 'enjoy enjoyed enjoying enjoys'],
    ['die', 'die died dies dying'],
    ['agree', 'agree agreed agreeing agrees'],
    ['crash', 'crash crashed crashes crashing'],
    ['panic', 'panic panicked panicking panics'],
    ['veto', 'veto vetoed vetoes vetoing'],
  ])('%s follows the rules', (lemma, forms) => expect(verb(lemma)).toBe(forms));

  it.each([
    ['stop', 'stop stopped stopping stops'],
    ['regret', 'regret regrets regretted regretting'],
    ['offer', 'offer offered offering offers'],
    ['show', 'show showed showing shown shows'],
    ['fix', 'fix fixed fixes fixing'],
    ['cook', 'cook cooked cooking cooks'],
    ['equip', 'equip equipped equipping equips'],
    ['quiz', 'quiz quizzed quizzes quizzing'],
    ['visit', 'visit visited visiting visits'],
  ])('%s doubles its consonant where it must', (lemma, forms) => expect(verb(lemma)).toBe(forms));

  it('gives British and American spellings', () => {
    expect(verb('cancel')).toBe('cancel canceled canceling cancelled cancelling cancels');
    expect(verb('focus')).toBe('focus focused focuses focusing focussed focussing');
    expect(verb('age')).toBe('age aged ageing ages aging');
  });

  it.each([
    ['break', 'break breaking breaks broke broken'],
    ['go', 'go goes going gone went'],
    ['be', 'am are be been being is was were'],
    ['have', 'had has have having'],
    ['do', 'did do does doing done'],
    ['freeze', 'freeze freezes freezing froze frozen'],
    ['burn', 'burn burned burning burns burnt'],
    ['get', 'get gets getting got gotten'],
    ['hurt', 'hurt hurting hurts'],
    ['lie', 'lain lay lie lied lies lying'],
    ['buy', 'bought buy buying buys'],
    ['can', 'can could'],
  ])('%s is irregular', (lemma, forms) => expect(verb(lemma)).toBe(forms));

  it.each([
    ['rewrite', 'rewrite rewrites rewriting rewritten rewrote'],
    ['overdo', 'overdid overdo overdoes overdoing overdone'],
    ['misunderstand', 'misunderstand misunderstanding misunderstands misunderstood'],
    ['resell', 'resell reselling resells resold'],
    ['relay', 'relay relayed relaying relays'],
  ])('%s keeps what its base has, if it is its base', (lemma, forms) => expect(verb(lemma)).toBe(forms));

  it('inflects the first word of a phrasal verb', () => {
    expect(verb('fall apart')).toBe('fall apart fallen apart falling apart falls apart fell apart');
  });
});

describe('forms of nouns', () => {
  it.each([
    ['keyboard', 'keyboard keyboards'],
    ['dish', 'dish dishes'],
    ['battery', 'battery batteries'],
    ['tray', 'tray trays'],
    ['potato', 'potato potatoes'],
    ['photo', 'photo photos'],
    ['knife', 'knife knives'],
    ['chef', 'chef chefs'],
    ['bookshelf', 'bookshelf bookshelves'],
    ['waiter', 'waiter waiters'],
    ['woman', 'woman women'],
    ['salesman', 'salesman salesmen'],
    ['human', 'human humans'],
    ['mouse', 'mouse mice'],
    ['crisis', 'crisis crises'],
    ['person', 'person people persons'],
    ['sheep', 'sheep'],
    ['staff', 'staff staffs'],
    ['french fry', 'french fry french fries'],
    ['glass of wine', 'glass of wine glasses of wine'],
  ])('%s', (lemma, forms) => expect(noun(lemma)).toBe(forms));
});

describe('forms of adjectives', () => {
  it.each([
    ['slow', 'slow slower slowest'],
    ['big', 'big bigger biggest bigly'],
    ['nice', 'nice nicer nicest nicely'],
    ['happy', 'happy happier happiest happily'],
    ['dry', 'dry drier driest dryer dryest dryly drily'],
    ['friendly', 'friendly friendlier friendliest'],
    ['terrific', 'terrific terrifically'],
    ['comfortable', 'comfortable comfortably'],
    ['beautiful', 'beautiful beautifully'],
    ['dull', 'dull duller dullest dully'],
    ['true', 'true truer truest truly'],
    ['simple', 'simple simpler simplest'],
    ['hard', 'hard harder hardest'],
    ['disappointed', 'disappointed disappointedly'],
    ['unhappy', 'unhappy unhappier unhappiest unhappily'],
    ['must-have', 'must-have'],
  ])('%s', (lemma, forms) => expect(adjective(lemma)).toBe(forms));

  it('leaves the stronger words of good and bad to themselves', () => {
    expect(adjective('good')).not.toMatch(/best|better/);
  });
});

describe('formsOf', () => {
  it('leaves adverbs, interjections and nothing as they are', () => {
    expect(formsOf('badly', 'adv')).toEqual(['badly']);
    expect(formsOf('yay', 'intj')).toEqual(['yay']);
    expect(formsOf('', 'verb')).toEqual(['']);
  });
});
