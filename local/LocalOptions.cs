using Connections.Local.Web;

namespace Connections.Local;

/// <summary>How a local host is started: by the command line, or by a test.</summary>
public sealed record LocalOptions
{
    /// <summary>Where the host listens unless told: the Functions port.</summary>
    public static readonly Uri DefaultUrl = new("http://localhost:7071");

    /// <summary>How many demo creators there are unless told.</summary>
    public const int DefaultCreators = 200;

    /// <summary>Where the host listens. Port 0 takes a free port, of 127.0.0.1.</summary>
    public Uri Url { get; init; } = DefaultUrl;

    /// <summary>Whether other machines may call; <see cref="Url"/> then says by which name, and every network interface listens.</summary>
    public bool Expose { get; init; }

    /// <summary>Whether only what stands in for Azure is served, for a function app in a process of its own.</summary>
    public bool EmulatorsAlone { get; init; }

    /// <summary>With <see cref="EmulatorsAlone"/>: where the function app takes Web PubSub's events; null where there is no app, and every client may connect.</summary>
    public Uri? EventHandler { get; init; }

    /// <summary>The folder of everything that outlives the process. It is made if it is not there; one process at a time has it.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether what a host left in <see cref="Folder"/> is deleted first.</summary>
    public bool Reset { get; init; }

    /// <summary>How many demo creators there are.</summary>
    public int Creators { get; init; } = DefaultCreators;

    /// <summary>The web client to serve, built first where it has to be; null where only the API is wanted.</summary>
    public WebOptions? Web { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Settings of the app, before those of the environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Changes the services after all were added; for tests that put something of their own in a service's place.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Told how many demo creators are loaded, now and then.</summary>
    public Action<int>? Loading { get; init; }
}
