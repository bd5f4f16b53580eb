import { describe, expect, it } from 'vitest';
import { deskAddress, filterIn } from './deskAddress';

describe('the address of the desk', () => {
  it('leads back to its filter', () => {
    const filter = { state: 'closed', reason: 'spam', member: 'a~b' } as const;
    const address = new URL(deskAddress(filter, 'r1'), 'https://example.com');
    expect(filterIn(address.searchParams)).toEqual(filter);
    expect(address.searchParams.get('report')).toBe('r1');
  });

  it('has no query for the open reports', () => {
    expect(deskAddress({ state: 'open' })).toBe('/moderation');
  });

  it('leaves out what the desk does not know', () => {
    expect(filterIn(new URLSearchParams('state=half&reason=none'))).toEqual({ state: 'open' });
  });
});
