import { describe, expect, it } from 'vitest';
import { aContact } from '@/testing/samples';
import { toastFor } from './ConnectionToasts';

const now = Date.parse('2026-11-22T10:00:00.000Z');
const aMoment = '2026-11-22T09:59:58.000Z';
const yesterday = '2026-11-21T10:00:00.000Z';

describe('the toast of a changed connection', () => {
  it('tells that an invite was accepted, and leads to the chat', () => {
    expect(toastFor(aContact({ state: 'connected', direction: 'sent', answeredAt: aMoment }), now)).toMatchObject({
      title: 'Mira Lund accepted your invite',
      to: '/messages/c1',
    });
  });

  it('tells that somebody sent an invite, and leads to the answer', () => {
    expect(toastFor(aContact({ state: 'pending', direction: 'received', invitedAt: aMoment }), now)).toMatchObject({
      to: '/pending?direction=received',
    });
  });

  it('is absent for the member’s own actions', () => {
    expect(toastFor(aContact({ state: 'connected', direction: 'received', answeredAt: aMoment }), now)).toBeUndefined();
    expect(toastFor(aContact({ state: 'pending', direction: 'sent', invitedAt: aMoment }), now)).toBeUndefined();
  });

  it('is absent for a declined invite and for old changes', () => {
    expect(toastFor(aContact({ state: 'declined', direction: 'sent', answeredAt: aMoment }), now)).toBeUndefined();
    expect(toastFor(aContact({ state: 'connected', direction: 'sent', answeredAt: yesterday }), now)).toBeUndefined();
  });
});
