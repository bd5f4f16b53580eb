import { expect, it } from 'vitest';
import { prepareFile } from './prepareFile';

it('what cannot be read, as a folder, is told from an empty file', async () => {
  const folder = new File([], 'Photos');
  const unread = { arrayBuffer: () => Promise.reject(new DOMException('A folder', 'NotFoundError')) };
  folder.slice = () => unread as unknown as Blob;
  await expect(prepareFile(folder)).rejects.toMatchObject({ reason: 'unread' });
  await expect(prepareFile(new File([], 'Brief.pdf'))).rejects.toMatchObject({ reason: 'empty' });
});
