/** How currencies are printed: signs, abbreviations and codes. */

/** ISO 4217 and how it is printed, levelled by {@link levelText}. The first currency of a sign is the usual one. */
export const PRINTED: readonly (readonly [code: string, ...forms: string[]])[] = [
  ['USD', '$', 'us$', 'us $', 'u.s. $', '$ us', '$us', 'u$s', 'us dollars', 'dollars', 'dollar', 'dolares'],
  ['EUR', '€', 'euros', 'euro', 'eur', 'eur.', 'ευρω', 'евро', '&euro;', '₠'],
  ['GBP', '£', '₤', 'pounds', 'gbp', 'quid', '&pound;'],
  ['JPY', '¥', 'jp¥', '円', 'yen'],
  ['CNY', 'cn¥', 'rmb', '元', '人民币', 'yuan', 'rbm'],
  ['AUD', 'a$', 'au$', 'au $', '$ au'],
  ['CAD', 'c$', 'ca$', 'cad$', 'cdn$', 'cdn', 'c $', 'ca $', '$ ca', '$ cad', '$ cdn', 'cdn $'],
  ['NZD', 'nz$', 'nz $', '$ nz'],
  ['SGD', 's$', 'sg$', 's $', 'sg $'],
  ['HKD', 'hk$', 'hk $', '港幣', '港元'],
  ['TWD', 'nt$', 'nt $', 'ntd', 'nt', '新台幣'],
  ['MXN', 'mx$', 'mex$', 'm.n.', 'mn', 'pesos', 'mxp'],
  ['ARS', 'ar$', 'arg$'],
  ['CLP', 'cl$', 'clp$'],
  ['COP', 'co$', 'col$'],
  ['UYU', '$u', 'u$u'],
  ['BRL', 'r$', 'reais'],
  ['DOP', 'rd$'],
  ['TTD', 'tt$'],
  ['FJD', 'fj$'],
  ['GYD', 'g$'],
  ['XCD', 'ec$'],
  ['BSD', 'b$'],
  ['KYD', 'ci$'],
  ['BBD', 'bds$'],
  ['BZD', 'bz$'],
  ['BND', 'bn$'],
  ['MOP', 'mop$'],
  ['CUC', 'cuc$'],
  ['JMD', 'j$'],
  ['NAD', 'n$'],
  ['WST', 'ws$'],
  ['CVE', 'cv$'],
  ['ZWL', 'z$'],
  ['TOP', 't$'],
  ['NIO', 'c$ nio'],
  ['PEN', 's/.', 's/'],
  ['PAB', 'b/.'],
  ['BOB', 'bs.', 'bs'],
  ['VES', 'bs.f', 'bsf'],
  ['GTQ', 'q.'],
  ['CHF', 'sfr.', 'sfr', 'fr.', 'chf', 'fs.'],
  ['SEK', 'kr', 'kr.', 'kronor', 'sek'],
  ['DKK', 'dkr', 'dkk', 'kroner'],
  ['NOK', 'nkr'],
  ['ISK', 'ikr'],
  ['PLN', 'zł', 'zl', 'złotych', 'pln'],
  ['CZK', 'kč', 'kčs', 'kc'],
  ['HUF', 'ft', 'ft.', 'forint'],
  ['RON', 'lei', 'leu', 'ron'],
  ['MDL', 'mdl'],
  ['BGN', 'лв.', 'лв', 'лева'],
  ['RSD', 'дин.', 'дин', 'динар', 'dinara', 'din.', 'din', 'рсд'],
  ['HRK', 'kn', 'kuna'],
  ['BAM', 'km', 'км'],
  ['MKD', 'ден.', 'ден', 'денари'],
  ['RUB', '₽', 'руб.', 'руб', 'рублей', 'рубля', 'рубль', 'р.', 'р', 'rub.', 'rub', 'rur'],
  ['UAH', '₴', 'грн.', 'грн', 'гривень', 'uah', 'hrn'],
  ['BYN', 'br', 'бел. руб.', 'byn'],
  ['KZT', '₸', 'тг', 'тг.', 'тңг', 'тңг.', 'тенге', 'kzt'],
  ['UZS', "so'm", 'сум', 'сўм'],
  ['KGS', 'сом'],
  ['AZN', '₼', 'ман.', 'ман', 'azn', 'manat'],
  ['GEL', '₾', 'ლარი'],
  ['AMD', '֏', 'դր.', 'դր', 'դրամ'],
  ['TRY', '₺', 'tl', 'tl.'],
  ['ILS', '₪', 'ש"ח', 'ש״ח', 'שח', 'שקל', 'שקלים', 'nis'],
  ['INR', '₹', 'rs.', 'rs', 'inr', 'रू', 'रु', 'रु.', 'রু', 'रू.'],
  ['PKR', '₨', 'pkr', 'روپے'],
  ['NPR', 'नेरू', 'nrs.', 'nrs'],
  ['LKR', 'lkr', 'රු', 'රු.', 'ரூ'],
  ['BDT', '৳', 'tk', 'tk.', 'taka', 'টকা', 'টাকা'],
  ['IDR', 'rp', 'rp.', 'idr'],
  ['MYR', 'rm', 'myr'],
  ['PHP', '₱', 'php'],
  ['THB', '฿', 'บาท', 'baht'],
  ['VND', '₫', 'đ', 'đồng', 'vnđ', 'vnd', 'dong'],
  ['KHR', '៛'],
  ['LAK', '₭'],
  ['MMK', 'ks'],
  ['KRW', '₩', '원', 'won', 'krw'],
  ['MNT', '₮'],
  ['AFN', '؋'],
  ['BTN', 'nu.', 'nu'],
  ['MVR', 'rf', 'rf.', 'mvr'],
  ['ALL', 'leke', 'lek'],
  // the toman has no code in ISO 4217; this one is used for it, and 1 toman is 10 rials
  ['IRT', 'تومان', 'تومن', 'toman'],
  ['IRR', 'ریال', '﷼'],
  ['AED', 'د.إ', 'درهم', 'dhs', 'dhs.', 'dh', 'aed'],
  ['SAR', 'ر.س', 'ريال', 'ر. س', 'sr', 'sar'],
  ['QAR', 'ر.ق', 'qr'],
  ['KWD', 'د.ك', 'kd', 'k.d.', 'دينار'],
  ['BHD', 'د.ب', 'bd'],
  ['OMR', 'ر.ع'],
  ['YER', 'ر.ي'],
  ['IQD', 'د.ع'],
  ['JOD', 'د.أ', 'jd'],
  ['LBP', 'ل.ل', 'lb£', 'l.l.', 'll'],
  ['SYP', 'ل.س', 'sy£'],
  ['EGP', 'ج.م', 'جنيه', 'جنية', 'le', 'l.e.', 'egp', 'e£'],
  ['MAD', 'د.م', 'dhs.', 'mad.'],
  ['DZD', 'د.ج', 'da'],
  ['TND', 'د.ت', 'dt'],
  ['LYD', 'د.ل', 'ld'],
  ['NGN', '₦', 'ngn'],
  ['GHS', '₵', 'gh₵', 'gh¢', 'ghc'],
  ['KES', 'ksh', 'ksh.', 'kshs', 'kshs.', 'kes'],
  ['UGX', 'ush', 'ugx'],
  ['TZS', 'tsh', 'tzs'],
  ['XOF', 'fcfa', 'cfa', 'f cfa'],
  ['ETB', 'etb'],
  ['MUR', 'mur'],
  ['CRC', '₡'],
  ['PYG', '₲', 'gs.', 'gs'],
  ['HNL', 'lps.', 'lps'],
  ['AWG', 'awg', 'ƒ'],
  ['BTC', '₿', 'btc'],
];

/** Codes and abbreviations that are words too: taken only where the text holds nothing else but a number. */
export const WORDS = new Set(
  'ron rub all and ang bam ban cop cup dem gel lak mad mop pab pen sit sos std top try da le km ks sr br bd qr ld gs nt jd dt din won tk dh ll nu rf mn lek'.split(
    ' ',
  ),
);

/** Those of the words that are the usual print of their currencies. */
export const COMMON_WORDS = new Set(['ron', 'rub']);

/** What else `$`, `£`, `kr`, `Rs` and `¥` are used for: a hint of these is heeded. */
export const SHARED_SIGNS: Readonly<Record<string, readonly string[]>> = {
  $: 'AUD ARS BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SGD TTD TWD UYU XCD'.split(
    ' ',
  ),
  '£': ['EGP', 'GIP', 'LBP', 'SYP', 'TRY'],
  '¥': ['CNY'],
  kr: ['DKK', 'NOK', 'ISK'],
  'kr.': ['DKK', 'NOK', 'ISK'],
  rs: ['PKR', 'LKR', 'NPR', 'MUR'],
  'rs.': ['PKR', 'LKR', 'NPR', 'MUR'],
  pesos: ['ARS', 'CLP', 'COP', 'DOP', 'UYU', 'PHP'],
  lei: ['MDL'],
};

/** Three digits after the point of these are decimals. */
export const THREE_DECIMALS = new Set(['BHD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND', 'BTC']);

/** Those of them with a comma before the decimals. */
export const DECIMAL_COMMA = new Set(['TND', 'LYD']);

/**
 * Letters that are currencies where they stand right before a number in a text without other letters. The rand is printed
 * as `R99.00` in texts too, where no other sign of a currency is.
 */
export const INITIALS: Readonly<Record<string, string>> = { R: 'ZAR', P: 'PHP', Q: 'GTQ', L: 'HNL', N: 'NGN' };
export const RAND = /^R(?: \d{1,3}[ ,]\d{3}|\d+[ ,.]\d\d)(?!.*[$€£¥])/;

/** Currencies whose hundredths are called `p`, `pence` and so on where no currency is printed. */
export const HUNDREDTHS: Readonly<Record<string, string | null>> = {
  p: 'GBP',
  pence: 'GBP',
  penny: 'GBP',
  '¢': 'USD',
};
