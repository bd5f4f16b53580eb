using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Connections.Tests.Local.Emulators;

/// <summary>One of Microsoft's JavaScript clients, unmodified, in a Node process of its own that <c>clients/run.mjs</c> drives.</summary>
internal sealed class JavaScriptClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    private JavaScriptClient(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, e) => _errors.Enqueue(e.Data ?? "");
        process.BeginErrorReadLine();
    }

    /// <summary>The packages.</summary>
    public static NodeFolder Packages { get; } = new("tests", "local", "Emulators", "clients");

    /// <summary>Starts the client of a service, with a connection string.</summary>
    /// <param name="service">The service, as <c>clients</c> names it.</param>
    /// <param name="connectionString">Where it is.</param>
    /// <param name="certificate">The certificate of a service that nobody else has signed; null for none.</param>
    public static async Task<JavaScriptClient> StartAsync(string service, string connectionString, string? certificate = null) =>
        new(await Packages.StartAsync("run.mjs", [service, connectionString, .. certificate is null ? [] : new[] { certificate }]));

    /// <summary>Makes a call of <c>clients/{service}.mjs</c>. A test that is answered with an error fails.</summary>
    public async Task<JsonNode?> CallAsync(string call, object? with = null)
    {
        var (result, error) = await AskAsync(call, with);
        return error is null ? result : throw new InvalidOperationException($"{call}: {error}");
    }

    /// <summary>Makes a call that the service refuses; with what.</summary>
    public async Task<ServiceError> RefusedAsync(string call, object? with = null) =>
        (await AskAsync(call, with)).Error ?? throw new InvalidOperationException($"{call} was not refused.");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        using var patience = new CancellationTokenSource(Patience);
        var line = await _process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException(
            $"The client ended at {call}: {string.Join('\n', _errors)}");
        var answer = JsonNode.Parse(line)!;
        return answer["error"] is { } error
            ? (null, new ServiceError((int?)error["status"], (string)error["code"]!, (string)error["message"]!))
            : (answer["result"], null);
    }
}

/// <summary>What a service refused a call with, as its client tells it.</summary>
internal sealed record ServiceError(int? Status, string Code, string Message);
