/** The language of the page's own words, and so of its numbers, dates and names of countries, whatever the browser's language is. */
export const language = 'en-GB';
