import { createElement, Fragment, type ReactNode } from 'react';

/** A sentence in the forms that a count takes. English has `one` and `other`; other languages have `few`, `many` and more. */
type Forms<T> = Partial<Readonly<Record<Intl.LDMLPluralRule, T>>> & { readonly other: T };

/** An element around words of a sentence, such as a link. */
export type Around = (words: string) => ReactNode;

/** How a language counts. */
export function countingIn(language: string) {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return {
    /**
     * The form of a sentence for a count.
     *
     * @param forms the forms, with the count as the language writes it.
     */
    counted: <T = string>(count: number, forms: (written: string) => Forms<T>): T => {
      const { [rules.select(count)]: form, other } = forms(numbers.format(count));
      return form ?? other;
    },
    /** A number as the language writes it: 52,300. */
    number: (count: number): string => numbers.format(count),
  };
}

/**
 * A sentence with elements in it. Each language puts them where they belong. The words between them are elements too, because the browser's
 * translation replaces bare text.
 */
export function phrase(words: TemplateStringsArray, ...elements: readonly ReactNode[]): ReactNode {
  const parts = words.flatMap((text, i) => [text === '' ? null : createElement('span', null, text), elements[i]]);
  return createElement(Fragment, null, ...parts);
}
