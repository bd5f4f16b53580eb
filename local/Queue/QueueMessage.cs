namespace Connections.Local.Queue;

/// <summary>A message that a receiver has taken; nobody else sees it until its visibility timeout has passed.</summary>
/// <param name="Id">The message's number in the file.</param>
/// <param name="Queue">The queue that it was taken from.</param>
/// <param name="Text">What was sent. May be personal: never log it.</param>
/// <param name="DequeueCount">How often it has been taken, this time included.</param>
/// <param name="PopReceipt">Proof of having taken it; void once somebody else takes it.</param>
/// <param name="InsertedAt">When it was sent.</param>
public sealed record QueueMessage(long Id, string Queue, string Text, int DequeueCount, string PopReceipt, DateTimeOffset InsertedAt);
