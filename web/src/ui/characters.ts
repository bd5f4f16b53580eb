/** How long a text is as the service counts it: in Unicode code points, of what is left without space around it. */
export function charactersIn(text: string): number {
  return Array.from(text.replaceAll('\r\n', '\n').trim()).length;
}
