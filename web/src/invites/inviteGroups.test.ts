import { describe, expect, it } from 'vitest';
import { aContact } from '@/testing/samples';
import { directionIn, inviteKey, groupInvites } from './inviteGroups';

describe('the sides of the pending page', () => {
  it('go by the address, which anybody can mistype', () => {
    expect(directionIn(new URLSearchParams('direction=sent'))).toBe('sent');
    expect(directionIn(new URLSearchParams('direction=received'))).toBe('received');
    expect(directionIn(new URLSearchParams('direction=both'))).toBeUndefined();
    expect(directionIn(new URLSearchParams(''))).toBeUndefined();
  });

  it('show those that wait before those that were answered', () => {
    const waits = aContact({ id: 'c1' });
    const declined = aContact({ id: 'c2', state: 'declined' });
    expect(groupInvites([declined, waits], new Set())).toEqual({ waiting: [waits], answered: [declined] });
  });

  it('leave an invite in its place when it is answered while one looks', () => {
    const invite = aContact({ id: 'c1' });
    const accepted = aContact({ id: 'c1', state: 'connected' });
    expect(groupInvites([accepted], new Set([inviteKey(invite)])).waiting).toEqual([accepted]);
  });

  it('take a later invite of the same pair for another one', () => {
    const first = aContact({ id: 'c1', state: 'expired', invitedAt: '2026-09-01T00:00:00.000Z' });
    const seen = new Set([inviteKey(aContact({ id: 'c1', invitedAt: '2026-11-01T00:00:00.000Z' }))]);
    expect(groupInvites([first], seen).answered).toEqual([first]);
  });
});
