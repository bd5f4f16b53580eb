import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Api, body, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import { serverNow } from '@/api/serverTime';
import type { Message, MessageFile } from '@/api/types';

/** A file of a message. */
export interface SentFile {
  readonly message: Message;
  readonly file: MessageFile;
}

// A link is not begun with in the last part of its life.
const partOfLife = 0.8;

/**
 * The address of a file, which works for some minutes. It is read when it is first wanted, and kept in memory alone. What was loaded from
 * it stays; `renew` gets another one when loading fails.
 */
export function useFileLink({ message: { connectionId, seq }, file: { id } }: SentFile, wanted: boolean) {
  const api = useApi();
  const [url, setUrl] = useState<string>();
  const link = useQuery({
    queryKey: keys.fileLink(connectionId, seq, id),
    queryFn: async ({ signal }) => {
      const { url: address, until } = await readLink(api, connectionId, seq, id, signal);
      return { address, life: Date.parse(until) - serverNow() };
    },
    enabled: wanted && url === undefined,
    staleTime: ({ state: { data } }) => Math.max(0, (data?.life ?? 0) * partOfLife),
    refetchOnWindowFocus: false,
    // Whoever has it can read the file.
    meta: { secret: true },
  });
  if (url === undefined && link.data && !link.isStale) {
    setUrl(link.data.address);
  }

  return {
    url,
    problem: url === undefined && link.isError ? Problem.from(link.error) : undefined,
    renew: () => {
      setUrl(undefined);
      void link.refetch();
    },
  };
}

async function readLink(api: Api, id: string, seq: number, fileId: string, signal?: AbortSignal) {
  const call = { params: { path: { id, seq, fileId } }, ...(signal && { signal }) };
  return body(await api.calls.GET('/api/connections/{id}/messages/{seq}/files/{fileId}', call));
}

/** Reads a file in full, by a link of its own. Throws a `Problem`. */
export async function readFile(api: Api, { message: { connectionId, seq }, file }: SentFile): Promise<Blob> {
  const { url } = await readLink(api, connectionId, seq, file.id);
  const response = await fetch(url, { referrerPolicy: 'no-referrer' }).catch(() => {
    throw Problem.offline();
  });
  if (!response.ok) {
    throw await Problem.of(response);
  }

  return await response.blob();
}
