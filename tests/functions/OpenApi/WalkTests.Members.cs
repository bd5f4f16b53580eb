using System.Net;
using System.Text;
using Connections.Creators.Load;
using Connections.Local.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>Profiles: kept, found, erased and loaded in bulk.</summary>
public sealed partial class WalkTests
{
    private static async Task ProfilesAsync(HttpClient member)
    {
        await AnswersAsync(HttpStatusCode.OK, member.BecomeBrandAsync());
        foreach (var (path, body) in new[]
        {
            ("/api/me", """{ "displayName": "Aurora", "note": "unknown fields are ignored" }"""),
            ("/api/me/email-preferences", """{ "notices": { "inviteAccepted": false } }"""),
            ("/api/me/privacy", """{ "online": false }"""),
            ("/api/me/email", """{ "email": "aurora@example.net" }"""),
            ("/api/me/saved-texts", """{ "value": [{ "name": "Rates", "text": "From 400 euros" }] }"""),
        })
        {
            var etag = (await member.ReadAsync(path)).Headers.ETag!.ToString();
            await AnswersAsync(HttpStatusCode.OK, WithHeaderAsync(member, HttpMethod.Put, path, "If-Match", etag, body));
            await AnswersAsync(HttpStatusCode.PreconditionFailed, WithHeaderAsync(member, HttpMethod.Put, path, "If-Match", etag, body));
        }

        // So that others are told that they type.
        await AnswersAsync(HttpStatusCode.OK, member.PutAsync("/api/me/privacy", new { online = true }));
        await AnswersAsync(HttpStatusCode.Conflict, member.PutAsync("/api/me", new { kind = "creator", displayName = "Aurora" }));
    }

    /// <summary>Changes an address by the link in its email, and invites without a confirmed one.</summary>
    private static async Task<string> AddressAsync(Walk walk, HttpClient anybody)
    {
        var mover = walk.ClientFor("mover");
        await AnswersAsync(HttpStatusCode.OK, mover.PutAsync("/api/me/email", new { email = "mover@example.net" }));
        var link = AddressLink().Match((await walk.Host.MailAsync("mover@example.net")).Text).Value;
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Post, HttpMethod.Get })
        {
            await AnswersAsync(HttpStatusCode.OK, anybody.CallAsync(method, link));
        }

        await AnswersAsync(HttpStatusCode.NotFound, anybody.CallAsync(HttpMethod.Post, link + "x"));
        await AnswersAsync(HttpStatusCode.OK, mover.PutAsync("/api/me/email", new { email = "again@example.net" }));
        var newest = AddressLink().Match((await walk.Host.MailAsync("again@example.net")).Text).Value;
        await AnswersAsync(
            HttpStatusCode.TooManyRequests, mover.PutAsync("/api/me/email", new { email = "third@example.net" }), "email-limit-day");

        var unverified = walk.ClientWith(walk.Host.Services.GetRequiredService<LocalIssuer>()
            .Token("unverified", "unverified@example.com", emailVerified: false));
        await unverified.BecomeBrandAsync();
        await AnswersAsync(
            HttpStatusCode.Forbidden, unverified.SendAsync("/api/invites", new { creatorId = "mira" }), "email-unconfirmed");
        return newest.Split('/')[^1];
    }

    private static async Task SearchAsync(HttpClient member)
    {
        var page = await member.ReadAsync("/api/creators?limit=1&sort=engagement");
        await AnswersAsync(HttpStatusCode.OK, member.ReadAsync(page["nextLink"].ToString()));
        await AnswersAsync(HttpStatusCode.OK, member.ReadAsync(
            "/api/creators?q=mira&category=travel&category=food&platform=instagram&country=NO&language=nb&minFollowers=1"
                + "&maxFollowers=100000&minEngagement=0.01"));
        await AnswersAsync(HttpStatusCode.OK, member.ReadAsync("/api/creators/mira"));
        await AnswersAsync(HttpStatusCode.OK, member.ReadAsync("/api/creators/facets"));
        await AnswersAsync(HttpStatusCode.OK, member.ReadAsync("/api/creators/facets?q=mira&category=travel&country=NO"));
        await AnswersAsync(HttpStatusCode.BadRequest, member.ReadAsync("/api/creators/facets?category=nothing"));
        await AnswersAsync(HttpStatusCode.NoContent, member.PutAsync("/api/favourites/mira", new { }));
        await AnswersAsync(HttpStatusCode.TooManyRequests, member.PutAsync("/api/favourites/ole", new { }), "favourite-limit");
        foreach (var body in new[] { """{ "note": "Warm", "lists": ["Spring", "Outdoors"] }""", """{ "note": null }""" })
        {
            await AnswersAsync(HttpStatusCode.NoContent, member.CallAsync(HttpMethod.Put, "/api/favourites/mira", body));
        }

        var etag = (await member.ReadAsync("/api/favourites/mira")).Headers.ETag!.ToString();
        const string Kept = """{ "note": "Warmer" }""";
        await AnswersAsync(
            HttpStatusCode.NoContent, WithHeaderAsync(member, HttpMethod.Put, "/api/favourites/mira", "If-Match", etag, Kept));
        await AnswersAsync(
            HttpStatusCode.PreconditionFailed, WithHeaderAsync(member, HttpMethod.Put, "/api/favourites/mira", "If-Match", etag, Kept));
        await AnswersAsync(HttpStatusCode.OK, member.ReadAsync("/api/favourites?list=Spring"));
        await AnswersAsync(HttpStatusCode.OK, member.ReadAsync("/api/favourite-lists"));
        await AnswersAsync(HttpStatusCode.OK, member.CallAsync(HttpMethod.Get, "/api/favourites.csv"));
        await AnswersAsync(HttpStatusCode.NoContent, member.CallAsync(HttpMethod.Delete, "/api/favourites/mira"));
        await AnswersAsync(HttpStatusCode.NoContent, member.PutAsync("/api/dismissed/mira", new { }));
        await AnswersAsync(HttpStatusCode.TooManyRequests, member.PutAsync("/api/dismissed/ole", new { }), "dismissed-limit");
        await AnswersAsync(HttpStatusCode.OK, member.ReadAsync("/api/dismissed"));
        await AnswersAsync(HttpStatusCode.OK, member.ReadAsync("/api/creators/mira"));
        await AnswersAsync(HttpStatusCode.NoContent, member.CallAsync(HttpMethod.Delete, "/api/dismissed/mira"));
    }

    /// <summary>Erases the profile of a member and creates a new profile.</summary>
    private static async Task EraseAsync(HttpClient member)
    {
        await member.BecomeBrandAsync();
        // A new profile is refused only while the erasure is in progress. If the erasure finishes too early, the loop erases again.
        await Calls.EventuallyAsync(
            async () =>
            {
                await AnswersAsync(HttpStatusCode.NoContent, member.CallAsync(HttpMethod.Delete, "/api/me"));
                return await member.BecomeBrandAsync();
            },
            answer => answer.Status == HttpStatusCode.Gone);
    }

    private static async Task BulkLoadAsync(Walk walk, HttpClient brand)
    {
        const string Path = "/api/admin/creators";
        var admin = walk.ClientFor("admin", "admin");
        var row = Contract.Schema("CreatorRow")["examples"]![0]!.ToJsonString();
        await AnswersAsync(HttpStatusCode.OK, admin.CallAsync(HttpMethod.Post, Path, Rows(row, """{ "id": "nameless" }""")));
        await AnswersAsync(HttpStatusCode.Forbidden, brand.CallAsync(HttpMethod.Post, Path, Rows(row)));
        await AnswersAsync(HttpStatusCode.UnsupportedMediaType, admin.CallAsync(HttpMethod.Post, Path, new StringContent(row)));
        await AnswersAsync(
            HttpStatusCode.RequestEntityTooLarge, admin.CallAsync(HttpMethod.Post, Path, Rows(row, row, row)), "too-many-rows");
        await AnswersAsync(
            HttpStatusCode.RequestEntityTooLarge,
            admin.CallAsync(HttpMethod.Post, Path, Rows(new string(' ', LoadSettings.MaxBody), row)),
            "body-too-large");
    }

    private static StringContent Rows(params string[] rows) => new(string.Join('\n', rows), Encoding.UTF8, "application/x-ndjson");
}
