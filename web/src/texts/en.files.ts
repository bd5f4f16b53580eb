import { countingIn } from './sentences.ts';

const { counted } = countingIn('en-GB');

/** Every sentence about pictures and files in English: a catalogue of its own, which comes with the messenger. */
export const enFiles = {
  aFile: 'File',
  alt: 'Describe this picture',
  altOf: (name: string) => `Description of ${name}`,
  altWhy: 'A description tells people what they cannot see. You can leave it out.',
  attach: 'Add pictures or a PDF',
  attached: 'What you send along',
  attachedCount: (count: number) => counted(count, (n) => ({ one: `${n} file is ready to send.`, other: `${n} files are ready to send.` })),
  checking: 'Being checked for viruses…',
  checkingTheirs: 'This is being checked for viruses. It shows in a moment.',
  choose: 'Choose pictures or a PDF',
  deleteMeans: 'Its text and its files go for both of you. They see that a message was deleted.',
  download: 'Download',
  downloadName: (name: string) => `Download ${name}`,
  dropHere: 'Drop pictures or a PDF here',
  file: (name: string) => `File: ${name}`,
  files: (count: number) => counted(count, (n) => ({ one: `${n} file`, other: `${n} files` })),
  gone: 'A file of this message is not on this device any more. Delete the message and add the file again.',
  notAdded: (name: string) => `“${name}” was not added`,
  notConnected: 'Pictures show only while you are connected.',
  notLoaded: 'The picture could not be loaded.',
  notLoadedFile: 'The file could not be loaded',
  picture: 'Picture',
  pictureOf: (alt: string) => `Picture: ${alt}`,
  pictures: (count: number) => counted(count, (n) => ({ one: `${n} picture`, other: `${n} pictures` })),
  preparing: 'Getting ready…',
  /** Why a file that was sent never reaches the other member, and what to do about it. */
  refused: {
    malware: 'Not delivered: our virus check found something harmful in it. Check your device before you send another file.',
    'wrong-type': 'Not delivered: it is not the kind of file that its name says. Save it again as JPEG, PNG or PDF and send that.',
    'too-large': 'Not delivered: it is too large. Send a smaller one.',
    'too-many-pixels': 'Not delivered: the picture is too large. Send a smaller one.',
    'not-square': 'Not delivered: the picture is not square.',
    damaged: 'Not delivered: it is damaged. Save it again and send that.',
    metadata: 'Not delivered: it holds hidden details, such as where it was taken. Save a copy of the picture and send that.',
    'not-checked': 'Not delivered: it could not be checked for viruses. Send it again.',
  },
  refusedTheirs: 'A file was not delivered: it did not pass our check.',
  remove: (name: string) => `Remove ${name}`,
  takePhoto: 'Take a photo',
  tooMany: (most: number) => `A message takes up to ${most} files`,
  tooManyWhy: 'Send these first, and the others with your next message.',
  /** Why a file that was picked is not added, and what to do about it. */
  unfit: {
    type: 'You can send pictures (JPEG, PNG, WebP or GIF) and PDF files.',
    heic: 'This browser cannot open HEIC photos. Save it as JPEG and add that, or send it from your phone.',
    unread: 'It cannot be read. If it is a folder, add the files in it.',
    empty: 'The file is empty.',
    damaged: 'The file cannot be opened. It may be damaged: save it again and add that.',
    'large-picture': 'The picture is too large. Pictures can have up to 10 MB.',
    'large-pdf': 'The file is too large. A PDF can have up to 20 MB.',
  },
  uploading: (percent: string) => `Uploading, ${percent}`,
  viewer: {
    title: (at: number, of: number) => (of === 1 ? 'Picture' : `Picture ${at} of ${of}`),
    next: 'Next picture',
    previous: 'Previous picture',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    keys: 'The arrow keys show other pictures, or move a picture that is zoomed in. Plus and minus zoom.',
  },
};

/** The sentences about files. A language of the page has them beside its others. */
export type FileTexts = typeof enFiles;
