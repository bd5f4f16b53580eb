namespace Connections.Local.Worker;

/// <summary>Is told of every run of a function, each retry on its own; for tests that wait for work to be done.</summary>
internal interface IFunctionObserver
{
    /// <summary>A run has ended. Called before its trigger acts on the outcome, so a queue message is not deleted yet.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="failure">What it failed with; null when it succeeded.</param>
    void Ended(string function, Exception? failure);
}
