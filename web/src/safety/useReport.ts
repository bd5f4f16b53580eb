import { useMutation } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import type { ReportReason } from '../api/types';

/** What is reported: a member, or one message of a conversation. */
export type ReportTarget = { readonly memberId: string } | { readonly connectionId: string; readonly seq: number };

/** Reports it to support. Each call is a report of its own. */
export function useReport() {
  const api = useApi();
  return useMutation({
    mutationFn: async ({
      target,
      reason,
      details,
    }: {
      readonly target: ReportTarget;
      readonly reason: ReportReason;
      readonly details: string;
    }) => body(await api.calls.POST('/api/reports', { body: { ...target, reason, ...(details.trim() === '' ? {} : { details }) } })),
  });
}
