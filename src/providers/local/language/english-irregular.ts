/** English verbs and nouns whose forms follow no spelling rule. */

const VERBS = `arise arose arisen, awake awoke awoken awaked, bear bore borne born, beat beat beaten, become became become,
befall befell befallen, beget begot begotten, begin began begun, behold beheld, bend bent, beset beset,
bet bet betted, bid bid bade bidden, bind bound, bite bit bitten, bleed bled, blow blew blown,
break broke broken, breed bred, bring brought, broadcast broadcast broadcasted, build built, burn burned burnt,
burst burst bursted, bust busted bust, buy bought, can could, cast cast, catch caught, choose chose chosen,
cling clung, come came, cost cost costed, creep crept, cut cut, deal dealt, dig dug, dive dived dove,
do did done, draw drew drawn, dream dreamed dreamt, drink drank drunk, drive drove driven, dwell dwelt dwelled,
eat ate eaten, fall fell fallen, feed fed, feel felt, fight fought, find found, fit fit fitted, flee fled,
fling flung, fly flew flown, forbid forbade forbidden, forecast forecast forecasted, forego forewent foregone,
forget forgot forgotten, forgive forgave forgiven, forgo forwent forgone, forsake forsook forsaken,
freeze froze frozen, get got gotten, give gave given, go went gone, grind ground, grow grew grown,
hang hung hanged, have had, hear heard, hide hid hidden, hit hit, hold held, hurt hurt, input input inputted,
keep kept, kneel knelt kneeled, knit knit knitted, know knew known, lay laid, lead led, lean leaned leant,
leap leaped leapt, learn learned learnt, leave left, lend lent, let let, lie lied lay lain, light lit lighted,
lose lost, make made, may might, mean meant, meet met, mislead misled, mistake mistook mistaken, mow mowed mown,
overhear overheard, partake partook partaken, pay paid payed, plead pleaded pled, prove proved proven, put put,
quit quit quitted, read read, rend rent, rid rid ridded, ride rode ridden, ring rang rung, rise rose risen,
run ran run, saw sawed sawn, say said, see saw seen, seek sought, sell sold, send sent, set set, sew sewed sewn,
shake shook shaken, shall should, shear sheared shorn, shed shed, shine shone shined, shit shit shat shitted,
shoe shod shoed, shoot shot, show showed shown, shrink shrank shrunk, shut shut, sing sang sung, sink sank sunk,
sit sat, slay slew slain slayed, sleep slept, slide slid, sling slung, slit slit, smell smelled smelt,
smite smote smitten, sneak sneaked snuck, sow sowed sown, speak spoke spoken, speed sped speeded,
spell spelled spelt, spend spent, spill spilled spilt, spin spun, spit spat spit, split split,
spoil spoiled spoilt, spread spread, spring sprang sprung, stand stood, steal stole stolen, stick stuck,
sting stung, stink stank stunk, stride strode stridden, strike struck stricken, string strung,
strive strove striven strived, swear swore sworn, sweat sweated sweat, sweep swept, swell swelled swollen,
swim swam swum, swing swung, take took taken, teach taught, tear tore torn, tell told, think thought,
thrive thrived throve, throw threw thrown, thrust thrust, tread trod trodden, undergo underwent undergone,
understand understood, uphold upheld, upset upset, wake woke woken waked, wear wore worn,
weave wove woven weaved, wed wed wedded, weep wept, wet wet wetted, will would, win won, wind wound,
withdraw withdrew withdrawn, withhold withheld, withstand withstood, wring wrung, write wrote written,
cheat cheated, overcome overcame overcome, oversleep overslept, overspend overspent,
overtake overtook overtaken, overthrow overthrew overthrown, shortchange shortchanged, babysit babysat,
typeset typeset, handwrite handwrote handwritten, proofread proofread, spoonfeed spoonfed,
outshine outshone outshined, backslide backslid, browbeat browbeat browbeaten,
ghostwrite ghostwrote ghostwritten`;

const PLURALS = `man men, woman women, gentleman gentlemen, child children, foot feet, tooth teeth, goose geese, mouse mice,
louse lice, ox oxen, die dice, person people persons, penny pennies pence, knife knives, wife wives, life lives,
half halves, calf calves, shelf shelves, self selves, leaf leaves, loaf loaves, wolf wolves, thief thieves,
elf elves, sheaf sheaves, scarf scarves scarfs, hoof hooves hoofs, dwarf dwarves dwarfs, wharf wharves wharfs,
potato potatoes, tomato tomatoes, mango mangoes mangos, avocado avocados avocadoes, hero heroes, echo echoes,
veto vetoes, torpedo torpedoes, mosquito mosquitoes mosquitos, volcano volcanoes volcanos,
tornado tornadoes tornados, cargo cargoes cargos, zero zeros zeroes, no-no no-nos no-noes, goody goodies,
criterion criteria, phenomenon phenomena, datum data, medium media mediums, bacterium bacteria,
stadium stadiums stadia, aquarium aquariums aquaria, cactus cacti cactuses, fungus fungi, alumnus alumni,
stimulus stimuli, syllabus syllabi syllabuses, octopus octopuses octopi, virus viruses, index indexes indices,
appendix appendices appendixes, matrix matrices matrixes, vertex vertices, axis axes, basis bases,
crisis crises, oasis oases, analysis analyses, formula formulas formulae, antenna antennas antennae,
larva larvae, bureau bureaus bureaux, plateau plateaus plateaux, gateau gateaux gateaus, beau beaux,
panino panini, cannolo cannoli, quiz quizzes, bus buses busses, gas gases gasses, fez fezzes, sheep sheep,
deer deer, moose moose, fish fish fishes, shrimp shrimp shrimps, salmon salmon, trout trout, tuna tuna tunas,
cod cod, squid squid squids, series series, species species, means means, offspring offspring,
aircraft aircraft, equipment equipment, furniture furniture, software software, hardware hardware,
information information, luggage luggage, staff staff staffs, passerby passersby, runner-up runners-up, mother-
in-law mothers-in-law, attorney attorneys, movie movies, cookie cookies, roof roofs, chef chefs, chief chiefs,
belief beliefs, proof proofs, reef reefs, safe safes, beef beef, photo photos, piano pianos, taco tacos,
burrito burritos, video videos, logo logos, kilo kilos, stomach stomachs, monarch monarchs, loch lochs,
human humans, german germans, fries fries, dish dishes`;

function readTable(table: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    table.split(/,\s+/).map((entry) => {
      const [lemma = '', ...forms] = entry.split(' ');
      return [lemma, forms] as const;
    }),
  );
}

/** Past and participle of irregular verbs. */
export const IRREGULAR_VERBS: ReadonlyMap<string, readonly string[]> = readTable(VERBS);

/** Plurals of irregular nouns. */
export const IRREGULAR_PLURALS: ReadonlyMap<string, readonly string[]> = readTable(PLURALS);
