import { expect, it } from 'vitest';
import { cautionOf } from './caution';

it.each([
  'https://example.com/brief',
  'HTTP://EXAMPLE.COM',
  'See www.example.org for more.',
  'bit.ly/abc',
  'Look at example.com!',
  'Look at login.example.shop',
  'example [dot] com',
  'example dot com',
  'example(.)com',
  'hxxps://example.com',
  'https\u200B://example.com',
  'ｈｔｔｐｓ：//example.com',
  'Anmeldung auf beispiel.de',
  'files.unknown-ending.zip/brief',
  'example。com',
  '192.0.2.7/login',
])('finds a link in "%s"', (text) => {
  expect(cautionOf(text)).toBe('link');
});

it.each([
  'Call me: +47 912 34 567',
  '+4791234567',
  '0047 91234567',
  '(020) 7946 0958',
  '020 7946 0958',
  '07700 900123',
  '202-555-0143 is my number, call',
  '٠٧٧٠٠٩٠٠١٢٣',
  '+44 (0)20 7946-0958',
  'My WhatsApp is open',
  'whats app me',
  'WHATSAPP',
  'wh\u0430tsapp',
  't\u0435l\u0435gram',
  'w.h.a.t.s.a.p.p',
  'w h a t s a p p',
  'what’s app',
  'whatssapp',
  '202.555.0143',
  '+47\u2013912\u201134567',
  '0170_1234567',
  "what's app",
  'W\u200Bhats\u200BApp',
  'wa.me/4791234567',
  'ＷｈａｔｓＡｐｐ',
  'Schreib mir auf WhatsApp',
  'напиши в вотсап',
  'واتساب فقط',
  'Find me on Telegram',
  't.me/somebody',
  'tele gram',
  'напиши в телеграм',
  '加我电报',
  'テレグラムで話しましょう',
  '왓츠앱으로 연락 주세요',
])('finds a way elsewhere in "%s"', (text) => {
  expect(cautionOf(text)).toBe('elsewhere');
});

it.each([
  'There is a small processing fee',
  'Fees are refunded',
  'We need a deposit',
  'Please pay the shipping in advance',
  'Send the amount first and we refund it',
  'Buy gift cards',
  'Buy a gift-card',
  'A small f\u0435\u0435',
  'Nur eine Bearbeitungsgebühr von 20 €',
  'Die Gebühr zahlen Sie vorab',
  'Kaution',
  'Il y a des frais de dossier',
  'Un acompte de 30 €',
  'Hay una comisión',
  'Paga un depósito',
  'Há uma taxa de inscrição',
  'Serve una cauzione',
  'Een aanbetaling van 50 euro',
  'Det er et gebyr',
  'En avgift på 100 kr',
  'Opłata wynosi 50 zł',
  'Kapora gönderin',
  'Нужна предоплата',
  'Небольшая комиссия',
  'هناك رسوم',
  'शुल्क देना होगा',
  '需要支付手续费',
  '手数料がかかります',
  '수수료가 있습니다',
])('finds a fee in "%s"', (text) => {
  expect(cautionOf(text)).toBe('fee');
});

it.each([
  '',
  'Hello! Does autumn work for you?',
  'Great.Thanks for the quick answer.',
  'Let us meet on 2026-12-01 at 10:30, or on 01.12.2026.',
  'Between 1.12. and 24.12.2026',
  'You have 1 200 000 followers and 3.4% engagement',
  'The budget is 1,200.00 EUR, or $1 500 000',
  'We pay €12.500,00 for it',
  '10 posts, 20 stories, 3 reels',
  'What is your fee for a reel?',
  'My usual fee is 300 a post',
  'I like coffee, and the toffee too',
  'Feel free to ask',
  'Our office is at 221B Baker Street, NW1 6XE',
  'Version 1.2.3 of the brief',
  'e.g. a story, i.e. something short',
  '@trail.zoe on Instagram',
  'Das freut mich. Danke!',
  'What has a price is a thing',
  'At 10.30, and again at 14.15.',
  '10-12 posts, 2025-2026',
  'Когда удобно? Мне подходит утро.',
  'Πότε σου ταιριάζει;',
])('has nothing against "%s"', (text) => {
  expect(cautionOf(text)).toBeUndefined();
});

it('is quick with a text that is made to be slow', () => {
  const start = performance.now();
  for (const part of ['w ', '1 ', 'a.', 'a ', '0-', 'pay a ', 'a dot ', '+1(']) {
    cautionOf(part.repeat(4000 / part.length));
  }

  expect(performance.now() - start).toBeLessThan(1000);
});
