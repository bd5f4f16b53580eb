/** How long a message can be. */
export const mostCharacters = 4_000;

const worthTelling = 200;

/** What to say of a text's length; nothing while there is room enough. */
export function lengthWords(characters: number): string | undefined {
  const left = mostCharacters - characters;
  if (left < 0) {
    return left === -1 ? '1 character too many' : `${-left} characters too many`;
  }

  return left <= worthTelling ? `${left} left` : undefined;
}
