const worthTelling = 200;

/** What to say of a text's length, of which so much is allowed; nothing while there is room enough. */
export function lengthWords(characters: number, most: number): string | undefined {
  const left = most - characters;
  if (left < 0) {
    return left === -1 ? '1 character too many' : `${-left} characters too many`;
  }

  return left <= worthTelling ? `${left} left` : undefined;
}
