import { afterEach, expect, it, vi } from 'vitest';
import { putFile } from './putFile';

/** Answers every request as the store would. */
function answering(status: number, code: string | null) {
  return class {
    readonly upload = {};
    readonly status = status;
    onloadend: () => void = () => undefined;
    open() {
      return undefined;
    }
    setRequestHeader() {
      return undefined;
    }
    getResponseHeader = (name: string) => (name === 'x-ms-error-code' ? code : null);
    send() {
      this.onloadend();
    }
  };
}

const put = () => putFile({ url: 'https://store.example/a', headers: {} }, new Blob(['a']), () => undefined, new AbortController().signal);

afterEach(() => vi.unstubAllGlobals());

it('takes a file as uploaded that an earlier try has brought there', async () => {
  vi.stubGlobal('XMLHttpRequest', answering(403, 'UnauthorizedBlobOverwrite'));
  await expect(put()).resolves.toBeUndefined();
});

it('does not take another refusal for it', async () => {
  vi.stubGlobal('XMLHttpRequest', answering(403, 'AuthenticationFailed'));
  await expect(put()).rejects.toMatchObject({ status: 403 });
});
