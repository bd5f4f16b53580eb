import { describe, expect, it, vi } from 'vitest';
import { readExport } from './exportFile';

function answer(parts: readonly string[], failure?: Error): Response {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      parts.forEach((part) => controller.enqueue(new TextEncoder().encode(part)));
      if (failure) {
        controller.error(failure);
      } else {
        controller.close();
      }
    },
  });
  return new Response(stream, { headers: { 'Content-Disposition': 'attachment; filename="connections-2026-11-22.json"' } });
}

describe('an export', () => {
  it('is the file as sent, under the name the server gave', async () => {
    const progress = vi.fn();
    const file = await readExport(answer(['{"profile":{"displayName":"Zoë"},', '"favourites":[]}']), progress);

    expect(await file.content.text()).toBe('{"profile":{"displayName":"Zoë"},"favourites":[]}');
    expect(file.name).toBe('connections-2026-11-22.json');
    expect(progress).toHaveBeenLastCalledWith(file.content.size);
  });

  it('that breaks off is rejected, even if the network reports no error', async () => {
    await expect(readExport(answer(['{"profile":{'], new TypeError('network error')), vi.fn())).rejects.toMatchObject({
      code: 'broken-off',
    });
    await expect(readExport(answer(['{"profile":{']), vi.fn())).rejects.toMatchObject({ code: 'broken-off' });
  });
});
