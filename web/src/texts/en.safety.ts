import type { ReactNode } from 'react';
import { phrase } from './sentences.ts';

/** The sentences of blocking, ending and reporting in English: a catalogue of its own, because Explore never says them. */
export const enSafety = {
  block: (name: string) => `Block ${name}?`,
  blockMeans: {
    apart: 'Neither of you sees, finds or invites the other.',
    ends: 'An invite or a connection between you ends, and with it your conversation.',
    quiet: 'They are not told, and can no longer read what was said. You can, on the page “Blocked”, where you lift the block too.',
  },
  blocked: (name: string) => `${name} is blocked`,
  blockedAt: (time: ReactNode) => phrase`Blocked ${time}`,
  blockedIntro: 'You and the members you block cannot see, find or invite each other. They are not told.',
  blockedList: 'Members whom you block',
  blockedMore: 'More blocked members',
  blockedNobody: 'You block nobody',
  blockedNobodyHow: 'When somebody bothers you, open “More” (•••) on their profile or beside their name, and choose “Block”.',
  canLift: 'You can lift the block whenever you want.',
  done: 'Done',
  end: 'End connection',
  endAsk: 'End connection…',
  endMeans:
    'Both of you can still read your conversation, and neither can write in it. They see that it ended. To talk again, one of you has to invite the other.',
  endOf: (name: string) => `End your connection with ${name}?`,
  lift: 'Lift block',
  liftAsk: (name: string) => `Lift the block of ${name}?`,
  liftMeans: 'You can see, find and invite each other again. What was between you before, an invite or a connection, does not come back.',
  liftOf: (name: string) => `Lift block of ${name}`,
  moreAbout: (name: string) => `More about ${name}`,
  notLifted: (name: string) => `${name} is still blocked`,
  readMessages: 'Read messages',
  readMessagesWith: (name: string) => `Read messages with ${name}`,
  lifted: (name: string) => `${name} is no longer blocked`,
  report: (name: string) => `Report ${name}`,
  reportDetails: 'Anything else that we should know? (optional)',
  reportMember: {
    hint: 'This goes to our support by email, with their profile as it is now and your name. The member is not told.',
    question: 'What is wrong with them?',
  },
  reportMessage: {
    hint: 'This goes to our support by email, with the message as it is now and your name. Its writer is not told.',
    question: 'What is wrong with it?',
  },
  reportMessageOf: (name: string) => `Report a message of ${name}`,
  reportOther: 'What is it?',
  reportOtherMissing: 'Write what it is.',
  reportReasonMissing: 'Choose what is wrong.',
  reportReasons: {
    spam: { name: 'Spam', description: 'Unwanted advertising, or the same thing to everybody.' },
    harassment: { name: 'Harassment', description: 'Threats, insults or pressure.' },
    impersonation: { name: 'Impersonation', description: 'They are not who they say they are.' },
    inappropriate: { name: 'Does not belong here', description: 'Content that is offensive, sexual or against the law.' },
    other: { name: 'Something else', description: 'Tell us below what it is.' },
  },
  reportReceived: (name: string) => `Our support has received your report, and reads every one. ${name} is not told.`,
  reportReceivedBlock: 'If you do not want to hear from them again, you can block them too.',
  reportSend: 'Send report',
  reportThanks: 'Thank you for telling us',
  showBlocked: 'Show whom you block',
  youBlock: (name: string) => `You block ${name}`,
  youBlockMeans: 'Neither of you sees, finds or invites the other. They are not told. You can lift the block whenever you want.',
};

/** The sentences of blocking, ending and reporting. A language of the page has them beside its others. */
export type SafetyTexts = typeof enSafety;
