import { enMessenger, type MessengerTexts } from './en.messenger';

/** The sentences of the messenger, in the page's language. */
export const messengerTexts: MessengerTexts = enMessenger;
