using System.Net;
using Connections.Files;
using Connections.FollowUp;
using Connections.Tests.Functions.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Files;

/// <summary>Pictures of profiles: uploaded, served by the product, and gone with what shows them.</summary>
public sealed class AvatarTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await LocalHostFixture.StartWithoutTriggersAsync(o => o with { Time = _time });

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task An_uploaded_picture_is_served_to_everybody_and_kept_by_browsers()
    {
        var nora = _host.ClientFor("nora");
        var address = await ShowAsync(nora, await AvatarAsync("nora"));
        using var answer = await _host.AnonymousClient().GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Pictures.Jpeg(40, 40), await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        using var again = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await _host.AnonymousClient().SendAsync(again)).StatusCode);
        using var head = await _host.AnonymousClient().SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        Assert.Equal((HttpStatusCode.OK, 0), (head.StatusCode, (await head.Content.ReadAsByteArrayAsync()).Length));
        // Others see it on the card and in the profile.
        Assert.Equal(address, (await nora.ReadAsync("/api/me"))["avatarUrl"].ToString());
    }

    [Fact]
    public async Task A_profile_that_is_sent_back_keeps_its_picture_and_one_without_address_loses_it()
    {
        var nora = _host.ClientFor("keeps");
        var id = await AvatarAsync("keeps");
        var address = await ShowAsync(nora, id);
        Assert.Equal(address, (await PutAsync(nora, avatarUrl: address))["avatarUrl"].ToString());
        Assert.Equal(address, (await PutAsync(nora, avatar: id))["avatarUrl"].ToString());
        await FollowAsync("keeps");
        Assert.Equal(HttpStatusCode.OK, (await _host.AnonymousClient().GetAsync(address)).StatusCode);

        Assert.Null((await PutAsync(nora)).Body!["avatarUrl"]);
        await FollowAsync("keeps");
        Assert.Equal(HttpStatusCode.NotFound, (await _host.AnonymousClient().GetAsync(address)).StatusCode);
        Assert.Null(await _host.FileAsync("keeps", id));
        Assert.Null((await _host.Members().FindAsync(new MemberId("keeps"), default))!.Value.FormerAvatars);
    }

    [Fact]
    public async Task Another_picture_takes_the_place_of_the_one_before()
    {
        var nora = _host.ClientFor("changes");
        var (first, second) = (await ShowAsync(nora, await AvatarAsync("changes")), await ShowAsync(nora, await AvatarAsync("changes")));
        Assert.NotEqual(first, second);
        await FollowAsync("changes");
        Assert.Equal(HttpStatusCode.NotFound, (await _host.AnonymousClient().GetAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _host.AnonymousClient().GetAsync(second)).StatusCode);
    }

    [Fact]
    public async Task Only_a_checked_square_picture_of_the_callers_own_becomes_one()
    {
        var nora = _host.ClientFor("own");
        foreach (var id in new[]
        {
            await AvatarAsync("own-other"), await _host.CheckedFileAsync("own"), FileId.New(FilePurpose.Avatar), "x", "../../a",
        })
        {
            var refused = await PutAsync(nora, avatar: id);
            Assert.Equal((HttpStatusCode.BadRequest, "avatar"), (refused.Status, $"{refused["fields"][0]!["field"]}"));
        }

        var wide = await PutAsync(nora, avatar: await _host.CheckedFileAsync("own", Pictures.Jpeg(), @for: "avatar"));
        Assert.Equal(
            (HttpStatusCode.Conflict, "file-not-ready", "not-square"), (wide.Status, wide.Problem, $"{wide["file"]["reason"]}"));
        var waits = await PutAsync(nora, avatar: await _host.UploadAsync("own", Pictures.Jpeg(40, 40), @for: "avatar"));
        Assert.Equal((HttpStatusCode.Conflict, "checking"), (waits.Status, $"{waits["file"]["state"]}"));
    }

    [Fact]
    public async Task An_address_of_a_picture_elsewhere_is_refused()
    {
        var refused = await PutAsync(_host.ClientFor("elsewhere"), avatarUrl: "https://example.com/me.png");
        Assert.Equal((HttpStatusCode.BadRequest, "avatarUrl"), (refused.Status, $"{refused["fields"][0]!["field"]}"));
    }

    [Fact]
    public async Task No_file_of_a_message_is_served_as_a_picture()
    {
        var folder = FilePath.FolderOf(new MemberId("secret"));
        foreach (var path in new[]
        {
            $"{folder}/{await _host.CheckedFileAsync("secret")}", $"{folder}/{FileId.New(FilePurpose.Avatar)}", $"{folder}/..%2Fx", "x/y",
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _host.AnonymousClient().GetAsync($"/api/avatars/{path}")).StatusCode);
        }
    }

    [Fact]
    public async Task An_erased_profile_takes_all_files_along()
    {
        var nora = _host.ClientFor("erased");
        var (avatar, unsent) = (await AvatarAsync("erased"), await _host.CheckedFileAsync("erased"));
        var address = await ShowAsync(nora, avatar);
        var export = await nora.ReadAsync("/api/me/export");
        Assert.Equal(
            new[] { avatar, unsent }.Order(), export["files"].AsArray().Select(file => file!["file"]!["id"]!.ToString()).Order());
        Assert.Equal(HttpStatusCode.NoContent, (await nora.CallAsync(HttpMethod.Delete, "/api/me")).Status);
        await FollowAsync("erased");
        Assert.Equal(HttpStatusCode.NotFound, (await _host.AnonymousClient().GetAsync(address)).StatusCode);
        Assert.Null(await _host.FileAsync("erased", avatar));
        Assert.Null(await _host.FileAsync("erased", unsent));
    }

    [Fact]
    public async Task A_picture_whose_profile_was_never_written_goes_after_a_day()
    {
        var (shown, lost) = (await AvatarAsync("dies"), await AvatarAsync("dies"));
        var address = await ShowAsync(_host.ClientFor("dies"), shown);
        await _host.Services.GetRequiredService<Avatars>().TakeAsync(new MemberId("dies"), lost, default);
        _time.Ahead += TimeSpan.FromHours(25);
        await _host.SweepFilesAsync();
        Assert.False(await _host.IsServedAsync("dies", lost));
        Assert.Null(await _host.FileAsync("dies", lost));
        Assert.Equal(HttpStatusCode.OK, (await _host.AnonymousClient().GetAsync(address)).StatusCode);
    }

    private static Task<Answer> PutAsync(HttpClient member, string? avatar = null, string? avatarUrl = null) =>
        member.PutAsync("/api/me", new { kind = "brand", displayName = "Nora", avatar, avatarUrl });

    private static async Task<string> ShowAsync(HttpClient member, string id) =>
        (await PutAsync(member, avatar: id))["avatarUrl"].ToString();

    private Task<string> AvatarAsync(string member) => _host.CheckedFileAsync(member, Pictures.Jpeg(40, 40), @for: "avatar");

    private Task FollowAsync(string member) =>
        _host.Services.GetRequiredService<MemberFollowUp>().RunAsync(new MemberId(member), default);
}
