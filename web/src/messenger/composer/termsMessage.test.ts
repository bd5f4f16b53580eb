import { expect, it } from 'vitest';
import { aProfile } from '@/testing/samples';
import { charactersIn } from '@/ui/Field';
import { appended, termsMessage } from './termsMessage';

const now = Date.parse('2026-11-28T12:00');

it('says all that a creator expects', () => {
  const terms = aProfile({
    openTo: ['paid', 'event'],
    formats: ['short-video', 'story'],
    rateFrom: { amount: 1_200, currency: 'EUR' },
    leadTime: 14,
    availableFrom: '2027-03-01',
    expects: 'A clear brief.\nOne round of changes.',
  });
  expect(termsMessage(terms, now)).toBe(
    [
      'What to expect when we work together:',
      '• Open to: Paid, Events',
      '• I make: Short videos, Stories',
      '• From €1,200',
      '• From agreement to publication: 14 days',
      '• Available from 1 Mar 2027',
      '',
      'A clear brief.',
      'One round of changes.',
    ].join('\n'),
  );
});

it('leaves out what is not said', () => {
  expect(termsMessage(aProfile({ expects: 'A clear brief.', openTo: [] }), now)).toBe('A clear brief.');
  expect(termsMessage(aProfile({ leadTime: 0, availableFrom: '2026-11-28' }), now)).toBe(
    'What to expect when we work together:\n• I can publish on the day we agree\n• Available now',
  );
});

it('is nothing where nothing is said, and for a brand', () => {
  expect(termsMessage(aProfile({ openTo: [], formats: [], expects: ' ' }), now)).toBeUndefined();
  expect(termsMessage(aProfile({ kind: 'brand', expects: 'A clear brief.' }), now)).toBeUndefined();
});

it('goes after what is typed, as long as a message has room for both', () => {
  const fits = (whole: string) => charactersIn(whole) <= 12;
  expect([appended('', 'A brief.', fits), appended('Hi \n', 'A brief', fits), appended('Hello', 'A brief.', fits)]).toEqual([
    'A brief.',
    'Hi\n\nA brief',
    undefined,
  ]);
});
