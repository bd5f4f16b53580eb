import { type Api, body } from '@/api/client';
import { Problem } from '@/api/problem';
import { rememberPreview } from '@/files/previews';
import { putFile } from '@/files/putFile';
import { announceFile } from '@/files/uploads';
import { accountTexts } from '@/texts/account';

const said = accountTexts.avatar;
const askEvery = 1_000;
const mostAsks = 60;

/** Uploads a square picture, and waits until the service has checked it. Returns its id. Throws a `Problem`. */
export async function uploadAvatar(api: Api, content: Blob): Promise<string> {
  const place = await announceFile(api, { name: 'picture.jpg', type: 'image/jpeg', size: content.size, for: 'avatar' });
  await putFile(place, content, () => undefined, new AbortController().signal);
  for (let asks = 0; asks < mostAsks; asks++) {
    const { file } = body(await api.calls.GET('/api/files/{id}', { params: { path: { id: place.id } } }));
    if (file.state === 'ready') {
      rememberPreview(place.id, content);
      return place.id;
    }

    if (file.state === 'refused') {
      throw Problem.because('refused', said.refused, said.refusedWhy);
    }

    await new Promise((resolve) => setTimeout(resolve, askEvery));
  }

  throw Problem.because('not-checked', said.refused, said.slow);
}
