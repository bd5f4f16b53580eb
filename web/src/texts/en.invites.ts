import type { ReactNode } from 'react';
import { countingIn, phrase } from './sentences.ts';

const { counted, number } = countingIn('en-GB');

/** The sentences of inviting and answering in English: a catalogue of its own, which loads with the first dialog or list of invites. */
export const enInvites = {
  accept: 'Accept',
  acceptMeans: 'If you accept, you can chat. It commits you to no campaign.',
  acceptOf: (name: string) => `Accept the invite of ${name}`,
  again: (time: string) => `You can invite again from ${time}`,
  answerMeans: 'If you accept, you can chat. It commits you to no campaign. If you decline, they get no email.',
  answered: 'Answered or ended recently',
  decline: 'Decline',
  declineAsk: (name: string) => `Decline the invite of ${name}?`,
  declineMeans: 'They get no email about it, and cannot invite you again for some time, usually 21 days.',
  declinedBecause: {
    'not-now': { theirs: 'They say: “Now is not the right time.”', yours: 'You said: “Now is not the right time.”' },
    'not-a-fit': { theirs: 'They say: “It does not fit what I do.”', yours: 'You said: “It does not fit what I do.”' },
    reward: { theirs: 'They say: “The reward is not right for me.”', yours: 'You said: “The reward is not right for me.”' },
    other: { theirs: 'They have another reason.', yours: 'You had another reason.' },
  },
  declineNoReason: 'No reason',
  /** The reasons, and what the inviter reads. */
  declineReasons: {
    'not-now': { name: 'Not now', meaning: 'They read: “Now is not the right time.”' },
    'not-a-fit': { name: 'It does not fit what I do', meaning: 'They read: “It does not fit what I do.”' },
    reward: { name: 'The reward is not right', meaning: 'They read: “The reward is not right for me.”' },
    other: { name: 'Another reason', meaning: 'They read that you have another reason.' },
  },
  declineSilent: 'They see that you declined, and nothing else.',
  declineUntil: 'They may ask again from (optional)',
  declineUntilHint: 'They see the day. Without one, it is 21 days from now, as usual.',
  declineUntilWrong: 'Choose a day after today, within a year.',
  declineWhy: 'Why? (optional)',
  declineWithReason: 'Decline with a reason…',
  declineOf: (name: string) => `Decline the invite of ${name}`,
  direction: 'Received or sent',
  intro: 'Invites that wait for an answer, and those that were answered or ended in the last 30 days.',
  invite: (name: string) => `Invite ${name}`,
  inviteMeans: 'They get an email and can accept or decline. Once they accept, you can chat. It commits neither of you to a campaign.',
  invitedYou: (name: string) => `${name} invited you to connect`,
  lockEnds: (time: string) => `You can invite them again from ${time}. If they invite you before that, you can answer.`,
  lockEndsLater: 'You can invite them again later. If they invite you before that, you can answer.',
  lockReason: {
    revoked: 'You took your last invite to them back.',
    revokedAt: (time: string) => `You took your last invite to them back on ${time}.`,
    declined: 'They declined your last invite.',
    declinedAt: (time: string) => `They declined your last invite on ${time}.`,
    ended: 'Your last invite to them has ended.',
  },
  more: 'More invites',
  noneFromBrands: {
    title: 'Invites go to creators',
    words: 'As a brand you invite. Find creators whom you like, and press + to connect.',
  },
  noneListed: {
    title: 'Nobody has invited you recently',
    words:
      'Brands and creators find you by your profile: by what you publish about, where, and your own words. You get an email when somebody invites you.',
    action: 'Review your profile',
  },
  noneSent: {
    title: 'You have not invited anybody recently',
    words: 'Press + on a creator to invite them. Until they answer, the invite waits here, and you can take it back.',
  },
  noneUnlisted: {
    title: 'Nobody can find you yet',
    words: 'Your profile is not listed. List it, and brands and creators can find and invite you.',
    action: 'Complete your profile',
  },
  note: 'A note (optional)',
  noteHint: 'Why you would like to talk.',
  noteHintKeys: 'Why you would like to talk. Ctrl+Enter sends.',
  noteTooLong: (count: number, most: number) =>
    counted(count, (n) => ({
      one: `Has ${n} character; at most ${number(most)} are allowed.`,
      other: `Has ${n} characters; at most ${number(most)} are allowed.`,
    })),
  ok: 'OK',
  received: {
    name: 'Received',
    counted: (count: number) => `, ${number(count)} waiting for your answer`,
    waiting: 'Waiting for your answer',
    nothing: 'Nothing waits for your answer.',
  },
  revoke: 'Take back',
  revokeAsk: (name: string) => `Take back your invite to ${name}?`,
  revokeConfirm: 'Take it back',
  revokeKeep: 'Keep it',
  revokeMeans:
    'They get no email about it, and the links in the email that they have got stop working. You have to wait, usually for 21 days, before you can invite them again. Right after, you can undo it for ten seconds.',
  revokeOf: (name: string) => `Take back your invite to ${name}`,
  sent: {
    name: 'Sent',
    counted: (count: number) => `, ${number(count)} waiting`,
    waiting: 'Waiting for an answer',
    nothing: 'None of your invites waits for an answer.',
  },
  /** The state of an invite, and beside it what led to it; the time is missing until the server has said it. */
  states: {
    waiting: 'Waiting',
    undelivered: 'Not delivered',
    connected: 'Connected',
    declined: 'Declined',
    revoked: 'Taken back',
    ended: 'Ended',
  },
  since: {
    invited: (time: ReactNode) => phrase`Invited ${time}`,
    ends: (time: ReactNode) => phrase`Ends ${time}`,
    undelivered: 'Our email to them came back. They can still find the invite here.',
    theyAccepted: (time: ReactNode) => phrase`They accepted ${time}`,
    youAccepted: (time: ReactNode) => phrase`You accepted ${time}`,
    theyDeclined: (time: ReactNode) => phrase`They declined ${time}`,
    youDeclined: (time: ReactNode) => phrase`You declined ${time}`,
    youRevoked: (time: ReactNode) => phrase`You took it back ${time}`,
    sentExpired: (time: ReactNode) => phrase`It got no answer, and ended ${time}`,
    receivedExpired: (time: ReactNode) => phrase`You did not answer, and it ended ${time}`,
  },
};

/** The sentences of inviting and answering. A language of the page has them beside its others. */
export type InvitesTexts = typeof enInvites;
