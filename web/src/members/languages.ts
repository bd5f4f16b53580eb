import { languageName } from './words';

// Written forms that are more than their language, and languages of three letters that many publish in.
const further =
  'en-GB en-US pt-BR pt-PT es-419 es-MX fr-CA de-AT de-CH nl-BE zh-Hans zh-Hant sr-Cyrl sr-Latn fil yue nan ceb ckb gsw nds sco ast haw hmn bho mai kok mni pap tpi tzm';

/** Every language that has a code of two letters and a name, and some further ones, by their names in the reader's language. */
export const languages = [...twoLetterCodes(), ...further.split(' ')]
  .map((value) => ({ value, name: languageName(value) }))
  .filter(({ value, name }) => name.toLowerCase() !== value.toLowerCase())
  .sort((a, b) => a.name.localeCompare(b.name));

function twoLetterCodes(): readonly string[] {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode('a'.charCodeAt(0) + i));
  // A code that is an old one of another language is that: "iw" is "he".
  return letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => Intl.getCanonicalLocales(code)[0] === code);
}
