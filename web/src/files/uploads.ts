import { type Api, body } from '@/api/client';
import type { CreateFileRequest } from '@/api/types';

/** A file that was announced to the service, and where its bytes go. */
export interface UploadPlace {
  readonly id: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** When the address stops working. */
  readonly until: string;
}

/** Announces a file to the service. `putFile` uploads it. */
export async function announceFile(api: Api, file: CreateFileRequest, signal?: AbortSignal): Promise<UploadPlace> {
  const answer = body(await api.calls.POST('/api/files', { body: file, ...(signal && { signal }) }));
  return { id: answer.file.id, url: answer.uploadUrl, headers: answer.uploadHeaders, until: answer.uploadUntil };
}
