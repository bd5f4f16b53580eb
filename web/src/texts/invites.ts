import { enInvites, type InvitesTexts } from './en.invites';

/** The sentences of inviting and answering, in the page's language. */
export const invitesTexts: InvitesTexts = enInvites;
