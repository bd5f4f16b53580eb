using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Local.Worker;

/// <summary>Runs functions. Each run has a scope and an instance of the function's class.</summary>
internal sealed partial class FunctionInvoker(
    IServiceScopeFactory scopes, IEnumerable<IFunctionObserver> observers, TimeProvider time, ILogger<FunctionInvoker> log)
{
    /// <summary>Runs a function once, in a scope and an activity of its own. Logs what the function throws, and throws it.</summary>
    /// <param name="payload">The trigger's data. A payload that cannot be read counts as a failed run.</param>
    /// <param name="ct">The function's cancellation token.</param>
    public async Task InvokeAsync(FunctionDefinition function, object payload, CancellationToken ct)
    {
        using var activity = new Activity(function.Name).Start();
        await using var scope = scopes.CreateAsyncScope();
        await InvokeAsync(function, payload, scope.ServiceProvider, ct);
    }

    /// <summary>Runs a function once in the caller's scope.</summary>
    public async Task InvokeAsync(FunctionDefinition function, object payload, IServiceProvider services, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        Exception? failure = null;
        object? instance = null;
        try
        {
            var arguments = function.Arguments.Select(argument => argument(payload, ct)).ToArray();
            instance = function.Factory?.Invoke(services, null);
            await (Task)function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
            var duration = Stopwatch.GetElapsedTime(start);
            LogSucceeded(function.Name, duration);
        }
        catch (Exception e)
        {
            failure = e;
            var duration = Stopwatch.GetElapsedTime(start);
            if (ct.IsCancellationRequested && e is OperationCanceledException)
            {
                LogCancelled(function.Name);
            }
            else
            {
                LogFailed(e, function.Name, duration);
            }

            throw;
        }
        finally
        {
            await DisposeAsync(instance);
            foreach (var observer in observers)
            {
                observer.Ended(function.Name, failure);
            }
        }
    }

    /// <summary>Runs a function, and retries it as its attribute says. False if the last try failed too.</summary>
    /// <param name="payload">The trigger's data.</param>
    /// <param name="stop">Ends a wait between tries.</param>
    /// <param name="abandon">The function's cancellation token.</param>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public async Task<bool> InvokeWithRetriesAsync(
        FunctionDefinition function, object payload, CancellationToken stop, CancellationToken abandon)
    {
        for (var run = 1; ; run++)
        {
            try
            {
                await InvokeAsync(function, payload, abandon);
                return true;
            }
#pragma warning disable CA1031 // Any exception is a failed run, and InvokeAsync has logged it.
            catch (Exception) when (!abandon.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (function.Retry?.WaitAfter(run) is not { } wait)
                {
                    return false;
                }

                LogRetry(function.Name, run, wait);
                await Task.Delay(wait, time, stop);
            }
        }
    }

    private static ValueTask DisposeAsync(object? instance)
    {
        if (instance is IAsyncDisposable asynchronous)
        {
            return asynchronous.DisposeAsync();
        }

        (instance as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Function {Function} succeeded after {Duration}")]
    private partial void LogSucceeded(string function, TimeSpan duration);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Function {Function} was cancelled")]
    private partial void LogCancelled(string function);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed after {Duration}")]
    private partial void LogFailed(Exception exception, string function, TimeSpan duration);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function} failed in run {Run} and is tried again after {Wait}")]
    private partial void LogRetry(string function, int run, TimeSpan wait);
}

/// <summary>Learns of every run of a function, retries included; for tests that wait for work to be done.</summary>
internal interface IFunctionObserver
{
    /// <summary>A run has ended. The trigger has not acted on the outcome yet, so a queue message is not deleted.</summary>
    /// <param name="failure">The exception; null if it succeeded.</param>
    void Ended(string function, Exception? failure);
}
