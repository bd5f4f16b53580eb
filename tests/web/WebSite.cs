using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Connections.Local;
using Connections.Local.Dev;
using Connections.Local.Pages;
using Connections.Tests.Infra;
using Connections.Tests.Local.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Web;

/// <summary>The web client at an origin of its own, as in Azure: only its files, with the headers and settings of a deployment.</summary>
/// <remarks>
/// It differs from Azure in two ways. The API is on this machine, so pictures and sockets come without TLS. And the development calls,
/// which the client expects on its own origin, are passed on to the host, as the build tool does for a developer.
/// </remarks>
internal sealed class WebSite : IAsyncDisposable
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly HttpClient _development = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly WebApplication _app;
    private FrozenDictionary<string, byte[]> _files = FrozenDictionary<string, byte[]>.Empty;
    private IReadOnlyList<KeyValuePair<string, string>> _headers = [];

    private WebSite(WebApplication app) => _app = app;

    /// <summary>Where it is.</summary>
    public Uri Url => new(_app.Urls.Single());

    private string Origin => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Takes an address. The host has to know it before it starts.</summary>
    public static async Task<WebSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = new WebSite(builder.Build());
        site._app.Run(site.AnswerAsync);
        await site._app.StartAsync();
        return site;
    }

    /// <summary>A host that takes calls from this origin, as <c>infra/modules/functions.bicep</c> has it.</summary>
    public LocalOptions CalledFrom(LocalOptions options) => options with
    {
        Services = services =>
        {
            options.Services?.Invoke(services);
            services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins(Origin).AllowAnyMethod().AllowAnyHeader()));
        },
        Settings = new Dictionary<string, string?>(options.Settings) { ["Web:BaseUrl"] = Origin },
    };

    /// <summary>Begins to serve the build in a folder to people of the host.</summary>
    public async Task ServeAsync(string build, LocalHostFixture host)
    {
        var api = host.Url.GetLeftPart(UriPartial.Authority);
        using var client = host.AnonymousClient();
        var local = await client.ReadAsync("/config.json");
        using var folder = new TempFolder();
        await Hook.WriteWebConfigAsync(folder.FullPath, new Dictionary<string, string?>
        {
            ["API_ORIGIN"] = api,
            ["REALTIME_HOST"] = host.Url.Authority,
            ["FILES_ORIGIN"] = api,
            ["IDENTITY_ISSUER"] = new Uri(host.Url, "/dev/identity").AbsoluteUri,
            ["WEB_CLIENT_ID"] = "connections-web",
            ["WEB_SCOPE"] = "openid profile email offline_access",
            ["SUPPORT_ADDRESS"] = local["support"].ToString(),
        });
        var config = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "config.json")))!;
        config["signIn"] = local["signIn"].DeepClone();
        var azure = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "staticwebapp.config.json")))!;
        _headers = [.. azure["globalHeaders"]!.AsObject().Select(header => KeyValuePair.Create(header.Key, header.Value!.ToString()
            .Replace("wss://", "ws://", StringComparison.Ordinal)))];
        _development.BaseAddress = host.Url;
        _files = Directory.EnumerateFiles(build, "*", SearchOption.AllDirectories)
            .Select(file => KeyValuePair.Create("/" + Path.GetRelativePath(build, file).Replace('\\', '/'), File.ReadAllBytes(file)))
            .Append(KeyValuePair.Create("/config.json", System.Text.Encoding.UTF8.GetBytes(config.ToJsonString())))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _development.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(DevGuard.Path, StringComparison.Ordinal))
        {
            await PassOnAsync(context);
            return;
        }

        foreach (var (name, value) in _headers)
        {
            context.Response.Headers[name] = value;
        }

        // An address of a page is the client's to understand, as navigationFallback says.
        var isPage = !_files.ContainsKey(path) && !path.StartsWithSegments("/assets", StringComparison.Ordinal);
        if (!HttpMethods.IsGet(context.Request.Method) || !_files.TryGetValue(isPage ? "/index.html" : path, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType =
            Types.TryGetContentType(isPage ? "/index.html" : path, out var type) ? type : "application/octet-stream";
        await context.Response.Body.WriteAsync(file, context.RequestAborted);
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var request = context.Request;
        using var passed = new HttpRequestMessage(new HttpMethod(request.Method), request.Path + request.QueryString);
        if (request.ContentType is not null)
        {
            passed.Content = new StreamContent(request.Body);
            passed.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        using var answer = await _development.SendAsync(passed, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
