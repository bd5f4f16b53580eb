import { describe, expect, it } from 'vitest';
import { aContact } from '@/testing/samples';
import { relationAt, relationOf } from './relation';

const day = 86_400_000;

describe('the relation on a card', () => {
  it('is a clock for the sender of an invite, and an answer for the receiver', () => {
    expect(relationOf(aContact({ state: 'pending', direction: 'sent' }))).toEqual({ state: 'invited', connectionId: 'c1' });
    expect(relationOf(aContact({ state: 'pending', direction: 'received' }))).toEqual({ state: 'received', connectionId: 'c1' });
  });

  it('is locked until the time that the server gives', () => {
    const later = new Date(Date.now() + day).toISOString();
    const earlier = new Date(Date.now() - day).toISOString();
    expect(relationOf(aContact({ state: 'declined', until: later }))).toEqual({ state: 'locked', connectionId: 'c1', until: later });
    expect(relationOf(aContact({ state: 'declined', until: earlier })).state).toBe('none');
    expect(relationOf(aContact({ state: 'removed' })).state).toBe('none');
  });

  it('unlocks at that time without a reload', () => {
    const until = '2026-12-13T09:30:00.000Z';
    const locked = { state: 'locked', until } as const;
    expect(relationAt(locked, Date.parse(until) - 1)).toEqual(locked);
    expect(relationAt(locked, Date.parse(until)).state).toBe('none');
    expect(relationAt({ state: 'locked' }, Date.parse(until)).state).toBe('locked');
  });
});
