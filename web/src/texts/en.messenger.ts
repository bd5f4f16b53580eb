import type { ReactNode } from 'react';
import { type Around, countingIn, phrase } from './sentences.ts';

const { counted, number } = countingIn('en-GB');

interface InboxWords {
  readonly archived?: boolean;
  readonly pinned?: boolean;
  readonly muted?: boolean;
  readonly markedUnread?: boolean;
}

/** Every sentence of the messenger in English: a catalogue of its own, because Explore does not load it. */
export const enMessenger = {
  about: 'More about this message',
  aboutYours: 'More about your message',
  apart: (name: ReactNode) => phrase`You and ${name} are not connected.`,
  archive: 'Archive',
  archivedMeans: 'A new message brings it back.',
  blocked: (name: ReactNode, see: Around) =>
    phrase`You block ${name}. You can read what was said, to report it. ${see('See whom you block')}`,
  /** What scams look like, beside a message that has the same. */
  caution: {
    elsewhere: 'Careful: scams move you to the phone or to another app, where nobody can help you.',
    fee: 'Careful: scams ask you to pay a fee or a deposit first. You never have to pay to work with somebody here.',
    link: 'Careful: scams send a link to a page where you are asked to sign in or to pay.',
    report: 'Report this message',
  },
  choose: 'Choose a conversation',
  chooseWhy: 'Your messages show here.',
  connectedAt: (time: ReactNode) => phrase`Connected ${time}.`,
  conversation: 'Conversation',
  conversationWith: (name: string) => `Conversation with ${name}`,
  copy: 'Copy text',
  copyTyped: 'Copy what you typed',
  delete: 'Delete',
  deleteAsk: 'Delete…',
  deleteConfirm: 'Delete message',
  deleteMeans: 'Its text goes for both of you. They see that a message was deleted.',
  deleteTitle: 'Delete this message?',
  deleted: 'This message was deleted',
  deletedByYou: 'You deleted this message',
  deletedLabel: 'deleted message',
  earlier: 'Loading earlier messages…',
  earlierNotLoaded: (problem: string) => `Earlier messages could not be loaded. ${problem}`,
  edit: 'Edit',
  editLabel: 'Edit your message',
  edited: 'edited',
  ended: 'This conversation has ended',
  endedOn: (name: ReactNode, day: string) =>
    phrase`Your connection with ${name} ended on ${day}. You can read what was said, and nobody can write here now.`,
  expect: 'Send what I expect…',
  expectNoRoom: 'Your message has no room for it',
  expectNoRoomWhy: 'Send or shorten what you have typed first.',
  /** The lines of a message that says what a creator expects. The other member reads them. */
  expectLines: {
    first: 'What to expect when we work together:',
    openTo: (kinds: string) => `• Open to: ${kinds}`,
    formats: (formats: string) => `• I make: ${formats}`,
    rateFrom: (amount: string) => `• From ${amount}`,
    leadTime: (days: string) => `• From agreement to publication: ${days}`,
    leadTimeNone: '• I can publish on the day we agree',
    availableFrom: (day: string) => `• Available from ${day}`,
    availableNow: '• Available now',
  },
  goNotLoaded: 'The message could not be loaded',
  goToQuoted: 'Go to this message',
  hello: 'You are connected. Say hello!',
  inReplyTo: (name: string, text: string) => `In reply to ${name}: ${text}`,
  /** What happened to a conversation, by the change that the member made. */
  inboxDone: (change: InboxWords, name: string) =>
    change.archived !== undefined
      ? change.archived
        ? `Archived: ${name}`
        : `Back in the inbox: ${name}`
      : change.pinned !== undefined
        ? change.pinned
          ? `Pinned: ${name}`
          : `Not pinned any more: ${name}`
        : change.muted !== undefined
          ? change.muted
            ? `Muted: ${name}. No emails, and it does not count as unread.`
            : `Not muted any more: ${name}`
          : change.markedUnread
            ? `Marked as unread: ${name}`
            : `Marked as read: ${name}`,
  inboxRefused: (change: InboxWords, name: string) =>
    change.pinned ? `${name} was not pinned` : `The conversation with ${name} was not changed`,
  inviteToTalk: 'To talk, invite them. Once they accept, you can write here.',
  invitedBy: (name: ReactNode) => phrase`${name} invited you.`,
  keys: 'Enter sends. Shift and Enter makes a new line.',
  left: (count: number) => `${number(count)} left`,
  loading: 'The messages are loading',
  listEnded: 'Ended',
  listEndedAt: (day: string) => `Ended ${day}`,
  listFound: (count: number) => counted(count, (n) => ({ one: `${n} conversation`, other: `${n} conversations` })),
  listLoading: 'The conversations are loading',
  listMore: 'More conversations',
  listMoreEnded: 'More ended conversations',
  listNobody: 'Nobody here is called that.',
  listNobodyYet: 'Nobody here is called that, as far as the list is loaded.',
  listSearch: 'Search conversations by name',
  listSearchExample: 'Search by name',
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
  markedUnread: ', marked as unread',
  message: (from: string, text: string, time: string, reactions: string) => `${from}: ${text}, ${time}${reactions && `, ${reactions}`}`,
  messageReplying: (from: string, to: string) => `${from}, in reply to ${to}`,
  messageFrom: (name: string, text: string) => `${name}: ${text}`,
  messagesFrom: (count: number, name: string) =>
    counted(count, (n) => ({ one: `${n} new message from ${name}`, other: `${n} new messages from ${name}` })),
  messagesWith: (name: string) => `Messages with ${name}`,
  mute: 'Mute',
  muted: 'muted',
  newDivider: 'New',
  newMessages: (count: number) => counted(count, (n) => ({ one: 'New message', other: `${n} new messages` })),
  newest: 'Newest messages',
  noMessages: 'No messages',
  none: 'No conversation yet',
  noneAtAll: 'No conversations yet',
  noneHow: 'Invite a creator to connect. When they accept, you can talk here.',
  noneHowForCreator: 'When you accept an invite, or somebody accepts yours, you can talk here.',
  nonePending: (pending: Around) => phrase`What waits for an answer is under ${pending('Pending')}.`,
  nothingIn: { inbox: 'Your inbox is empty', unread: 'Nothing unread', archived: 'Nothing archived' },
  nothingInWhy: {
    inbox: 'All your conversations are archived. A new message brings one back.',
    unread: 'You have read everything. To come back to a conversation later, mark it as unread in its menu.',
    archived: 'To put a conversation away, choose Archive in its menu. A new message brings it back.',
  },
  notDeleted: 'Your message was not deleted',
  notReacted: 'Your reaction was not saved',
  notFound: 'This conversation is not here',
  notFoundWhy: 'The link may belong to another account of yours, or you can no longer see the conversation.',
  notSent: ', a message of yours is not sent yet',
  notSentCount: (count: number) =>
    counted(count, (n) => ({ one: 'A message of yours is not sent.', other: `${n} messages of yours are not sent.` })),
  noteTheirs: 'Their note',
  noteYours: 'Your note',
  oneInvites: 'To talk, one of you has to invite the other.',
  online: 'Online',
  pin: 'Pin to the top',
  pinned: 'pinned',
  react: 'React to this message',
  reacted: (name: string, reaction: string, text: string) => `${name} reacted to “${text}”: ${reaction}`,
  reactionFrom: (reaction: string, names: readonly string[]) => `${reaction}: ${names.join(', ')}`,
  reactionNames: {
    'thumbs-up': 'Thumbs up',
    heart: 'Heart',
    laugh: 'Laughing',
    surprised: 'Surprised',
    sad: 'Sad',
    celebrate: 'Celebrating',
  },
  reactionTaken: (name: string, text: string) => `${name} took back their reaction to “${text}”`,
  reactions: 'Reactions',
  read: 'Read',
  receivedPending: (name: ReactNode, answer: Around) =>
    phrase`${name} invites you to connect. When you accept, you can talk here. ${answer('Answer the invite')}`,
  reply: 'Reply',
  replyBack: 'Back to the reply',
  replyCancel: 'Reply to nothing',
  replyGone: 'This message was deleted. Yours goes without it.',
  replyTo: (name: ReactNode) => phrase`Reply to ${name}`,
  replyToYourself: 'Reply to yourself',
  rowMenu: (name: string) => `Conversation with ${name}: more`,
  /** The search in the open conversation. */
  search: {
    close: 'Close the search',
    count: (count: number, hasMore: boolean) =>
      hasMore
        ? counted(count, (n) => ({ one: `${n} message so far`, other: `${n} messages so far` }))
        : counted(count, (n) => ({ one: `${n} message found`, other: `${n} messages found` })),
    earlier: 'Earlier message found',
    example: 'Words of a message',
    label: 'Search in this conversation',
    later: 'Later message found',
    more: 'Look further back',
    none: 'No message has these words.',
    place: (place: number, count: number, hasMore: boolean) => `${number(place)} of ${number(count)}${hasMore ? '+' : ''}`,
    shown: (place: number, count: number, text: string) => `Message ${number(place)} of ${number(count)}: ${text}`,
  },
  send: 'Send',
  sending: 'Sending…',
  sent: 'Sent',
  sentPending: (name: ReactNode, see: Around) =>
    phrase`${name} has not answered your invite yet. When they accept, you can talk here. ${see('See your invites')}`,
  showArchived: 'Show archived',
  tooLong: 'The message is too long to send.',
  tooMany: (count: number) => counted(count, (n) => ({ one: `${n} character too many`, other: `${n} characters too many` })),
  typed: 'You had typed:',
  typing: (name: ReactNode) => phrase`${name} is typing…`,
  unarchive: 'Move to the inbox',
  unmute: 'Unmute',
  unpin: 'Unpin',
  unsent: 'You, not sent yet',
  unsentOffline: 'Not sent yet. It goes out when you are back online.',
  unsentQuoteGone: 'Not sent: the message that you reply to was deleted.',
  unsentQuoteRetry: 'Send without the quote',
  unsentRefused: (problem: string) => `Not sent. ${problem}`,
  unsentRetried: (problem: string) => `Not sent yet. ${problem} It will be retried automatically.`,
  unsentTooFast: (time: string) => `Not sent yet: you are sending too fast. It goes out at ${time}.`,
  views: 'Which conversations',
  viewOf: { inbox: 'Inbox', unread: 'Unread', archived: 'Archived' },
  viewProfile: 'View profile',
  writeFirst: 'Write something first.',
  write: 'Write a message',
  writeTo: (name: string) => `Message to ${name}`,
  youInvited: (name: ReactNode) => phrase`You invited ${name}.`,
};

/** The sentences of the messenger. A language of the page has them beside its others. */
export type MessengerTexts = typeof enMessenger;
