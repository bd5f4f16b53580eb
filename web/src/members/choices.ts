/* eslint-disable text/in-catalogue -- Codes, not words. */
import { language } from '@/texts/texts';
import { countryName, languageName } from './names';
import { currencyName } from './terms';

// The officially assigned codes of ISO 3166-1 alpha-2, which are the countries that a profile can name. Browsers do not list them.
const countryCodes =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
  'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY ' +
  'MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ ' +
  'NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW ' +
  'SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ ' +
  'UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW';

// Regional and script variants, and three-letter languages that many creators publish in.
const moreLanguages =
  'en-GB en-US pt-BR pt-PT es-419 es-MX fr-CA de-AT de-CH nl-BE zh-Hans zh-Hant sr-Cyrl sr-Latn ' +
  'fil yue nan ceb ckb gsw nds sco ast haw hmn bho mai kok mni pap tpi tzm';

// The currencies that an amount can be in, the most used ones first.
const usualCurrencyCodes = 'AUD BRL CAD CHF CZK DKK EUR GBP HUF INR JPY MXN NOK NZD PLN RON SEK TRY USD ZAR';
const otherCurrencyCodes =
  'AED AFN ALL AMD AOA ARS AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BSD BTN BWP BYN BZD CDF CLP CNY COP CRC CUP CVE ' +
  'DJF DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG IDR ILS IQD IRR ISK JMD JOD ' +
  'KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MYR MZN ' +
  'NAD NGN NIO NPR OMR PAB PEN PGK PHP PKR PYG QAR RSD RUB RWF SAR SBD SCR SDG SGD SHP SLE SOS SRD SSP STN SVC SYP SZL ' +
  'THB TJS TMT TND TOP TTD TWD TZS UAH UGX UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZMW ZWG';

/** The currencies that most amounts are in, and the others, each sorted by name in the page's language. */
export const currencies = { usual: currenciesOf(usualCurrencyCodes), other: currenciesOf(otherCurrencyCodes) };

function currenciesOf(codes: string) {
  return codes
    .split(' ')
    .map((value) => ({ value, name: currencyName(value) }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

/** Every country that a profile can name, sorted by its name in the page's language. */
export const countries = countryCodes
  .split(' ')
  .map((value) => ({ value, name: countryName(value) }))
  .sort((a, b) => a.name.localeCompare(b.name, language));

/** Every two-letter language that has a name, and some more, sorted by their names in the page's language. */
export const languages = [...twoLetterCodes(), ...moreLanguages.split(' ')]
  .map((value) => ({ value, name: languageName(value) }))
  .filter(({ value, name }) => name.toLowerCase() !== value.toLowerCase())
  .sort((a, b) => a.name.localeCompare(b.name, language));

function twoLetterCodes(): readonly string[] {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode('a'.charCodeAt(0) + i));
  // Skips deprecated codes, which have another canonical form: "iw" is "he".
  return letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => Intl.getCanonicalLocales(code)[0] === code);
}
