using System.Net;
using Connections.Chat;
using Connections.Chat.SavedTexts;
using Connections.Http;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The part of the walk that calls every operation as the contract describes it.</summary>
public sealed partial class WalkTests
{
    /// <summary>Checks the answers of all operations to invalid calls.</summary>
    private static async Task BadCallsAsync(Walk walk, HttpClient brand, HttpClient anybody)
    {
        var moderator = walk.ClientFor("moderator", "moderator");
        await AnswersAsync(HttpStatusCode.NoContent, brand.PutAsync("/api/favourites/mira", new { }));
        foreach (var operation in Contract.Operations)
        {
            var member = operation.IsForModerators ? moderator : brand;
            if (!operation.IsOpen)
            {
                string[] roles = operation.IsForModerators ? ["moderator"] : [];
                await AnswersAsync(HttpStatusCode.Unauthorized, walk.CallAsync(anybody, operation));
                if (operation.Id != "changeMyProfile")
                {
                    await AnswersAsync(
                        HttpStatusCode.Gone, walk.CallAsync(walk.ClientFor(ErasedMember, roles), operation), "profile-erased");
                }

                if (operation.Answers.Contains(new OperationAnswer(operation.Id, 403, "/problems/suspended")))
                {
                    await AnswersAsync(
                        HttpStatusCode.Forbidden, walk.CallAsync(walk.ClientFor(SuspendedMember, roles), operation), "suspended");
                }
            }

            if (operation.IsForModerators)
            {
                await AnswersAsync(HttpStatusCode.NotFound, walk.CallAsync(brand, operation), "not-found");
            }

            if (operation.Parameters.Any(parameter => parameter["name"]!.ToString() == "limit"))
            {
                await AnswersAsync(
                    HttpStatusCode.BadRequest,
                    walk.CallAsync(member, operation, query: operation.Id == "listInvites" ? "limit=0&direction=sent" : "limit=0"));
            }

            await UnknownParameterAsync(walk, member, operation);

            if (operation.Responses.ContainsKey(304))
            {
                var etag = (await AnswersAsync(HttpStatusCode.OK, walk.CallAsync(member, operation))).Headers.ETag!.ToString();
                await AnswersAsync(HttpStatusCode.NotModified, walk.CallAsync(member, operation, header: ("If-None-Match", etag)));
            }

            if (operation.Responses.ContainsKey(406))
            {
                await AnswersAsync(HttpStatusCode.NotAcceptable, walk.CallAsync(member, operation, header: ("Accept", "image/png")));
            }

            if (operation.Body is { } body)
            {
                await AnswersAsync(HttpStatusCode.BadRequest, walk.CallAsync(member, operation, "{"), "invalid-json");
                var invalid = operation.Id switch
                {
                    "declineInvite" => """{ "reason": "?" }""",
                    "markFavourite" => """{ "note": 1 }""",
                    _ => "{}",
                };
                await AnswersAsync(HttpStatusCode.BadRequest, walk.CallAsync(member, operation, invalid), "invalid-input");
                await AnswersAsync(HttpStatusCode.UnsupportedMediaType, walk.CallAsync(member, operation, new StringContent("{}")));
                var most = operation.Id switch
                {
                    "sendMessages" => SendMessages.MaxBody,
                    "changeSavedTexts" => MySavedTexts.MaxBody,
                    _ => HttpApi.MaxBody,
                };
                await AnswersAsync(HttpStatusCode.RequestEntityTooLarge, walk.CallAsync(
                    member, operation, $$"""{ "padding": "{{new string('x', most)}}" }"""));
            }
        }

        var known = walk.PathValue;
        walk.PathValue = (path, name) => path.StartsWith("/api/creators/", StringComparison.Ordinal) || name != "id"
            ? (name == "seq" ? "1" : name == "memberId" ? "no%20id" : "nobody")
            : "c" + new string('0', 30);
        foreach (var operation in Contract.Operations.Where(
            o => o.Responses.ContainsKey(404) && o.Path.Contains('{', StringComparison.Ordinal)))
        {
            await AnswersAsync(HttpStatusCode.NotFound, walk.CallAsync(operation.IsForModerators ? moderator : brand, operation));
        }

        walk.PathValue = known;
    }

    /// <summary>Checks that an operation refuses a parameter that it does not have, by name, unless people follow links to it.</summary>
    private static async Task UnknownParameterAsync(Walk walk, HttpClient member, Operation operation)
    {
        // What a mail program adds to a link must not break it, and what the operator adds to the address for events neither.
        if (operation.IsPage || operation.Path == "/api/realtime/events")
        {
            using var anybody = new HttpClient { BaseAddress = walk.Host.Url };
            var (plain, tracked) = (
                await walk.CallAsync(anybody, operation), await walk.CallAsync(anybody, operation, query: "utm_source=mail&fbclid=1"));
            Assert.Equal((operation.Id, plain.Status), (operation.Id, tracked.Status));
            return;
        }

        var refused = await AnswersAsync(
            HttpStatusCode.BadRequest, walk.CallAsync(member, operation, query: "categry=travel&Utm_Source=mail"), "invalid-input");
        Assert.Equal(
            [(operation.Id, "categry", "unknown-parameter"), (operation.Id, "Utm_Source", "unknown-parameter")],
            refused["fields"].AsArray().Select(field => (operation.Id, $"{field!["field"]}", $"{field["code"]}")));
        Assert.Equal(["categry", "Utm_Source"], refused["errors"].AsObject().Select(error => error.Key));
    }

    /// <summary>Checks that every operation refuses the second call on a host whose limits on calls are 1.</summary>
    private static async Task TooManyCallsAsync(Walk walk)
    {
        foreach (var operation in Contract.Operations)
        {
            // A new hour, because calls without a token share an address; and a new member, because some operations erase the caller.
            walk.Advance(TimeSpan.FromHours(2));
            var caller = operation.IsOpen ? walk.ClientFor(null) : walk.ClientFor($"calls-{operation.Id.ToLowerInvariant()}", "admin");
            Assert.NotEqual(
                (operation.Id, HttpStatusCode.TooManyRequests), (operation.Id, (await walk.CallAsync(caller, operation)).Status));

            var refused = await walk.CallAsync(caller, operation);

            Assert.Equal((operation.Id, HttpStatusCode.TooManyRequests), (operation.Id, refused.Status));
            Assert.Equal((operation.Id, "rate-limit"), (operation.Id, refused.Problem));
        }
    }

    /// <summary>Checks the answers of all operations while the database and live delivery are unavailable or have a bug.</summary>
    private static async Task OutagesAsync(Walk walk, HttpClient brand)
    {
        var moderator = walk.ClientFor("moderator", "moderator");
        foreach (var (outage, answer) in new[] { (HttpStatusCode.ServiceUnavailable, 503), (HttpStatusCode.InternalServerError, 500) })
        {
            await walk.DuringOutageAsync(outage, async () =>
            {
                foreach (var operation in Contract.Operations.Where(
                    o => o.Answers.Any(a => a.Status == answer && !Unreached.ContainsKey($"{a}"))))
                {
                    Assert.Equal((operation.Id, answer), (operation.Id, (int)(await walk.CallAsync(
                        operation.IsForModerators ? moderator : brand, operation)).Status));
                }
            });
        }
    }
}
