import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { draftKey, readDraft, useDraft, writeDraft } from './drafts';

const key = draftKey('brand', 'files', 'c1');

beforeEach(() => localStorage.clear());

it('an empty field that stays empty leaves what another tab has written', () => {
  const { result } = renderHook(() => useDraft(key));
  writeDraft(key, 'a picture');
  act(() => result.current[1](''));
  expect(readDraft(key)).toBe('a picture');
});

it('a text that is sent goes from the browser', () => {
  writeDraft(key, 'a picture');
  const { result } = renderHook(() => useDraft(key));
  act(() => result.current[1](''));
  expect(readDraft(key)).toBe('');
});
