import type { ReportReason } from '@/api/types';
import { reasons, type ReportFilter } from './useDesk';

/** The filter in the query of the desk's address. What it does not know is left out. */
export function filterIn(query: URLSearchParams): ReportFilter {
  return {
    state: query.get('state') === 'closed' ? 'closed' : 'open',
    reason: reasons.find((reason) => reason === query.get('reason')),
    member: query.get('member') ?? undefined,
  };
}

/** The address of the desk with a filter, and with a report that it shows. */
export function deskAddress({ state, reason, member }: ReportFilter, report?: string): string {
  const query = new URLSearchParams({
    ...(state === 'closed' && { state }),
    ...(reason && { reason }),
    ...(member !== undefined && { member }),
    ...(report !== undefined && { report }),
  });
  return query.size === 0 ? '/moderation' : `/moderation?${query.toString()}`;
}

/** The address of what is known of a member. */
export function memberAddress(id: string): string {
  return `/moderation/members/${encodeURIComponent(id)}`;
}

/** The address of the reports about a member, for a reason if one is given. */
export function reportsAbout(member: string, isOpen: boolean, reason: ReportReason): string {
  return deskAddress({ state: isOpen ? 'open' : 'closed', reason, member });
}
