// How flyers of each locale say things. In templates `{a}` is an amount, `{p}` per cent, `{n}` a count, `{u}` a base unit.

const months = {
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  en: 'January February March April May June July August September October November December',
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  ca: 'gener febrer març abril maig juny juliol agost setembre octubre novembre desembre',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  it: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
};
const weekdays = {
  es: 'domingo lunes martes miércoles jueves viernes sábado',
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
  de: 'Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag',
  pt: 'domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado',
  ca: 'diumenge dilluns dimarts dimecres dijous divendres dissabte',
  fr: 'dimanche lundi mardi mercredi jeudi vendredi samedi',
  it: 'domenica lunedì martedì mercoledì giovedì venerdì sabato',
};

/** Templates of ranges: `{d}` day, `{m}` month by name, `{M}` in digits, `{y}` year, `{w}` weekday; capital prefix F or T: from, to. */
const ranges = {
  es: {
    sameMonth: [
      'Del {Fd} al {Td} de {Tm}',
      'Del {Fd} al {Td} de {Tm} de {Ty}',
      'Ofertas válidas del {Fw} {Fd} al {Tw} {Td} de {Tm}',
      'Válido del {Fd2}/{FM} al {Td2}/{TM}/{Ty}',
    ],
    anyMonth: [
      'Del {Fd} de {Fm} al {Td} de {Tm}',
      'Ofertas válidas del {Fd2}/{FM}/{Fy} al {Td2}/{TM}/{Ty}',
      'Del {Fw} {Fd} de {Fm} al {Tw} {Td} de {Tm}',
    ],
    until: ['Hasta el {Td2}/{TM}/{Ty}', 'Ofertas válidas hasta el {Td} de {Tm}', 'Hasta el {Tw} {Td} de {Tm} de {Ty}'],
  },
  'en-GB': {
    sameMonth: ['From {Fd} to {Td} {Tm}', 'Offers valid {Fd} - {Td} {Tm} {Ty}', '{Fw} {Fd} to {Tw} {Td} {Tm}'],
    anyMonth: ['{Fd} {Fm} - {Td} {Tm} {Ty}', 'Prices valid from {Fd2}/{FM}/{Fy} to {Td2}/{TM}/{Ty}'],
    until: ['Offers end {Td} {Tm} {Ty}', 'Valid until {Tw} {Td} {Tm}'],
  },
  'en-US': {
    sameMonth: [
      'Prices valid {Fn}/{Fd} thru {Tn}/{Td}',
      '{Fm} {Fd} - {Td}, {Ty}',
      'Valid {Fw}, {Fm} {Fd} thru {Tw}, {Tm} {Td}',
    ],
    anyMonth: ['Prices effective {Fm} {Fd} - {Tm} {Td}, {Ty}', 'Valid {FM}/{Fd2}/{Fy} - {TM}/{Td2}/{Ty}'],
    until: ['Valid thru {Tn}/{Td}', 'Sale ends {Tm} {Td}, {Ty}'],
  },
  de: {
    sameMonth: [
      'Gültig vom {Fd}. bis {Td}. {Tm}',
      'Angebote gültig vom {Fd2}.{FM}. bis {Td2}.{TM}.{Ty}',
      '{Fw}, {Fd2}.{FM}. bis {Tw}, {Td2}.{TM}.',
    ],
    anyMonth: ['Gültig vom {Fd}. {Fm} bis {Td}. {Tm} {Ty}', '{Fd2}.{FM}. - {Td2}.{TM}.{Ty}'],
    until: ['Gültig bis {Td2}.{TM}.{Ty}'],
  },
  pt: {
    sameMonth: ['De {Fd} a {Td} de {Tm}', 'Promoções válidas de {Fd} a {Td} de {Tm} de {Ty}'],
    anyMonth: ['De {Fd} de {Fm} a {Td} de {Tm}', 'Válido de {Fd2}/{FM}/{Fy} a {Td2}/{TM}/{Ty}'],
    until: ['Até {Td} de {Tm} de {Ty}'],
  },
  ca: {
    sameMonth: ['Del {Fd} al {Td} de {Tm}', 'Ofertes vàlides del {Fd} al {Td} de {Tm} de {Ty}'],
    anyMonth: ['Ofertes vàlides del {Fd2}/{FM}/{Fy} al {Td2}/{TM}/{Ty}'],
    until: ['Fins al {Td2}/{TM}/{Ty}'],
  },
  fr: {
    sameMonth: ['Du {Fd} au {Td} {Tm}', 'Du {Fw} {Fd} au {Tw} {Td} {Tm} {Ty}'],
    anyMonth: ['Du {Fd} {Fm} au {Td} {Tm} {Ty}', 'Offres valables du {Fd2}/{FM}/{Fy} au {Td2}/{TM}/{Ty}'],
    until: ["Jusqu'au {Td} {Tm} {Ty}"],
  },
  it: {
    sameMonth: ['Dal {Fd} al {Td} {Tm}', 'Offerte valide dal {Fd} al {Td} {Tm} {Ty}'],
    anyMonth: ['Dal {Fd} {Fm} al {Td} {Tm} {Ty}', 'Dal {Fd2}/{FM} al {Td2}/{TM}/{Ty}'],
    until: ['Fino al {Td} {Tm} {Ty}'],
  },
};

/** `[text, share of the price paid for the nth unit]`, `[text, take, pay]` and plain texts. */
const promotions = {
  es: {
    nth: [
      ['2ª unidad al 50%', 0.5],
      ['2ª unidad -70%', 0.3],
      ['2ª ud. -50%', 0.5],
      ['La 2ª unidad a mitad de precio', 0.5],
      ['2ª unidad 70% de descuento', 0.3],
      ['Segunda unidad -60%', 0.4],
    ],
    multi: [
      ['3x2', 3, 2],
      ['Lleva 3 y paga 2', 3, 2],
      ['LLEVA 3 PAGA 2', 3, 2],
      ['4x3', 4, 3],
      ['2x1', 2, 1],
    ],
    percent: ['-{p}%', '{p}% DTO.', '-{p}% descuento'],
    saving: ['Ahorra {a}', '{a} de descuento', 'Te ahorras {a}'],
    bundle: ['{n} por {a}', 'Llévate {n} por {a}', '{n} uds. por {a}'],
    clubPrice: ['Con tu tarjeta', 'Precio Club', 'Con la app'],
    clubOnly: ['Solo con tarjeta Club', 'Precio exclusivo con tu tarjeta'],
    clubPercent: ['{p}% dto. con tu tarjeta', '-{p}% con la app'],
    gift: ['De regalo: bolsa de tela', '+ taza de regalo', 'Regalo de un vaso'],
    plain: ['¡Oferta!', 'Precio mínimo', '¡Nuevo!', 'Últimos días', '100% español', 'Sin gluten', ''],
    regular: ['Antes {a}', 'ANTES {a}', 'PVP {a}', '{a}'],
    now: ['Ahora', 'AHORA', ''],
    unitPrice: ['El {u} sale a {a}', '1 {u} = {a}', '{a}/{u}', 'Precio por {u}: {a}'],
    effective: ['La unidad sale a {a}', 'Comprando {n}, la unidad sale a {a}'],
    nthPrice: ['2ª unidad {a}', '2ª ud. a {a}'],
  },
  'en-GB': {
    nth: [
      ['Buy one get one half price', 0.5],
      ['2nd half price', 0.5],
      ['2nd item 50% off', 0.5],
    ],
    multi: [
      ['3 for 2', 3, 2],
      ['Buy one get one free', 2, 1],
      ['Buy 2 get 1 free', 3, 2],
    ],
    percent: ['{p}% off', 'Save {p}%', '-{p}%'],
    saving: ['Save {a}', '{a} off'],
    bundle: ['{n} for {a}', 'Any {n} for {a}', 'Buy {n} for {a}'],
    clubPrice: ['Oakcard Price', 'With Oakcard', 'Members pay'],
    clubOnly: ['Members only', 'Oakcard price'],
    clubPercent: ['{p}% off with Oakcard', '{p}% off with card'],
    gift: ['Free tote bag', 'Free mug with every pack'],
    plain: ['New', 'Great value', 'Everyday low price', ''],
    regular: ['Was {a}', 'was {a}'],
    now: ['Now', 'NOW'],
    unitPrice: ['{a} per {u}', '({a}/{u})', '{a}/{u}'],
    effective: ['{a} each'],
    nthPrice: [],
  },
  'en-US': {
    nth: [
      ['Buy 1 Get 1 50% OFF', 0.5],
      ['BOGO 50% OFF', 0.5],
    ],
    multi: [
      ['BOGO', 2, 1],
      ['Buy 1 Get 1 FREE', 2, 1],
      ['Buy 2 Get 1 FREE', 3, 2],
      ['BOGO FREE', 2, 1],
    ],
    percent: ['{p}% OFF', 'SAVE {p}%'],
    saving: ['SAVE {a}', '{a} OFF'],
    bundle: ['{n}/{a}', '{n} for {a}'],
    clubPrice: ['with card', 'Club Price'],
    clubOnly: ['with card', 'with Club card'],
    clubPercent: ['{p}% off with card'],
    gift: ['FREE gift with purchase', 'Free mug'],
    plain: ['NEW!', 'This week only', 'Limit 4', ''],
    regular: ['Reg. {a}', 'Was {a}'],
    now: ['Now', 'Sale'],
    unitPrice: ['{a} per {u}', '{a}/{u}'],
    effective: ['{a} ea.'],
    nthPrice: [],
  },
  de: {
    nth: [
      ['2. Artikel zum halben Preis', 0.5],
      ['Der 2. Artikel -50%', 0.5],
    ],
    multi: [
      ['3 für 2', 3, 2],
      ['Nimm 3, zahl 2', 3, 2],
      ['2 für 1', 2, 1],
    ],
    percent: ['-{p}%', '{p}% billiger', '-{p} %'],
    saving: ['{a} gespart', 'Sie sparen {a}'],
    bundle: ['{n} für {a}', '{n} Stück {a}'],
    clubPrice: ['mit App', 'Mit Kundenkarte'],
    clubOnly: ['Nur mit App', 'Nur mit Kundenkarte'],
    clubPercent: ['{p}% Rabatt mit App'],
    gift: ['Gratis Tasse dazu', 'Gratis dazu: Stofftasche'],
    plain: ['Aktion', 'Aktionspreis', 'Neu', ''],
    regular: ['UVP {a}', 'statt {a}', '{a}'],
    now: [''],
    unitPrice: ['1 {u} = {a}', '({a}/{u})', '(1 {u} = {a})'],
    effective: ['Stückpreis {a}'],
    nthPrice: [],
  },
  pt: {
    nth: [
      ['2ª unidade -50%', 0.5],
      ['2ª unidade a metade do preço', 0.5],
    ],
    multi: [
      ['Leve 3 pague 2', 3, 2],
      ['3x2', 3, 2],
      ['Leve 2 pague 1', 2, 1],
    ],
    percent: ['-{p}%', '{p}% desconto'],
    saving: ['Poupe {a}', '{a} de desconto'],
    bundle: ['{n} por {a}', 'Leve {n} por {a}'],
    clubPrice: ['Com cartão', 'Preço com cartão'],
    clubOnly: ['Só com cartão'],
    clubPercent: ['{p}% desconto em cartão'],
    gift: ['Oferta de uma caneca'],
    plain: ['Promoção', 'Novidade', ''],
    regular: ['Antes {a}', 'PVPR {a}'],
    now: ['Agora', ''],
    unitPrice: ['{a}/{u}', '1 {u} = {a}'],
    effective: ['Cada {a}'],
    nthPrice: [],
  },
  ca: {
    nth: [
      ['2a unitat al 50%', 0.5],
      ['2a unitat -70%', 0.3],
      ['La segona unitat a meitat de preu', 0.5],
    ],
    multi: [
      ['3x2', 3, 2],
      ["Emporta't 3 i paga'n 2", 3, 2],
      ['2x1', 2, 1],
    ],
    percent: ['-{p}%', '{p}% dte.'],
    saving: ['Estalvia {a}', '{a} de descompte'],
    bundle: ['{n} per {a}', "Emporta't {n} per {a}"],
    clubPrice: ['Amb la teva targeta', 'Preu Club'],
    clubOnly: ['Només amb targeta'],
    clubPercent: ['{p}% dte. amb targeta'],
    gift: ['De regal: bossa de roba'],
    plain: ['Oferta', 'Nou', ''],
    regular: ['Abans {a}', '{a}'],
    now: ['Ara', ''],
    unitPrice: ['El {u} surt a {a}', '1 {u} = {a}', '{a}/{u}'],
    effective: ['La unitat surt a {a}'],
    nthPrice: [],
  },
  fr: {
    nth: [
      ['Le 2ème à -50%', 0.5],
      ['-60% sur le 2ème', 0.4],
      ['2e à moitié prix', 0.5],
    ],
    multi: [
      ['2 achetés = 1 offert', 3, 2],
      ['3 pour le prix de 2', 3, 2],
      ['1 acheté = 1 offert', 2, 1],
    ],
    percent: ['-{p}%', '{p}% de réduction', '-{p} %'],
    saving: ['{a} de remise', '{a} d’économies'],
    bundle: ['Les {n} pour {a}', '{n} pour {a}'],
    clubPrice: ['Avec la carte', 'Prix carte'],
    clubOnly: ['Avec la carte de fidélité'],
    clubPercent: ['{p}% avec la carte'],
    gift: ['Un sac offert'],
    plain: ['Promo', 'Nouveau', ''],
    regular: ['Au lieu de {a}', '{a}'],
    now: [''],
    unitPrice: ['Le {u} : {a}', 'Soit le {u} {a}', '{a}/{u}'],
    effective: ["Soit {a} l'unité"],
    nthPrice: [],
  },
  it: {
    nth: [
      ['Il secondo a metà prezzo', 0.5],
      ['2° pezzo -50%', 0.5],
    ],
    multi: [
      ['3x2', 3, 2],
      ['Prendi 3 paghi 2', 3, 2],
      ['1+1 gratis', 2, 1],
    ],
    percent: ['-{p}%', 'Sconto {p}%'],
    saving: ['Risparmi {a}', 'Sconto {a}'],
    bundle: ['{n} per {a}', '{n} pezzi {a}'],
    clubPrice: ['Con carta', 'Prezzo soci'],
    clubOnly: ['Solo con carta'],
    clubPercent: ['{p}% di sconto con carta'],
    gift: ['In omaggio una tazza'],
    plain: ['Offerta', 'Novità', ''],
    regular: ['Anziché {a}', 'Prima {a}'],
    now: [''],
    unitPrice: ['Al {u} {a}', '{a}/{u}', '{a} al {u}'],
    effective: ['Al pezzo {a}'],
    nthPrice: [],
  },
};

/** For offers that hold on two days only. */
const only = {
  es: 'Solo {Fw} {Fd} y {Tw} {Td} de {Tm}',
  'en-GB': '{Fw} {Fd} and {Tw} {Td} {Tm} only',
  'en-US': '{Fw} & {Tw} only, {Fn}/{Fd} - {Tn}/{Td}',
  de: 'Nur {Fw}, {Fd2}.{FM}., und {Tw}, {Td2}.{TM}.',
  pt: 'Só {Fw} {Fd} e {Tw} {Td} de {Tm}',
  ca: 'Només {Fw} {Fd} i {Tw} {Td} de {Tm}',
  fr: 'Uniquement {Fw} {Fd} et {Tw} {Td} {Tm}',
  it: 'Solo {Fw} {Fd} e {Tw} {Td} {Tm}',
};

const titles = {
  es: [
    'Ofertas de la semana',
    '¡Precios de primavera!',
    'Gran feria del ahorro',
    'Tu despensa llena',
    'Especial desayunos',
  ],
  'en-GB': ['This week’s best buys', 'Big brand event', 'Fresh for less'],
  'en-US': ['Weekly Ad', 'Stock up & save', 'Big deal days'],
  de: ['Angebote der Woche', 'Wochenend-Knüller', 'Frisch und günstig'],
  pt: ['Ofertas da semana', 'Grande feira da poupança'],
  ca: ['Ofertes de la setmana', 'Omple el rebost'],
  fr: ['Les promos de la semaine', 'La foire aux bonnes affaires'],
  it: ['Le offerte della settimana', 'Fiera del risparmio'],
};

const sections = {
  es: ['Lácteos', 'Despensa', 'Bebidas', 'Droguería y limpieza', 'Frescos'],
  'en-GB': ['Fresh', 'Food cupboard', 'Drinks', 'Household'],
  'en-US': ['Dairy & Frozen', 'Pantry', 'Beverages', 'Household'],
  de: ['Frische', 'Vorrat', 'Getränke', 'Haushalt'],
  pt: ['Lacticínios', 'Mercearia', 'Bebidas', 'Limpeza'],
  ca: ['Làctics', 'Rebost', 'Begudes', 'Neteja'],
  fr: ['Crèmerie', 'Épicerie', 'Boissons', 'Entretien'],
  it: ['Freschi', 'Dispensa', 'Bevande', 'Casa'],
};

/** Between two products for one price. */
const or = { es: 'o', 'en-GB': 'or', 'en-US': 'or', de: 'oder', pt: 'ou', ca: 'o', fr: 'ou', it: 'o' };

/** Small print with amounts that belong to no offer; `[amount]` is one. */
const legal = {
  es: [
    'Ofertas válidas salvo error tipográfico o fin de existencias. Fotografías orientativas. Máximo 6 unidades por cliente.',
    'Gastos de envío [5,90 €]; gratis a partir de [60 €] de compra. Pedido mínimo [25,00 €].',
    'Atención al cliente: 900 555 014 (lunes a sábado, de 9 a 21 h). Capital social [1.200.000 €].',
    'Descarga nuestra app y consigue un vale de [5 €] en tu primera compra superior a [30 €].',
  ],
  'en-GB': [
    'Subject to availability. Selected stores only. Prices may vary in convenience stores. Serving suggestion.',
    'Delivery from [£3.50]. Minimum basket [£25]. Calls cost 7p per minute plus your network charge: 0844 555 0199.',
    'Download our app for [£5] off your first order over [£40].',
  ],
  'en-US': [
    'We reserve the right to limit quantities. No sales to dealers. Not responsible for typographical errors.',
    'Free delivery on orders over [$35]; otherwise [$5.95]. Call 1-800-555-0142. Deposit where applicable.',
    'Download the app and get [$5] off your first purchase of [$30] or more.',
  ],
  de: [
    'Alle Preise in Euro. Abgabe nur in haushaltsüblichen Mengen. Irrtum vorbehalten. Ohne Deko.',
    'Versandkosten [4,95 €], ab [50 €] Bestellwert frei. Servicenummer 0800 555 0142.',
  ],
  pt: [
    'Salvo rutura de stock ou erro tipográfico. Portes de envio [4,90 €]; grátis a partir de [50 €]. Linha de apoio 800 555 014.',
  ],
  ca: [
    "Ofertes vàlides llevat d'error tipogràfic. Despeses d'enviament [5,90 €]; gratis a partir de [60 €]. Atenció al client: 900 555 014.",
  ],
  fr: [
    'Dans la limite des stocks disponibles. Livraison [4,90 €], offerte dès [50 €] d’achat. Service clients : 0 800 555 014.',
  ],
  it: [
    'Salvo errori ed esaurimento scorte. Consegna [4,90 €], gratuita oltre [50 €] di spesa. Numero verde 800 555 014.',
  ],
};

const varieties = {
  es: ['Todas las variedades', 'Varios sabores', 'Origen España', 'Categoría I', 'Variedades seleccionadas'],
  'en-GB': ['Selected varieties', 'Produce of Spain', 'Class I'],
  'en-US': ['Select varieties', 'Assorted flavors', 'Grown in USA'],
  de: ['versch. Sorten', 'aus Spanien, Kl. I', 'gekühlt'],
  pt: ['Variedades selecionadas', 'Origem Portugal'],
  ca: ['Totes les varietats', 'Origen Catalunya'],
  fr: ['Variétés au choix', 'Origine France'],
  it: ['Vari gusti', 'Origine Italia'],
};

/** Words of units on flyers: base units in unit prices, what pieces and washes are called. */
const words = {
  es: {
    kg: ['kilo', 'kg'],
    l: ['litro', 'l'],
    piece: ['unidad', 'ud.'],
    pieces: ['uds.', 'unidades'],
    dozen: 'docena',
    perKilo: ['El kilo', 'kg'],
  },
  'en-GB': {
    kg: ['kg'],
    l: ['litre', 'l'],
    piece: ['each'],
    pieces: ['pack'],
    dozen: 'dozen',
    perKilo: ['per kg', '1 kg'],
  },
  'en-US': { kg: ['lb'], l: ['qt'], piece: ['ea.'], pieces: ['ct'], dozen: 'dozen', perKilo: ['per lb', 'lb.'] },
  de: {
    kg: ['kg'],
    l: ['l'],
    piece: ['Stück', 'St.'],
    pieces: ['Stück', 'St.'],
    dozen: '12 Stück',
    perKilo: ['je kg', 'per kg'],
  },
  pt: { kg: ['kg'], l: ['L'], piece: ['un.'], pieces: ['un.', 'unidades'], dozen: 'dúzia', perKilo: ['kg', 'o kg'] },
  ca: {
    kg: ['quilo', 'kg'],
    l: ['litre', 'l'],
    piece: ['unitat', 'ut.'],
    pieces: ['uts.', 'unitats'],
    dozen: 'dotzena',
    perKilo: ['El quilo', 'kg'],
  },
  fr: {
    kg: ['kg', 'kilo'],
    l: ['L', 'litre'],
    piece: ['pièce'],
    pieces: ['pièces'],
    dozen: 'douzaine',
    perKilo: ['Le kg', 'kg'],
  },
  it: {
    kg: ['kg'],
    l: ['litro', 'l'],
    piece: ['pezzo', 'pz'],
    pieces: ['pezzi', 'pz'],
    dozen: '12 pezzi',
    perKilo: ['al kg', 'kg'],
  },
};

/** Everything that a locale (`es`, `en-GB`, `en-US`, ...) says. */
export function phrases(locale) {
  const language = locale.slice(0, 2);
  return {
    ...promotions[locale],
    ranges: ranges[locale],
    only: only[locale],
    titles: titles[locale],
    sections: sections[locale],
    or: or[locale],
    legal: legal[locale],
    varieties: varieties[locale],
    words: words[locale],
    months: months[language].split(' '),
    weekdays: weekdays[language].split(' '),
  };
}
