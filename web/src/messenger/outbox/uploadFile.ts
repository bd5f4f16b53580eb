import type { Api } from '@/api/client';
import { Problem } from '@/api/problem';
import { serverNow } from '@/api/serverTime';
import type { FileToSend } from '@/messenger/files/FileToSend';
import { isPicture } from '@/files/fileKinds';
import { rememberPreview } from '@/files/previews';
import { dropKeptFile, readKeptFile } from '@/session/keptFiles';
import { fileTexts as said } from '@/texts/files';
import { putFile } from '@/files/putFile';
import { announceFile, type UploadPlace } from '@/files/uploads';
import { Unsendable } from './Uploads';

// Where files are being uploaded, by their keys. An interrupted upload goes on at the same place, as long as its address works.
const places = new Map<string, UploadPlace>();

const forbidden = 403;

/** Uploads a file that is kept in this browser. Returns its id at the service. Throws a `Problem`, or `Unsendable`. */
export async function uploadFile(
  api: Api,
  me: string,
  file: FileToSend,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const content = await readKeptFile(me, file.key);
  if (!content) {
    throw new Unsendable(said.gone);
  }

  const known = places.get(file.key);
  const place = known && Date.parse(known.until) > serverNow() ? known : await newPlace(api, file, signal);
  places.set(file.key, place);
  try {
    await putFile(place, content, onProgress, signal);
  } catch (error) {
    const { status } = Problem.from(error);
    if (status >= 400 && status < 500) {
      // The next attempt asks for another address.
      places.delete(file.key);
    }

    if (status !== forbidden || place !== known) {
      throw error;
    }

    return await uploadFile(api, me, file, onProgress, signal);
  }

  places.delete(file.key);
  if (isPicture(file.type)) {
    rememberPreview(place.id, content);
  }

  return place.id;
}

async function newPlace(api: Api, { name, type, size, width, height }: FileToSend, signal: AbortSignal): Promise<UploadPlace> {
  const sides = width !== undefined && height !== undefined ? { width, height } : {};
  return await announceFile(api, { name, type, size, for: 'message', ...sides }, signal);
}

/** Deletes files that this browser need not keep: their message was sent, or discarded. */
export async function releaseFiles(api: Api, me: string, files: readonly FileToSend[], why: 'sent' | 'discarded'): Promise<void> {
  for (const { key, id = places.get(key)?.id } of files) {
    places.delete(key);
    await dropKeptFile(me, key);
    if (why === 'discarded' && id !== undefined) {
      // What stays at the service goes after a day.
      await api.calls.DELETE('/api/files/{id}', { params: { path: { id } } }).catch(() => undefined);
    }
  }
}
