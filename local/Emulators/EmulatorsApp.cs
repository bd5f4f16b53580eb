using System.Text;
using Connections.Http;
using Connections.Local.Cosmos;
using Connections.Local.Dev;
using Connections.Local.Mail;
using Connections.Local.WebPubSub;
using Connections.Notices;

namespace Connections.Local.Emulators;

/// <summary>What stands in for Azure, without the application: for a function app that Core Tools run.</summary>
internal static class EmulatorsApp
{
    /// <summary>An app with what the emulators need.</summary>
    public static WebApplication Build(LocalOptions options, LocalAzure azure)
    {
        var builder = LocalApp.Builder(options, azure);
        builder.Services.AddWebPubSub(new LocalWebPubSubOptions(() => azure.Doors.Url, Encoding.UTF8.GetBytes(EmulatorSettings.AccessKey))
        {
            EventHandler = options.EventHandler is { } handler ? () => handler : null,
        });
        options.Services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Gives every emulator its place among the host's addresses.</summary>
    public static void Map(WebApplication app, LocalOptions options, LocalAzure azure)
    {
        app.Use(ThisMachineAloneAsync);
        app.UseStorageOutages();
        app.UseDevGuard(exposedAs: null);
        app.UseCors();
        app.Use(PeopleToTheirPageAsync);
        app.MapCosmos(azure.Store);
        app.MapWebPubSub();
        app.MapWebPubSubService();
        app.MapEmail(azure.Mail, EmulatorSettings.AccessKey);
        LocalApp.MapDevelopment(app, options, azure, new RunningParts(azure.Folder.FullPath, EmulatorSettings.Functions, [], _ => Task.FromResult<IReadOnlyList<RunningQueue>>([])));
    }

    // Everybody has the emulators' keys, and so has a web page whose own name a stranger points at this machine.
    private static Task ThisMachineAloneAsync(HttpContext context, RequestDelegate next) =>
        DevGuard.IsAllowed(context.Request.Host.Host, exposedAs: null)
            ? next(context)
            : new Problem("emulators-host-refused", StatusCodes.Status403Forbidden, "The emulators do not answer to this name", "Use http://localhost and the port.").ExecuteAsync(context);

    // The root is the database account's. A browser, which signs nothing, is shown what a person looks for.
    private static Task PeopleToTheirPageAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path != "/" || context.Request.Headers.Authorization.Count > 0)
        {
            return next(context);
        }

        context.Response.Redirect(DevGuard.Path);
        return Task.CompletedTask;
    }
}
