import type { components, operations } from './schema';

// The schemas of the contract, under the names that the pages use.
type Schemas = components['schemas'];

export type Profile = Schemas['Profile'];
export type ProfileChange = Schemas['ProfileChange'];
export type Card = Schemas['Card'];
export type CallersCard = Schemas['CallersCard'];
export type Creator = Schemas['Creator'];
export type Relation = Schemas['Relation'];
export type Contact = Schemas['Contact'];
export type Decline = Schemas['Decline'];
export type ConnectionState = Schemas['ConnectionState'];
export type Direction = Schemas['Direction'];
export type Message = Schemas['Message'];
export type MessageFile = Schemas['MessageFile'];
export type CreateFileRequest = Schemas['CreateFileRequest'];
export type LastFiles = Schemas['LastFiles'];
export type Quote = Schemas['Quote'];
export type ReactionKind = Schemas['ReactionKind'];
export type LastMessage = Schemas['LastMessage'];
export type ContactChange = Schemas['ContactChange'];
export type ChangesPage = Schemas['ChangesPage'];
export type LiveEvent = Schemas['LiveEvent'];
export type FavouriteMark = Schemas['FavouriteMark'];
export type SavedText = Schemas['SavedText'];
export type FavouriteRequest = Schemas['FavouriteRequest'];
export type Facets = Schemas['Facets'];
export type Category = Schemas['Category'];
export type PlatformName = Schemas['PlatformName'];
export type Platform = Schemas['Platform'];
export type AnswersWithin = Schemas['AnswersWithin'];
export type Collaboration = Schemas['Collaboration'];
export type Format = Schemas['Format'];
export type Rate = Schemas['Rate'];
export type EmailPreferences = Schemas['EmailPreferences'];
export type Privacy = Schemas['Privacy'];
export type ReportReason = Schemas['ReportReason'];
export type OwnSuspension = Schemas['OwnSuspension'];
export type ModeratedReport = Schemas['ModeratedReport'];
export type ModeratedMember = Schemas['ModeratedMember'];
export type ReportState = Schemas['ReportState'];
export type DecisionKind = Schemas['DecisionKind'];
export type DecisionRequest = Schemas['DecisionRequest'];
export type SuspensionRequest = Schemas['SuspensionRequest'];
export type AuditEntry = Schemas['AuditEntry'];
export type Block = Schemas['BlockPage']['value'][number];
export type ProblemDocument = Schemas['Problem'];
export type InboxPart = NonNullable<NonNullable<operations['listConnections']['parameters']['query']>['show']>;
export type FacetQuery = NonNullable<operations['readFacets']['parameters']['query']>;
export type CreatorQuery = NonNullable<operations['findCreators']['parameters']['query']>;

/** One page of a list; `nextLink` is absent on the last. */
export interface Page<T> {
  readonly value: readonly T[];
  readonly nextLink?: string;
}
