/** The tags with those that were typed, which commas part; none twice, whatever their case. */
export function withTags(tags: readonly string[], typed: string): readonly string[] {
  return typed
    .split(/[,;]/)
    .map((tag) => tag.trim().replace(/^#/, '').replace(/\s+/g, ' '))
    .filter((tag) => tag !== '')
    .reduce<readonly string[]>((all, tag) => (all.some((other) => other.toLowerCase() === tag.toLowerCase()) ? all : [...all, tag]), tags);
}
