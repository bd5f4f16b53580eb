import { fold } from '@/members/search';

/** What in a message scams have, too: a way to somewhere else, or money asked for. */
export type Caution = 'link' | 'elsewhere' | 'fee';

// Letters of other scripts that look like Latin ones, as functions/Members/Lure.cs has them, and the letters that they look like.
const lookalikes = 'аеорсухѕіјһкмнтвԁԛԝԍӏѵғαορτυκιχωηνγβσօսհոցզ';
const looksLike = 'aeopcyxsijhkmhtbdqwglvfaoptukixwnvyboouhngq';
const latin = new Map(Array.from(lookalikes, (letter, at) => [letter, looksLike.charAt(at)]));

// A word of its own, in any script.
const word = (...patterns: readonly string[]) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})`, 'u');

// All patterns are for folded text: lower case, without accents and invisible characters, and with the digits 0 to 9.

// The endings of names that people write without https://. Any other name counts where a path follows.
const endings =
  'com|net|org|info|biz|io|co|me|app|link|ly|gg|gl|cc|tv|to|xyz|shop|site|online|top|club|store|live|pro|vip|icu|click|page|website|space|' +
  'de|at|ch|uk|fr|es|it|nl|be|pl|pt|br|ru|ua|cn|jp|in|us|eu|ng|gh|ke|za';
const link = word(
  'h(?:tt|xx)ps?:',
  'www\\.',
  `(?:[\\p{L}\\p{N}-]+\\s?(?:\\.|\\[\\.\\]|\\(\\.\\)|\\[dot\\]|\\(dot\\)| dot )\\s?)+(?:${endings})(?![\\p{L}\\p{N}@-])`,
  '[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)*\\.\\p{L}{2,}/',
  '\\d{1,3}(?:\\.\\d{1,3}){3}[:/]',
);

const messengers = [
  // WhatsApp
  ...[
    // With a sign between any two letters, too.
    'w[^\\p{L}\\p{N}]?h[^\\p{L}\\p{N}]?[a@][^\\p{L}\\p{N}]?t[^\\p{L}\\p{N}]?s[^\\p{L}\\p{N}]{0,2}a[^\\p{L}\\p{N}]?p',
    'wh?att?ss?\\s?app?',
    'whtsapp',
    'wa\\.me',
    'вотс+ап+',
    'ватс+ап+',
    'вацап',
    'whatsap',
    'واتس',
    'واتساب',
    'व्हाट्सएप',
    'ווטסאפ',
  ],
  // Telegram
  ...[
    'telegram',
    'tele\\s?gram',
    't\\.me',
    'телеграм',
    'телег[аеу](?!\\p{L})',
    'تليجرام',
    'تيليجرام',
    'تلغرام',
    'تلگرام',
    'टेलीग्राम',
    'טלגרם',
  ],
];
const elsewhere = word(...messengers);
// Scripts without spaces between words.
const unspacedElsewhere = /电报|電報|飞机号|テレグラム|ワッツアップ|텔레그램|왓츠앱/u;
const unspacedFee = /手续费|手續費|押金|保证金|保證金|定金|预付|預付|手数料|保証金|前払い|수수료|보증금|선입금/u;

// Not "your fee" and "my fee": what somebody takes for their work is what the two are here to talk about.
const fee = word(
  // English
  ...[
    '(?<!(?:your|my|our|his|her|their)\\s(?:\\p{L}+\\s)?)fees?(?!\\p{L})',
    'deposits?(?!\\p{L})',
    'gift[\\s-]?cards?',
    'western union',
    'moneygram',
  ],
  ...[
    'up-?\\s?front payment',
    '(?:pay|send|transfer)\\p{L}* (?:\\p{L}+ ){0,4}(?:up-?\\s?front|in advance|first|before)',
    'usdt(?!\\p{L})',
    'bitcoins?',
  ],
  // German, Dutch
  ...['(?:\\p{L}+)?gebuhr', 'kaution', 'anzahlung', 'vorkasse', 'vorauszahlung', 'gutscheinkart', 'aanbetaling', 'vooruitbetal', 'borgsom'],
  // French, Italian, Spanish, Portuguese
  ...[
    'frais(?!\\p{L})',
    'acompte',
    'virement',
    'carte\\p{L}* cadeau',
    'commissione',
    'cauzione',
    'anticipo',
    'bonifico',
    'comision',
    'deposito',
  ],
  ...['cuota', 'tarjeta\\p{L}* regalo', 'taxas?(?!\\p{L})', 'adiantamento', 'cartao presente'],
  // Swedish, Norwegian, Danish, Finnish
  ...['avgift', 'gebyr', 'deposition', 'depositum', 'forskott', 'forskudd', 'forskud(?!\\p{L})', 'presentkort', 'gavekort', 'ennakkomaksu'],
  // Polish, Czech, Turkish, Indonesian
  ...['oplat', 'zaliczk', 'kaucj', 'poplat', 'zaloh', 'depozito', 'kapora', 'biaya', 'uang muka'],
  // Russian, Ukrainian
  ...['комисси', 'комiсi', 'предоплат', 'передоплат', 'депозит', 'задат(?:ок|к)', 'взнос'],
  // Arabic, Hebrew, Hindi
  ...['رسوم', 'الرسوم', 'عربون', 'وديعة', 'עמלה', 'פיקדון', 'מקדמה', 'शुल्क', 'फीस'],
);

// A day, a time or an amount, whose digits are no telephone number.
const noNumber = [
  /\d{4}[-./]\d{1,2}[-./]\d{1,2}/gu,
  /(?<![\d.])\d{1,2}[-./]\s?\d{1,2}[-./]\s?\d{2,4}(?!\d)/gu,
  /(?<![\d.])\d{1,2}[:.]\d{2}(?::\d{2})?(?!\.?\d)/gu,
  /(?:[$€£¥₹]|(?:usd|eur|gbp|chf)(?!\p{L}))\s?\d[\d., ]*/gu,
  /\d[\d., ]*\s?(?:[$€£¥₹%]|(?:usd|eur|gbp|chf|views?|followers?|k|m)(?!\p{L}))/gu,
];
const digitRuns = /(\+|\()?\s?\d(?:[\s().\-/_]{0,3}\d){6,16}/gu;

/** Whether a folded text has a telephone number: with its country or a leading zero from eight digits on, otherwise from ten. */
function hasNumber(text: string): boolean {
  const rest = noNumber.reduce((left, pattern) => left.replace(pattern, ' '), text);
  return [...rest.matchAll(digitRuns)].some(([run]) => {
    const digits = run.replace(/\D/gu, '');
    return digits.length <= 15 && digits.length >= (/^\s?\+|^\(?\s?0/u.test(run) ? 8 : 10);
  });
}

/** What a message has that scams have, too; undefined for none. The most telling of several. */
export function cautionOf(text: string): Caution | undefined {
  const folded = fold(text, false)
    .replace(/\p{Pd}/gu, '-')
    .replace(/[’‘]/gu, "'")
    .replace(/[。｡․]/gu, '.');
  // The second reading takes every letter for the Latin one that it looks like.
  const read = Array.from(folded, (letter) => latin.get(letter) ?? letter).join('');
  const readings = read === folded ? [folded] : [folded, read];
  const has = (...patterns: readonly RegExp[]) => patterns.some((pattern) => readings.some((reading) => pattern.test(reading)));
  if (has(fee, unspacedFee)) {
    return 'fee';
  }

  return has(elsewhere, unspacedElsewhere) || hasNumber(folded) ? 'elsewhere' : has(link) ? 'link' : undefined;
}
