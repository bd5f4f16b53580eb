/** An id that nobody else makes: 128 random bits. Also where a page is not secure enough for `crypto.randomUUID`, as on a phone that visits a developer's machine. */
export function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
