import { expect, it } from 'vitest';
import { withTags } from './TopicFields';

it('adds what was typed, parted by commas, each once', () => {
  expect(withTags(['huts'], 'hiking, Huts; #rain  walks ,')).toEqual(['huts', 'hiking', 'rain walks']);
  expect(withTags(['huts'], ' , ')).toEqual(['huts']);
});
