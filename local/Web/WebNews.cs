namespace Connections.Local.Web;

/// <summary>Tells the person at the terminal how far the web client is.</summary>
internal static class WebNews
{
    /// <summary>Returns when it is served or cannot be; a client that was built before is not worth a word.</summary>
    /// <param name="client">The client; null where none is served.</param>
    /// <param name="output">Takes what goes well.</param>
    /// <param name="error">Takes what does not.</param>
    /// <param name="ct">Ends the telling.</param>
    public static async Task TellAsync(WebClient? client, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (client is null)
        {
            return;
        }

        await foreach (var state in client.States.ReadAllAsync(ct))
        {
            await (state switch
            {
                WebState.Building building => output.WriteLineAsync($"{building.Step}…"),
                WebState.Ready { Took: { } took } => output.WriteLineAsync($"The web client is built, in {took.TotalSeconds:0} s."),
                WebState.NoNode none => error.WriteLineAsync($"There is no web client: {none.Found} The API runs. {NodeTools.Install}"),
                WebState.Failed failed => error.WriteLineAsync($"There is no web client. The API runs.\n{string.Concat(failed.Output.Select(line => $"  {line}\n"))}{failed.Why}"),
                _ => Task.CompletedTask,
            });
        }
    }
}
