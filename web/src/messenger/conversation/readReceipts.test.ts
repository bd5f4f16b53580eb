import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadReceipts } from './readReceipts';

describe('read receipts', () => {
  const send = vi.fn<(seq: number) => Promise<'done' | 'again'>>();
  const told = () => send.mock.calls.map(([seq]) => seq);

  beforeEach(() => {
    vi.useFakeTimers();
    send.mockReset();
    send.mockResolvedValue('done');
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('are sent at once, and then at most once a second', async () => {
    const teller = new ReadReceipts(send);
    for (let seq = 1; seq <= 10; seq++) {
      teller.tell(seq);
      await vi.advanceTimersByTimeAsync(50);
    }

    await vi.advanceTimersByTimeAsync(5_000);
    expect(told()).toEqual([1, 10]);
  });

  it('are not repeated, and never go back', async () => {
    const teller = new ReadReceipts(send);
    for (const seq of [5, 5, 3]) {
      teller.tell(seq);
      await vi.advanceTimersByTimeAsync(3_000);
    }

    expect(told()).toEqual([5]);
  });

  it('are retried until one succeeds', async () => {
    send.mockResolvedValueOnce('again').mockResolvedValueOnce('again');
    new ReadReceipts(send).tell(5);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told()).toEqual([5, 5, 5]);
  });

  it('are sent at once when the conversation is closed', async () => {
    const teller = new ReadReceipts(send);
    teller.tell(1);
    await vi.advanceTimersByTimeAsync(0);
    teller.tell(2);
    teller.flush();
    expect(told()).toEqual([1, 2]);
  });
});
