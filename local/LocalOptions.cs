using Connections.Local.Web;

namespace Connections.Local;

/// <summary>The options of a local host.</summary>
public sealed record LocalOptions
{
    /// <summary>The default URL, with the port of Azure Functions Core Tools.</summary>
    public static readonly Uri DefaultUrl = new("http://localhost:7071");

    /// <summary>The default number of demo creators.</summary>
    public const int DefaultCreators = 200;

    /// <summary>The URL to listen on. Port 0 takes a free port of 127.0.0.1.</summary>
    public Uri Url { get; init; } = DefaultUrl;

    /// <summary>Whether other machines may call. The host then listens on every network interface, and <see cref="Url"/> has its
    /// name.</summary>
    public bool Expose { get; init; }

    /// <summary>Whether to start only the emulators, for a function app in a process of its own.</summary>
    public bool EmulatorsAlone { get; init; }

    /// <summary>With <see cref="EmulatorsAlone"/>: the function app's handler of Web PubSub's events; null to let every client
    /// connect.</summary>
    public Uri? EventHandler { get; init; }

    /// <summary>The data folder. It is created if it is missing; one process at a time can use it.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether to delete an earlier host's data in <see cref="Folder"/> first.</summary>
    public bool Reset { get; init; }

    /// <summary>The number of demo creators.</summary>
    public int Creators { get; init; } = DefaultCreators;

    /// <summary>The web client to serve; null for none.</summary>
    public WebOptions? Web { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Settings that override those of the environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Changes the services after all were added, for tests that replace one.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Called now and then with the number of loaded demo creators.</summary>
    public Action<int>? Loading { get; init; }
}
