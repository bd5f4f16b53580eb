import { useQuery } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys } from '../api/queries';

/** One connection as the member sees it. */
export function useConnection(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: keys.connection(id),
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/connections/{id}', { params: { path: { id } }, signal })),
  });
}
