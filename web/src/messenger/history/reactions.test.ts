import { describe, expect, it } from 'vitest';
import { aMessage } from '@/testing/samples';
import { reactionGroups, reactionOf, withReaction } from './reactions';

describe('reactions', () => {
  it('are one a member, and the last of them takes the place of the first', () => {
    const both = withReaction(withReaction(aMessage(), 'mira', 'heart'), 'brand', 'heart');
    expect(reactionGroups(both)).toEqual([{ kind: 'heart', by: ['mira', 'brand'] }]);
    const another = withReaction(both, 'mira', 'sad');
    expect(reactionGroups(another).map(({ kind }) => kind)).toEqual(['heart', 'sad']);
    expect(reactionOf(another, 'mira')).toBe('sad');
  });

  it('leave nothing when the last one is taken back', () => {
    expect(withReaction(withReaction(aMessage(), 'mira', 'heart'), 'mira', undefined)).toEqual(aMessage());
  });

  it('of a kind that this client does not know are not shown', () => {
    expect(reactionGroups(aMessage({ reactions: [{ by: 'mira', kind: 'rocket' as 'heart' }] }))).toEqual([]);
  });
});
