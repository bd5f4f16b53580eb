using System.Net;
using System.Net.Http.Json;
using Connections.Files;
using Connections.Safety;
using Connections.Tests.Functions.Files;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>What members do with files.</summary>
internal sealed partial class Pair
{
    // Square, so that it can be the picture of a profile too.
    private static readonly byte[] Picture = Pictures.Jpeg(40, 40);

    /// <summary>Creates a file and uploads it.</summary>
    /// <returns>Its id; null if the member gave up.</returns>
    public async Task<string?> UploadAsync(int who, FilePurpose purpose = FilePurpose.Message)
    {
        ledger.HasFiles = true;
        var @for = purpose == FilePurpose.Avatar ? "avatar" : "message";
        var body = new { name = "photo.jpg", type = "image/jpeg", size = Picture.Length, @for };
        if (await TryAsync(who, HttpMethod.Post, "/api/files", body) is not { } created)
        {
            return null;
        }

        Check(created.Status == HttpStatusCode.Created ? null : $"{created.Body}", $"{who} new file");
        while (await host.UploadAsync(created.Body!, Picture) is var status && status != HttpStatusCode.Created)
        {
            Check(status is null ? null : $"{status}", $"{who} upload");
            await host.BackAsync();
            if (random.NextDouble() < GivesUp)
            {
                report.Count("uploads given up");
                return null;
            }
        }

        report.Count("uploads");
        return created["file"]["id"]!.ToString();
    }

    /// <summary>Uploads a file, and sends it in a message with others.</summary>
    public async Task SendFileAsync(int who, string text, params IEnumerable<string> others)
    {
        if (await UploadAsync(who) is { } file)
        {
            await SendAsync(who, text, [file, .. others]);
        }
    }

    /// <summary>Gives a new file to a message that is never stored, as a call does that dies and is not repeated.</summary>
    public async Task LoseFileAsync(int who)
    {
        var id = await UploadAsync(who);
        var sent = new SentIn(ledger.Id, $"lost {random.Next()}", Now);
        await host.LookAsync(services => services.GetRequiredService<FileRecords>().ClaimAsync(PathOf(who, id!), sent, default));
    }

    /// <summary>Waits until a file was checked. The clock must go on by itself.</summary>
    /// <returns>Whether it can be used.</returns>
    public async Task<bool> IsCheckedAsync(int who, string id) => await Calls.EventuallyAsync(
        () => host.LookAsync(services => services.GetRequiredService<FileRecords>().FindAsync(PathOf(who, id), default)),
        file => file?.IsDecided is not false) is { State: FileState.Ready };

    /// <summary>Makes a file the picture of a profile.</summary>
    public async Task ShowPictureAsync(int who, string id)
    {
        var answer = await TryAsync(who, HttpMethod.Put, "/api/me", ProfileOf(who, ledger.Names[who], id));
        Check(answer is null || answer.Status == HttpStatusCode.OK ? null : $"{answer.Body}", $"{who} picture");
        if (answer is not null || Avatars.IdOf((await MemberAsync(who))?.AvatarUrl) == id)
        {
            ledger.Avatars[who] = id;
        }
    }

    /// <summary>Reports a message of the other's. The report keeps a copy of the files that it shows.</summary>
    public async Task ReportAsync(int who, SentMessage message)
    {
        var shown = (await StoredAsync(store => store.FindAsync(ledger.Id, message.Seq, default)))?.Files?
            .Where(file => file.State == FileState.Ready).Select(file => file.Id).ToList() ?? [];
        var key = $"{random.Next()}";
        HttpContent Body()
        {
            var content = JsonContent.Create(new { connectionId = ledger.Id, seq = message.Seq, reason = "spam" }, options: Json.Options);
            content.Headers.TryAddWithoutValidation(SendReport.KeyHeader, key);
            return content;
        }

        var answer = await TryAsync(who, HttpMethod.Post, "/api/reports", (Func<HttpContent>)Body);
        Check(
            answer is null or { Status: HttpStatusCode.Created or HttpStatusCode.OK } ? null : $"{answer.Body}", $"{who} report");
        var stored = answer is null
            ? await host.LookAsync(services =>
                services.GetRequiredService<ReportStore>().FindByKeyAsync(ledger.Members[who], key, default))
            : null;
        if (answer is not null || stored is not null)
        {
            ledger.Reports[who]++;
        }

        // Without an answer the copy may be made by the sweep, when the message may be gone.
        if (answer?["id"].ToString() is { } id)
        {
            ledger.Evidence.AddRange(shown.Select(file => $"{id}/{file}"));
        }
    }

    private FilePath PathOf(int who, string id) => new(FilePath.FolderOf(ledger.Members[who]), id);
}
