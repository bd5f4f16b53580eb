import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { paged } from '@/api/pages';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { AuditEntry, DecisionKind, DecisionRequest, ModeratedReport, ReportReason, ReportState, SuspensionRequest } from '@/api/types';

/** The longest statement of reasons, as in the contract. The service may be set to less, and then says so. */
export const maxStatement = 2000;

/** The reasons in the order in which a report offers them. */
export const reasons = ['spam', 'harassment', 'impersonation', 'inappropriate', 'other'] as const satisfies readonly ReportReason[];

/** The decisions in the order of their keys. */
export const decisions = ['dismiss', 'warn', 'unlist', 'suspend'] as const satisfies readonly DecisionKind[];

/** Which reports are listed. */
export interface ReportFilter {
  readonly state: ReportState;
  readonly reason?: ReportReason | undefined;
  /** The id of the member whom they are about. */
  readonly member?: string | undefined;
}

// What others reported in confidence is not kept in the browser.
const secret = { meta: { secret: true } };

// Other moderators decide too, and new reports come.
const refreshEvery = 30_000;

/** The reports that a filter finds, the newest first. */
export function useReports({ state, reason, member }: ReportFilter) {
  const api = useApi();
  const query = { state, ...(reason && { reason }), ...(member !== undefined && { member }) };
  return useInfiniteQuery({
    ...secret,
    queryKey: [...keys.desk, 'reports', query],
    refetchInterval: refreshEvery,
    ...paged<ModeratedReport>(api, async (signal) => body(await api.calls.GET('/api/moderation/reports', { params: { query }, signal }))),
  });
}

const likeCases = 3;

/** The latest closed reports of a reason. */
export function useLikeCases(reason: ReportReason) {
  const api = useApi();
  return useQuery({
    ...secret,
    queryKey: [...keys.desk, 'like', reason],
    queryFn: async ({ signal }) =>
      body(await api.calls.GET('/api/moderation/reports', { params: { query: { state: 'closed', reason, limit: likeCases } }, signal }))
        .value,
  });
}

/** How many reports are open; with a reason, also how its closed ones were decided. */
export function useCounts(reason?: ReportReason) {
  const api = useApi();
  return useQuery({
    ...secret,
    queryKey: [...keys.desk, 'counts', reason],
    refetchInterval: refreshEvery,
    queryFn: async ({ signal }) =>
      body(await api.calls.GET('/api/moderation/reports/counts', { params: { query: reason ? { reason } : {} }, signal })),
  });
}

/**
 * One report.
 *
 * @param listed the report as a list has it, which is shown at once.
 */
export function useReport(id: string, listed: ModeratedReport | undefined) {
  const api = useApi();
  return useQuery({
    ...secret,
    queryKey: [...keys.desk, 'report', id],
    placeholderData: listed,
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/moderation/reports/{id}', { params: { path: { id } }, signal })),
  });
}

/** What is known of a member. */
export function useModeratedMember(id: string) {
  const api = useApi();
  return useQuery({
    ...secret,
    queryKey: [...keys.desk, 'member', id],
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/moderation/members/{id}', { params: { path: { id } }, signal })),
  });
}

/** The audit trail about a member, the latest entry first. */
export function useTrail(id: string) {
  const api = useApi();
  return useInfiniteQuery({
    ...secret,
    queryKey: [...keys.desk, 'trail', id],
    ...paged<AuditEntry>(api, async (signal) =>
      body(await api.calls.GET('/api/moderation/members/{id}/trail', { params: { path: { id } }, signal })),
    ),
  });
}

/** Decides a report. Refused with `report-decided` if another moderator was first; the report is then read again. */
export function useDecide(id: string) {
  const api = useApi();
  return useDeskMutation(async (request: DecisionRequest) =>
    body(await api.calls.POST('/api/moderation/reports/{id}/decision', { params: { path: { id } }, body: request })),
  );
}

/** Suspends a member, or changes the suspension that holds. */
export function useSuspend(id: string) {
  const api = useApi();
  return useDeskMutation((request: SuspensionRequest) =>
    api.calls.PUT('/api/moderation/members/{id}/suspension', { params: { path: { id } }, body: request }),
  );
}

/** Lifts a suspension or an unlisting, with a reason. */
export function useLift(id: string, what: 'suspension' | 'unlisting') {
  const api = useApi();
  return useDeskMutation((statement: string) =>
    api.calls.DELETE(`/api/moderation/members/{id}/${what}`, { params: { path: { id } }, body: { statement } }),
  );
}

/** An act of a moderator, after which all that the desk shows is read again. */
function useDeskMutation<Request, Answer>(act: (request: Request) => Promise<Answer>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: (_, error) =>
      error === null || Problem.from(error).code === 'report-decided' ? cache.invalidateQueries({ queryKey: keys.desk }) : undefined,
  });
}
