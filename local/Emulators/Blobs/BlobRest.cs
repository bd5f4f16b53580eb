using System.Collections.Frozen;
using System.Text;
using System.Xml.Linq;

namespace Connections.Emulators.Blobs;

/// <summary>The blob service's REST protocol, as far as it is supported. What is not is refused by its name, and never guessed.</summary>
internal sealed class BlobRest
{
    private static readonly FrozenSet<string> SupportedHeaders = new[]
    {
        "x-ms-blob-cache-control", "x-ms-blob-content-disposition", "x-ms-blob-content-encoding", "x-ms-blob-content-language",
        "x-ms-blob-content-md5", "x-ms-blob-content-type", "x-ms-blob-type", "x-ms-client-request-id", "x-ms-copy-source",
        "x-ms-copy-source-blob-properties", "x-ms-date", "x-ms-delete-snapshots", "x-ms-range", "x-ms-requires-sync",
        "x-ms-return-client-request-id", "x-ms-source-if-match", "x-ms-source-if-modified-since", "x-ms-source-if-none-match",
        "x-ms-source-if-unmodified-since", "x-ms-version",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> SupportedParameters = new[]
    {
        "blockid", "comp", "marker", "maxresults", "prefix", "restype", "timeout",
    }.Concat(SharedAccessSignatures.Parameters).ToFrozenSet(StringComparer.Ordinal);

    // The answers are those of this version, whatever later one a client asks for.
    private const string Latest = "2020-12-06";

    private readonly LocalBlobs _blobs;
    private readonly BlobAccess _access;
    private readonly BlobWrites _writes;

    public BlobRest(LocalBlobs blobs, LocalBlobsOptions options)
    {
        _blobs = blobs;
        _access = new BlobAccess(options);
        _writes = new BlobWrites(blobs, options, _access);
    }

    /// <summary>The answer to a request. It has the body of a read, which the caller sends and disposes.</summary>
    public async Task<BlobAnswer> AnswerAsync(BlobRequest request, CancellationToken ct)
    {
        BlobAnswer answer;
        try
        {
            answer = await DispatchAsync(request, ct);
        }
        catch (BlobRefusal e)
        {
            answer = Answer(e, request.Method);
        }

        List<(string, string)> always = [("x-ms-request-id", Guid.NewGuid().ToString()), ("x-ms-version", Latest)];
        if (request.Headers("x-ms-client-request-id") is { Length: > 0 } id)
        {
            always.Add(("x-ms-client-request-id", id));
        }

        return answer with { Headers = [.. answer.Headers, .. always] };
    }

    private Task<BlobAnswer> DispatchAsync(BlobRequest request, CancellationToken ct)
    {
        CheckSupported(request);
        var target = BlobTarget.Of(request.Url, _access.Account);
        var access = _access.Check(request, target);
        var what = $"{request.Method} with restype={request.Query.GetValueOrDefault("restype", "")} "
            + $"and comp={request.Query.GetValueOrDefault("comp", "")}";
        return (request.Method, request.Query.GetValueOrDefault("restype", ""), request.Query.GetValueOrDefault("comp", "")) switch
        {
            ("POST", "service", "userdelegationkey") when target is { Container: "" } => _access.GiveKeyAsync(request, ct),
            _ when target.Container.Length == 0 => throw BlobRefusal.NotSupported(what + " for the account"),
            ("PUT", "container", "") when target.Blob.Length == 0 => CreateContainerAsync(target, ct),
            ("GET" or "HEAD", "container", "") when target.Blob.Length == 0 => Task.FromResult(ReadContainer(target)),
            ("GET", "container", "list") when target.Blob.Length == 0 => Task.FromResult(BlobLists.Answer(_blobs, request, target)),
            _ when target.Blob.Length == 0 => throw BlobRefusal.NotSupported(what + " for a container"),
            ("GET" or "HEAD", "", "") => Task.FromResult(BlobReads.Answer(_blobs, request, target, access)),
            ("PUT", "", "") when request.Headers("x-ms-copy-source") is { } source =>
                _writes.CopyAsync(request, target, source, access, ct),
            ("PUT", "", "") => _writes.PutAsync(request, target, access, ct),
            ("PUT", "", "block") => _writes.StageAsync(request, target, access, ct),
            ("PUT", "", "blocklist") => _writes.CommitAsync(request, target, access, ct),
            ("DELETE", "", "") => _writes.DeleteAsync(request, target, access, ct),
            _ => throw BlobRefusal.NotSupported(what + " for a blob"),
        };
    }

    private static void CheckSupported(BlobRequest request)
    {
        if (request.HeaderNames.FirstOrDefault(name => !SupportedHeaders.Contains(name)
            && !name.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase)) is { } header)
        {
            throw BlobRefusal.NotSupported($"the header {header}");
        }

        if (request.Query.Keys.FirstOrDefault(name => !SupportedParameters.Contains(name)) is { } parameter)
        {
            throw BlobRefusal.NotSupported($"the parameter {parameter}");
        }

        if (Version(request) is null)
        {
            throw BlobRefusal.MissingHeader("x-ms-version");
        }
    }

    // A signature has a version too, so that a browser need not say one.
    private static string? Version(BlobRequest request) =>
        request.Headers("x-ms-version") ?? (request.Query.GetValueOrDefault("sv") is { Length: > 0 } signed ? signed : null);

    private async Task<BlobAnswer> CreateContainerAsync(BlobTarget target, CancellationToken ct) =>
        await _blobs.CreateContainerAsync(target.Container, ct)
            ? BlobAnswer.Of(201)
            : throw new BlobRefusal(409, "ContainerAlreadyExists", "The specified container already exists.");

    private BlobAnswer ReadContainer(BlobTarget target)
    {
        var created = _blobs.FindContainer(target.Container) ?? throw BlobRefusal.NoContainer();
        return BlobAnswer.Of(
            200,
            ("ETag", "\"0x8D0000000000000\""),
            ("Last-Modified", created.ToString("r")),
            ("x-ms-lease-status", "unlocked"),
            ("x-ms-lease-state", "available"),
            ("x-ms-has-immutability-policy", "false"),
            ("x-ms-has-legal-hold", "false"));
    }

    private static BlobAnswer Answer(BlobRefusal refusal, string method)
    {
        (string, string)[] headers = [("x-ms-error-code", refusal.Code), .. refusal.Headers];
        if (method == "HEAD" || refusal.Status == 304)
        {
            return BlobAnswer.Of(refusal.Status, headers);
        }

        var error = new XElement("Error", new XElement("Code", refusal.Code), new XElement("Message", refusal.Message));
        return BlobAnswer.OfXml(refusal.Status, Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?>{error}"), headers);
    }
}

/// <summary>What a request is about.</summary>
/// <param name="Container">The container; empty for the account.</param>
/// <param name="Blob">The blob; empty for the container.</param>
internal sealed record BlobTarget(string Container, string Blob)
{
    /// <summary>Reads <c>/account/container/blob</c>, or <c>/container/blob</c> where the account is in the host's name.</summary>
    /// <exception cref="BlobRefusal">It is another account's.</exception>
    public static BlobTarget Of(Uri url, BlobAccount account)
    {
        // Escaped slashes of a blob's name stay within it until it is unescaped.
        var parts = url.AbsolutePath.TrimStart('/').Split('/', 3);
        if (url.Host.StartsWith(account.Name + '.', StringComparison.OrdinalIgnoreCase))
        {
            var path = url.AbsolutePath.TrimStart('/').Split('/', 2);
            return new BlobTarget(path[0], path.Length > 1 ? Uri.UnescapeDataString(path[1]) : "");
        }

        return parts[0] == account.Name
            ? new BlobTarget(parts.Length > 1 ? parts[1] : "", parts.Length > 2 ? Uri.UnescapeDataString(parts[2]) : "")
            : throw new BlobRefusal(404, "ResourceNotFound", "The specified resource does not exist.");
    }
}
