using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Connections.Local.Web;

/// <summary>A file of the web client.</summary>
internal sealed record WebFile(byte[] Content, string Type, EntityTagHeaderValue Tag);

/// <summary>A build of the web client, in memory, so that a later build can replace the folder meanwhile.</summary>
public sealed class WebFiles
{
    // In the build's folder, so that a build that was made by hand does not have it.
    private const string BuiltFrom = ".built-from";

    private readonly FrozenDictionary<string, WebFile> _files;

    private WebFiles(FrozenDictionary<string, WebFile> files, WebFile page)
    {
        _files = files;
        Page = page;
    }

    /// <summary>The page that every address of the client shows.</summary>
    internal WebFile Page { get; }

    /// <summary>The file at a path such as <c>/assets/index.js</c>; null if there is none.</summary>
    internal WebFile? this[string path] => _files.GetValueOrDefault(path);

    /// <summary>The build in a folder; null if it is incomplete or was made from other sources.</summary>
    internal static WebFiles? Read(string folder, string fingerprint)
    {
        var record = Path.Combine(folder, BuiltFrom);
        return File.Exists(record) && File.ReadAllText(record) == fingerprint ? Read(folder) : null;
    }

    /// <summary>Marks a new build as made from these sources, and reads it; null if it has no page.</summary>
    internal static WebFiles? MarkBuilt(string folder, string fingerprint)
    {
        var files = Read(folder);
        if (files is not null)
        {
            File.WriteAllText(Path.Combine(folder, BuiltFrom), fingerprint);
        }

        return files;
    }

    private static WebFiles? Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var types = new FileExtensionContentTypeProvider();
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file)[0] != '.')
            .ToFrozenDictionary(
                file => "/" + Path.GetRelativePath(folder, file).Replace('\\', '/'), file => Read(file, types), StringComparer.Ordinal);
        return files.TryGetValue("/index.html", out var page) ? new WebFiles(files, page) : null;
    }

    private static WebFile Read(string file, FileExtensionContentTypeProvider types)
    {
        var content = File.ReadAllBytes(file);
        var type = types.TryGetContentType(file, out var known) ? known : file.EndsWith(
            ".map", StringComparison.Ordinal) ? "application/json" : "application/octet-stream";
        return new WebFile(
            content,
            type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type,
            new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\""));
    }
}
