import { afterEach, describe, expect, it, vi } from 'vitest';
import { createApi } from './client';

const credentials = { token: () => Promise.resolve('secret'), renew: () => Promise.resolve(undefined) };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('following the link to the next page', () => {
  it.each([
    ['https://api.example.com', 'https://api.example.com/api/creators?limit=5&continuation=abc'],
    ['https://api.example.com', 'https://elsewhere.example/api/creators?limit=5&continuation=abc'],
    ['https://api.example.com', '/api/creators?limit=5&continuation=abc'],
  ])('calls the API at %s and sends the token nowhere else, for the link %s', async (base, link) => {
    const asked = vi.fn((request: Request) => {
      expect(request.headers.get('Authorization')).toBe('Bearer secret');
      return Promise.resolve(Response.json({ value: [] }));
    });
    vi.stubGlobal('fetch', asked);

    await createApi(base, credentials).follow(link);

    expect(asked.mock.calls.map(([request]) => request.url)).toEqual(['https://api.example.com/api/creators?limit=5&continuation=abc']);
  });
});
