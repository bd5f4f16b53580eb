using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Connections.Tests.Local.Emulators;

/// <summary>An unmodified JavaScript client of Microsoft in a Node process that runs <c>clients/run.mjs</c>.</summary>
internal sealed class JavaScriptClient : IAsyncDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    private JavaScriptClient(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, e) => _errors.Enqueue(e.Data ?? "");
        process.BeginErrorReadLine();
    }

    /// <summary>The folder with the packages of the clients.</summary>
    public static NodeFolder Packages { get; } = new("tests", "local", "Emulators", "clients");

    /// <summary>Starts the client of a service, with a connection string.</summary>
    /// <param name="service">The name of a module in <c>clients</c>.</param>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="certificate">The self-signed certificate of the service; null if the client need not trust any.</param>
    public static async Task<JavaScriptClient> StartAsync(string service, string connectionString, string? certificate = null) =>
        new(await Packages.StartAsync("run.mjs", [service, connectionString, .. certificate is null ? [] : new[] { certificate }]));

    /// <summary>Makes a call of <c>clients/{service}.mjs</c>. An error fails the test.</summary>
    public async Task<JsonNode?> CallAsync(string call, object? with = null)
    {
        var (result, error) = await AskAsync(call, with);
        return error is null ? result : throw new InvalidOperationException($"{call}: {error}");
    }

    /// <summary>Makes a call that must fail, and returns the error.</summary>
    public async Task<ServiceError> RefusedAsync(string call, object? with = null) =>
        (await AskAsync(call, with)).Error ?? throw new InvalidOperationException($"{call} was not refused.");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(MaxWait);
        await _process.WaitForExitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<(JsonNode? Result, ServiceError? Error)> AskAsync(string call, object? with)
    {
        await _process.StandardInput.WriteLineAsync(
            new JsonObject { ["call"] = call, ["with"] = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(with ?? new { })) }
                .ToJsonString());
        await _process.StandardInput.FlushAsync();
        using var timeout = new CancellationTokenSource(MaxWait);
        var line = await _process.StandardOutput.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException(
            $"The client ended at {call}: {string.Join('\n', _errors)}");
        var answer = JsonNode.Parse(line)!;
        return answer["error"] is { } error
            ? (null, new ServiceError((int?)error["status"], (string)error["code"]!, (string)error["message"]!))
            : (answer["result"], null);
    }
}

/// <summary>The error of a refused call, as the client reports it.</summary>
internal sealed record ServiceError(int? Status, string Code, string Message);
