using System.Text;
using Connections.Chat;
using Connections.Emulators.Blobs;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Email;
using Connections.Emulators.WebPubSub;
using Connections.Http;
using Connections.Local.Adapters;
using Connections.Local.Dev;
using Connections.Local.Identity;
using Connections.Local.Pages;

namespace Connections.Local;

/// <summary>The emulators without the application, for a function app that Core Tools run.</summary>
internal static class EmulatorsApp
{
    // As long as the product's default.
    private static readonly TimeSpan KeepEvidence = TimeSpan.FromDays(730);

    /// <summary>An app with the emulators' services.</summary>
    public static WebApplication Build(LocalOptions options, LocalAzure azure)
    {
        var builder = LocalApp.Builder(options, azure);
        builder.Services.AddWebPubSub(
            new LocalWebPubSubOptions(ILiveDelivery.Hub, () => azure.Sockets.Url, Encoding.UTF8.GetBytes(EmulatorSettings.AccessKey))
            {
                EventHandler = options.EventHandler is { } handler ? () => handler : null,
            });
        builder.Services.AddBlobs(
            azure.Blobs,
            LocalFiles.Options(BlobAccount.WellKnown, options.Time, KeepEvidence, RedirectUris.IsLoopback),
            new MalwareScanOptions(BlobAccount.WellKnown.Name, LocalFiles.SendTo(EmulatorSettings.Storage(azure.Sockets.Url))));
        options.Services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Maps the emulators to the host's addresses.</summary>
    public static void Map(WebApplication app, LocalOptions options, LocalAzure azure)
    {
        app.Use(RefuseOtherNamesAsync);
        LocalApp.UseStorageOutages(app);
        app.UseDevGuard(exposedAs: null);
        app.UseCors();
        app.Use(RedirectBrowsersAsync);
        app.MapCosmos(azure.Store);
        app.MapWebPubSub();
        app.MapWebPubSubService();
        app.MapBlobs();
        app.MapEmail(azure.Mail, EmulatorSettings.AccessKey);
        LocalApp.MapDevelopment(app, options, azure, new RunningParts(azure.Folder.FullPath, EmulatorSettings.Functions, [], []));
    }

    // The emulators' keys are public. A web page could use them if its own host name resolved to this machine.
    private static Task RefuseOtherNamesAsync(HttpContext context, RequestDelegate next) =>
        DevGuard.IsAllowed(context.Request.Host.Host, exposedAs: null)
            ? next(context)
            : new Problem(
                "emulators-host-refused",
                StatusCodes.Status403Forbidden,
                "The emulators do not answer to this name",
                "Use http://localhost and the port.").ExecuteAsync(context);

    // The root is the database account's. A browser, whose request is not signed, is redirected to the sign-in page.
    private static Task RedirectBrowsersAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/" || context.Request.Headers.Authorization.Count > 0)
        {
            return next(context);
        }

        context.Response.Redirect(DevGuard.Path);
        return Task.CompletedTask;
    }
}
