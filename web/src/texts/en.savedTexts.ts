/** Every sentence about saved texts in English: a catalogue of its own, loaded with the first field that has them. */
export const enSavedTexts = {
  add: 'Add a text',
  change: 'Change a text',
  changeOf: (name: string) => `Change ${name}`,
  deleteOf: (name: string) => `Delete ${name}`,
  deleted: (name: string) => `Deleted: ${name}`,
  intro: (most: number) => `Texts that you write often, up to ${most}. A menu beside a message or a note inserts them.`,
  loading: 'Your saved texts are loading…',
  manage: 'Manage saved texts…',
  name: 'Name (optional)',
  nameHint: 'Without one, the menu shows how the text begins.',
  none: 'Nothing saved yet. Save what you write often, and insert it here.',
  notLoaded: 'Your saved texts could not be loaded.',
  saveTyped: 'Save what is typed…',
  text: 'Text',
  textMissing: 'Write a text.',
  title: 'Saved texts',
};

/** The sentences about saved texts. A language of the page has them beside its others. */
export type SavedTextsTexts = typeof enSavedTexts;
