import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadReceipts } from './readReceipts';

describe('telling how far a conversation was read', () => {
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

  it('takes one call at once, and one a second for all that follows', async () => {
    const teller = new ReadReceipts(send);
    for (let seq = 1; seq <= 10; seq++) {
      teller.tell(seq);
      await vi.advanceTimersByTimeAsync(50);
    }

    await vi.advanceTimersByTimeAsync(5_000);
    expect(told()).toEqual([1, 10]);
  });

  it('is not repeated for what was told, and never goes back', async () => {
    const teller = new ReadReceipts(send);
    for (const seq of [5, 5, 3]) {
      teller.tell(seq);
      await vi.advanceTimersByTimeAsync(3_000);
    }

    expect(told()).toEqual([5]);
  });

  it('is tried again until it gets through', async () => {
    send.mockResolvedValueOnce('again').mockResolvedValueOnce('again');
    new ReadReceipts(send).tell(5);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told()).toEqual([5, 5, 5]);
  });

  it('is done at once when the conversation is left', async () => {
    const teller = new ReadReceipts(send);
    teller.tell(1);
    await vi.advanceTimersByTimeAsync(0);
    teller.tell(2);
    teller.flush();
    expect(told()).toEqual([1, 2]);
  });
});
