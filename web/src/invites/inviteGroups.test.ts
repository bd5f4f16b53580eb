import { describe, expect, it } from 'vitest';
import { aContact } from '@/testing/samples';
import { directionIn, inviteKey, groupInvites } from './inviteGroups';

describe('the invites on the pending page', () => {
  it('have the direction in the address, unless it is mistyped', () => {
    expect(directionIn(new URLSearchParams('direction=sent'))).toBe('sent');
    expect(directionIn(new URLSearchParams('direction=received'))).toBe('received');
    expect(directionIn(new URLSearchParams('direction=both'))).toBeUndefined();
    expect(directionIn(new URLSearchParams(''))).toBeUndefined();
  });

  it('are grouped into pending and answered ones', () => {
    const waits = aContact({ id: 'c1' });
    const declined = aContact({ id: 'c2', state: 'declined' });
    expect(groupInvites([declined, waits], new Set())).toEqual({ waiting: [waits], answered: [declined] });
  });

  it('keep their place when they are answered while the page is open', () => {
    const invite = aContact({ id: 'c1' });
    const accepted = aContact({ id: 'c1', state: 'connected' });
    expect(groupInvites([accepted], new Set([inviteKey(invite)])).waiting).toEqual([accepted]);
  });

  it('are distinct from a later invite of the same pair', () => {
    const first = aContact({ id: 'c1', state: 'expired', invitedAt: '2026-09-01T00:00:00.000Z' });
    const seen = new Set([inviteKey(aContact({ id: 'c1', invitedAt: '2026-11-01T00:00:00.000Z' }))]);
    expect(groupInvites([first], seen).answered).toEqual([first]);
  });
});
