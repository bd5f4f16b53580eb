import { expect, it } from 'vitest';
import { withTags } from './TopicFields';

it('adds comma-separated tags without duplicates', () => {
  expect(withTags(['huts'], 'hiking, Huts; #rain  walks ,')).toEqual(['huts', 'hiking', 'rain walks']);
  expect(withTags(['huts'], ' , ')).toEqual(['huts']);
});
